import { type NodeRunState, type RunCause, resultChanges } from '@loom/engine';
import { graphIndex, type NodeId, nodeTypeOf } from '@loom/graph';
import type { KeptRun, KeptRuns } from '../store/run-archive.js';
import { containersOf } from '../zones/containment.js';

/** What a run did with a node, and why; `unknown` when what was before it is not kept any more. */
export type PastExplanation =
  | { readonly did: 'nothing' | 'reused' | 'skipped' | 'pinned' | 'bypassed' | 'unknown' }
  | { readonly did: 'ran'; readonly causes: readonly RunCause[] };

/** Tells why a node ran in a run that is over, by what was there before it. */
export function pastCauses(kept: KeptRun, runs: KeptRuns, id: NodeId): PastExplanation {
  const node = outermost(kept, id);
  const state = kept.nodes?.get(node);
  if (state?.runId !== kept.id) return { did: 'nothing' };
  const { pinned, mode } = kept.document.nodes[node]?.settings ?? {};
  if (state.status === 'skipped') return { did: 'skipped' };
  if (pinned !== undefined) return { did: 'pinned' };
  if (mode === 'bypassed') return { did: 'bypassed' };
  if (!wasExecuted(state, kept.id)) return { did: 'reused' };
  const causes: RunCause[] = isTarget(kept, node) ? [{ kind: 'target' }] : [];
  const before = kept.before.get(node);
  const since = causesSince(kept, runs, node, before);
  if (since === undefined) return causes.length > 0 ? { did: 'ran', causes } : { did: 'unknown' };
  causes.push(...since);
  return { did: 'ran', causes: causes.length > 0 ? causes : [{ kind: 'not-kept' }] };
}

/** What was different from when the node ran before; undefined when that is not known any more. */
function causesSince(
  kept: KeptRun,
  runs: KeptRuns,
  node: NodeId,
  before: NodeRunState | undefined,
): readonly RunCause[] | undefined {
  if (before === undefined || before.status === 'idle' || before.status === 'cancelled') return [{ kind: 'no-result' }];
  if (before.status === 'error') return [{ kind: 'failed' }];
  if (before.status === 'skipped') return [{ kind: 'skipped' }];
  if (before.valuesLost) return [{ kind: 'lost' }];
  const earlier = runs.get(before.runId);
  if (earlier === undefined) return undefined;
  const causes = [...(resultChanges(node, earlier, kept) ?? [{ kind: 'no-result' as const }])];
  for (const source of sourcesOf(kept, node)) {
    if (causes.some((cause) => cause.kind === 'upstream' && cause.node === source)) continue;
    if (wasExecuted(kept.nodes?.get(source), kept.id))
      causes.push({ kind: 'upstream', node: source, change: 'ran-anew' });
  }
  return causes;
}

function wasExecuted(state: NodeRunState | undefined, runId: string): boolean {
  return state?.runId === runId && (state.status === 'error' || (state.status === 'success' && !state.cached));
}

/** The outermost zone around a node, which runs as one; else the node. */
function outermost({ document }: KeptRun, id: NodeId): NodeId {
  const zones = containersOf(document.nodes, id).filter((zone) => {
    const kind = document.nodes[zone]?.settings?.zone?.kind;
    return kind !== undefined && kind !== 'group';
  });
  return zones.at(-1) ?? id;
}

function isTarget(kept: KeptRun, node: NodeId): boolean {
  const { targets } = kept;
  if (targets === undefined || targets.kind === 'all') return true;
  return 'nodes' in targets && targets.nodes.some((id) => outermost(kept, id) === node);
}

/** Nodes that feed this one, and may give something else each time. */
function sourcesOf({ document, library }: KeptRun, node: NodeId): readonly NodeId[] {
  const sources = new Set<NodeId>();
  for (const edge of graphIndex(document).incoming(node)) {
    const source = document.edges[edge]?.source;
    const from = source === undefined ? undefined : document.nodes[source];
    if (source === undefined || from === undefined) continue;
    if (nodeTypeOf(document, library, from)?.pure !== true) sources.add(source);
  }
  return [...sources];
}
