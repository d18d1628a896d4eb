import type { RunTargets } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import type { Messages } from '../messages/messages.js';

/** What a run was asked for, in few words: all, one node by its title, or how many. */
export function runWhat(
  targets: RunTargets | undefined,
  messages: Messages,
  titleOf: (node: NodeId) => string,
): string {
  const { kind } = targets ?? { kind: 'all' };
  const nodes = targets !== undefined && 'nodes' in targets ? targets.nodes : [];
  const [only] = nodes;
  return messages.runWhat(
    kind,
    nodes.length === 1 && only !== undefined ? titleOf(only) : messages.runNodes(nodes.length),
  );
}
