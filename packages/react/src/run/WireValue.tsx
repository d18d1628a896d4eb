import type { EdgeId } from '@loom/graph';
import { type ReactNode, useCallback } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { LazyPreview } from '../previews/lazy-preview.js';
import type { LoomState } from '../store/state.js';
import { shownRun } from './shown-run.js';
import { type WireShown, wireShown } from './wire-shown.js';

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
  const summary = wireShown(store, edge);
  return (
    <div
      className="loom-wire-value"
      role="status"
      aria-label={messages.wireValue}
      style={{ left: `clamp(8px, ${x + 14}px, 100% - 260px)`, top: `clamp(8px, ${y + 14}px, 100% - 160px)` }}
    >
      {summary === undefined ? (
        <p>{messages.wireNoValue}</p>
      ) : (
        <>
          <WireFacts edge={edge} summary={summary} />
          <div className="loom-wire-preview">
            <LazyPreview preview={summary.preview} size="node" renderers={previews} />
          </div>
        </>
      )}
    </div>
  );
}

/** What is known of a value on a wire beside its picture: its type, its shape, its size, and which run made it. */
export function WireFacts({ edge, summary }: { readonly edge: EdgeId; readonly summary: WireShown }): ReactNode {
  const messages = useMessages();
  const at = useLoom(
    useCallback(
      (state: LoomState) => {
        const source = state.flow.document.edges[edge]?.source;
        const made = source === undefined ? undefined : shownRun(state, source)?.runId;
        return state.runs.history.find(({ id }) => id === made)?.startedAt;
      },
      [edge],
    ),
  );
  const facts = [
    summary.typeName,
    summary.shape,
    summary.bytes === undefined ? undefined : messages.previewBytes(summary.bytes),
    at === undefined ? undefined : new Date(at).toLocaleTimeString(),
  ];
  return <code>{facts.filter(Boolean).join(' · ')}</code>;
}
