import type { NodeId } from '@loom/graph';
import type { Explanation, PlanOptions, RunCause } from '../api.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { Decision } from './decision.js';
import { type Freshness, freshnessOf, freshnessWith } from './freshness.js';
import { keyChanges } from './key-changes.js';
import type { Execution } from './node-history.js';
import { planRun, publicDecision, type RunPlan } from './plan.js';
import type { ResultStore } from './results.js';
import { rootIndex } from './root-index.js';

/**
 * What a run would do with a node, and every cause of it. Compares what the node's key is made of now with what it was made
 * of when the node was executed last.
 *
 * @throws LoomError `run/unknown-node`, `run/unknown-input`
 */
export function explain(
  flow: CompiledFlow,
  id: NodeId,
  { targets = { kind: 'changed' }, ...options }: PlanOptions,
  results: ResultStore,
): Explanation {
  const node = rootIndex(flow, id);
  const plan = planRun(flow, { ...options, targets }, results);
  const decision = plan.decisions.get(node);
  return {
    node: flow.ids[node] as NodeId, // every index has an id
    planned: decision && publicDecision(flow, node, decision),
    causes: decision?.action === 'run' ? causesOf(plan, node, decision, results) : [],
  };
}

function causesOf(plan: RunPlan, node: number, decision: Decision, results: ResultStore): RunCause[] {
  const fresh = freshnessWith(freshnessOf(results, plan.flow), plan.keys);
  const causes: RunCause[] = [];
  if (decision.action === 'run' && decision.reason === 'target') causes.push({ kind: 'target' });
  if (!fresh.keys.isKept(node)) causes.push({ kind: 'not-kept' });
  const execution = fresh.execution(node);
  if (execution) causes.push(...stateCauses(execution), ...upstreamCauses(plan, fresh, node, execution));
  else causes.push(...changeCauses(plan, results.lastEnd(plan.flow, node), node));
  return causes;
}

/** What the last execution with the present key says. */
function stateCauses({ outcome, record }: Execution): RunCause[] {
  if (outcome) return [{ kind: outcome }];
  return record ? [] : [{ kind: 'lost' }];
}

/** What feeds the node and is not pure: it was executed since, or will be. */
function upstreamCauses(plan: RunPlan, fresh: Freshness, node: number, { origin, index }: Execution): RunCause[] {
  const { flow, decisions } = plan;
  const causes: RunCause[] = [];
  const seen = new Set<number>();
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const source = fresh.keys.feederBy(flow.inEdges[k] as number);
    if (source < 0 || fresh.keys.isPure(source) || seen.has(source)) continue;
    seen.add(source);
    const id = flow.ids[source] as NodeId;
    const then = origin.keys.flow.indexOf.get(id);
    const isNewest = then !== undefined && fresh.execution(source)?.origin.version === origin.versionFed(then, index);
    if (!isNewest) causes.push({ kind: 'upstream', node: id, change: 'ran-anew' });
    else if (!fresh.holds(source)) causes.push({ kind: 'upstream', node: id, change: 'changed' });
    if (decisions.get(source)?.action === 'run') causes.push({ kind: 'upstream', node: id, change: 'runs' });
  }
  return causes;
}

/** What is different from the newest execution with another key. */
function changeCauses({ flow, keys }: RunPlan, last: Execution | undefined, node: number): RunCause[] {
  if (!last) return [{ kind: 'no-result' }];
  const causes = keyChanges({ keys, node }, { keys: last.origin.keys, node: last.index });
  // Behind what was given to a run the same is there as before, though nothing of it was kept.
  return causes.length > 0 ? causes : [{ kind: flow.cyclic[node] === 1 ? 'no-result' : 'lost' }];
}
