import type { EdgeId } from '@loom/graph';
import type { ReactNode } from 'react';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { wireEndText } from '../../ports/wire-end.js';
import { LazyPreview } from '../../previews/lazy-preview.js';
import { WireFacts } from '../../run/WireValue.js';
import { wireShown } from '../../run/wire-shown.js';
import { useEditor } from '../context.js';

/** A wire: where it comes from, where it leads, and what is on it. */
export function EdgeInspector({ id }: { readonly id: EdgeId }): ReactNode {
  const { store, canvas, models, previews } = useEditor();
  const messages = useMessages();
  const flow = useLoom((state) => state.flow);
  useLoom((state) => state.runs);
  useLoom((state) => state.session.frames);
  const edge = flow.document.edges[id];
  if (edge === undefined) return null;
  const summary = wireShown(store, id);
  const ends = [
    [messages.wireFrom, edge.source, 'source'],
    [messages.wireTo, edge.target, 'target'],
  ] as const;
  return (
    <div className="loom-inspector-body">
      {ends.map(([label, node, side]) => (
        <div key={label} className="loom-setting">
          <span className="loom-setting-label">{label}</span>
          <button
            type="button"
            className="loom-link"
            onClick={() => {
              store.select({ nodes: [node] });
              canvas.fitView([node]);
            }}
          >
            {wireEndText(models(flow), flow.document.edges, messages, id, side)}
          </button>
        </div>
      ))}
      <section className="loom-inspector-section">
        <h3>{messages.wireValue}</h3>
        {summary === undefined ? (
          <p className="loom-empty-text">{messages.wireNoValue}</p>
        ) : (
          <div className="loom-output-value">
            <WireFacts edge={id} summary={summary} />
            <LazyPreview preview={summary.preview} size="panel" renderers={previews} />
          </div>
        )}
      </section>
    </div>
  );
}
