import type { NodeId } from '@loom/graph';
import { useLoom, useShownRun } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';
import { nodeTitle } from '../store/loom-store.js';

/** Why a node was skipped in its last run, naming the node that is to blame; undefined when it was not skipped. */
export function useSkipReason(id: NodeId): string | undefined {
  const run = useShownRun(id);
  const messages = useMessages();
  const reason = run?.status === 'skipped' ? run.reason : undefined;
  const blamed = reason !== undefined && 'node' in reason ? reason.node : undefined;
  const title = useLoom((state) => (blamed === undefined ? '' : nodeTitle(state.flow, blamed)));
  return reason === undefined ? undefined : messages.nodeSkipped(reason.kind, title);
}
