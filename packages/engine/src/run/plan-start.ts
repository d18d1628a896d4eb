import type { RunPlan } from '../plan/plan.js';
import type { PlanShape } from '../plan/plan-shape.js';
import { type TokenStart, tokenStart } from './tokens.js';

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
