import type { EdgeId } from '@loom/graph';
import type { ReactNode } from 'react';
import { useLoom } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { portTitle } from '../../ports/port-title.js';
import { LazyPreview } from '../../previews/lazy-preview.js';
import { WireFacts } from '../../run/WireValue.js';
import { wireSummary } from '../../run/wire-summary.js';
import { nodeTitle } from '../../store/loom-store.js';
import { useEditor } from '../context.js';

/** A wire: where it comes from, where it leads, and what is on it. */
export function EdgeInspector({ id }: { readonly id: EdgeId }): ReactNode {
  const { store, canvas, previews } = useEditor();
  const messages = useMessages();
  const flow = useLoom((state) => state.flow);
  useLoom((state) => state.runs);
  useLoom((state) => state.session.frames);
  const edge = flow.document.edges[id];
  if (edge === undefined) return null;
  const summary = wireSummary(store, id);
  const ends = [
    [messages.wireFrom, { node: edge.source, port: edge.sourcePort, side: 'source' }],
    [messages.wireTo, { node: edge.target, port: edge.targetPort, side: 'target' }],
  ] as const;
  return (
    <div className="loom-inspector-body">
      {ends.map(([label, end]) => (
        <div key={label} className="loom-setting">
          <span className="loom-setting-label">{label}</span>
          <button
            type="button"
            className="loom-link"
            onClick={() => {
              store.select({ nodes: [end.node] });
              canvas.fitView([end.node]);
            }}
          >
            {messages.wireEnd(nodeTitle(flow, end.node), portTitle(flow, end))}
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
