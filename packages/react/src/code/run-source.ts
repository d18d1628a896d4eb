import type { Implementation, NodeId, TypeId } from '@loom/graph';
import { shownRun } from '../run/shown-run.js';
import type { LoomState } from '../store/state.js';

/**
 * The source that made the result that a node shows; undefined where it never ran, and where its run is no longer kept.
 * A node that has got another type since is compared with the source of the type that it had.
 */
export function sourceThatRan(state: LoomState, node: NodeId, typeNow: TypeId): string | undefined {
  const shown = shownRun(state, node);
  const kept = shown?.runId === undefined ? undefined : state.runs.kept.get(shown.runId);
  if (kept === undefined) return undefined;
  const { document, library } = kept;
  // A node of a subgraph that is open is not among those of the flow.
  const type = document.nodes[node]?.type ?? typeNow;
  return sourceOf(library.resolve(document, type)?.implementation);
}

function sourceOf(implementation: Implementation | undefined): string | undefined {
  return implementation?.kind === 'source' ? implementation.source : undefined;
}
