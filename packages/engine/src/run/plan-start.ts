import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { RunPlan } from '../plan/plan.js';
import type { PlanShape } from '../plan/plan-shape.js';
import { Phase, type TokenStart } from './tokens.js';

/** Whether a node is decided by what its inputs carry; what is reused, muted or on a cycle is not. */
export function waitsForInputs({ decisions, flow }: RunPlan, node: number): boolean {
  const action = decisions.get(node)?.action;
  return action !== 'reuse' && action !== 'skip' && action !== 'pinned' && flow.cyclic[node] === 0;
}

/** Plans that do the same are run again and again. */
const starts = new WeakMap<PlanShape, TokenStart>();

/** How the nodes of a plan begin, worked out once for each shape of a plan. */
export function startOf(plan: RunPlan): TokenStart {
  let start = starts.get(plan.shape);
  if (!start) {
    start = tokenStart(plan.flow, plan.scope, (node) => waitsForInputs(plan, node));
    starts.set(plan.shape, start);
  }
  return start;
}

/**
 * Works out how nodes begin. What does not need its inputs waits for none, and nothing waits for what is not in the run: a
 * bypassed node may have wires from there.
 */
export function tokenStart(flow: CompiledFlow, scope: Int32Array, needsInputs: (node: number) => boolean): TokenStart {
  const phase = new Uint8Array(flow.ids.length);
  const remaining = new Int32Array(flow.ids.length);
  const resolved: number[] = [];
  for (const node of scope) {
    phase[node] = Phase.waiting;
    const waits = needsInputs(node) ? wiresWithin(flow, node, phase) : 0;
    remaining[node] = waits;
    if (waits === 0) resolved.push(node);
  }
  return { phase, remaining, resolved, open: scope.length, spare: undefined };
}

/** Wires into a node from the entry and from nodes that are in the run: each node comes after those it needs. */
function wiresWithin({ inStart, inEdges, edgeSource, entry }: CompiledFlow, node: number, phase: Uint8Array): number {
  let count = 0;
  const end = inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = inStart[node] as number; k < end; k++) {
    const source = edgeSource[inEdges[k] as number] as number;
    if (phase[source] !== Phase.outside || source === entry) count++;
  }
  return count;
}
