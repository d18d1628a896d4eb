import type { NodeId } from '@loom/graph';
import { memo, type ReactNode, useCallback } from 'react';
import { loadCommand } from '../../commands/load-command.js';
import { useEditor } from '../../editor/context.js';
import { useIsStale, useLoom, useShownRun } from '../../hooks/useLoom.js';
import { useMessages } from '../../messages/messages.js';
import { faultLine } from '../../run/fault-line.js';
import type { LoomState } from '../../store/state.js';

/**
 * The one line that says why a node failed, or why a run is held at it though its breakpoint cannot be answered, hanging
 * below it. A click leads to what has to be changed.
 */
export const NodeErrorLine = memo(function NodeErrorLine({ id }: { readonly id: NodeId }): ReactNode {
  const run = useShownRun(id);
  const stale = useIsStale(id);
  const held = useLoom(
    useCallback(({ runs: { run } }: LoomState) => (run.paused?.node === id ? run.paused.message : undefined), [id]),
  );
  const { commands } = useEditor();
  const messages = useMessages();
  const error = run?.status === 'error' ? run.error : undefined;
  const text = error?.message ?? held;
  if (text === undefined) return null;
  const frame = error && faultLine(error);
  return (
    <button
      type="button"
      className="loom-node-error nodrag"
      data-old={stale}
      data-held={error === undefined}
      title={stale ? `${text}\n${messages.nodeStaleHelp}` : text}
      onClick={() =>
        loadCommand(commands.context, async () => {
          const { leadToFault } = await import('../../commands/later-edits.js');
          return (context) => leadToFault(context, id);
        })
      }
    >
      <span className="loom-node-error-text">{text}</span>
      {frame === undefined ? null : <span className="loom-node-error-line">{messages.openCodeAt(frame.line)}</span>}
    </button>
  );
});
