import type { NodeRunState, RunState } from '@loom/engine';
import type { NodeId } from '@loom/graph';

/** What is known of the runs of one node; undefined when none had it in scope. */
export function nodeRun(run: RunState, id: NodeId): NodeRunState | undefined {
  return run.nodes.get(id);
}
