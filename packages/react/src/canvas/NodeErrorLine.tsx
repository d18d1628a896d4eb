import type { NodeId } from '@loom/graph';
import { memo, type ReactNode } from 'react';
import { useEditor } from '../editor/context.js';
import { useIsStale, useShownRun } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { faultLine } from '../run/fault-line.js';

/** The one line that says why a node failed, hanging below it. A click opens the code at that place. */
export const NodeErrorLine = memo(function NodeErrorLine({ id }: { readonly id: NodeId }): ReactNode {
  const run = useShownRun(id);
  const stale = useIsStale(id);
  const { store } = useEditor();
  const messages = useMessages();
  const error = run?.status === 'error' ? run.error : undefined;
  if (error === undefined) return null;
  const frame = faultLine(error);
  return (
    <button
      type="button"
      className="loom-node-error nodrag"
      data-old={stale}
      title={stale ? `${error.message}\n${messages.nodeStaleHelp}` : error.message}
      onClick={() => {
        store.select({ nodes: [id] });
        store.showCode({
          node: id,
          line: frame?.line ?? 1,
          ...(frame?.column === undefined ? {} : { column: frame.column }),
        });
      }}
    >
      <span className="loom-node-error-text">{error.message}</span>
      {frame === undefined ? null : <span className="loom-node-error-line">{messages.openCodeAt(frame.line)}</span>}
    </button>
  );
});
