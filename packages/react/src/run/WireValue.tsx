import type { EdgeId } from '@loom/graph';
import type { ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { LazyPreview } from '../previews/lazy-preview.js';
import { wireSummary } from './wire-summary.js';

/** The value of the wire that one points at, beside the pointer. */
export function WireValue(): ReactNode {
  const hovered = useLoom((state) => state.session.hoveredWire);
  return hovered === undefined ? null : <Value edge={hovered.edge} x={hovered.anchor.x} y={hovered.anchor.y} />;
}

function Value({ edge, x, y }: { readonly edge: EdgeId; readonly x: number; readonly y: number }): ReactNode {
  const { store, previews } = useEditor();
  const messages = useMessages();
  // Each event of a run may bring another value.
  useLoom((state) => state.runs);
  const summary = wireSummary(store, edge);
  return (
    <div
      className="loom-wire-value"
      role="status"
      aria-label={messages.wireValue}
      style={{ left: `min(${x + 14}px, 100% - 260px)`, top: `min(${y + 14}px, 100% - 160px)` }}
    >
      {summary === undefined ? (
        <p>{messages.wireNoValue}</p>
      ) : (
        <>
          <code>{[summary.typeName, summary.shape].filter(Boolean).join(' · ')}</code>
          <div className="loom-wire-preview">
            <LazyPreview preview={summary.preview} size="node" renderers={previews} />
          </div>
        </>
      )}
    </div>
  );
}
