import type { RunPlan } from '../plan/plan.js';
import { type TokenStart, tokenStart } from './tokens.js';

/** Whether a node is decided by what its inputs carry; what is reused, muted or on a cycle is not. */
export function waitsForInputs({ decisions, flow }: RunPlan, node: number): boolean {
  const action = decisions[node]?.action;
  return action !== 'reuse' && action !== 'skip' && flow.cyclic[node] === 0;
}

/** Plans of whole flows are run again and again. */
const starts = new WeakMap<RunPlan, TokenStart>();

/** How the nodes of a plan begin, worked out once for each plan. */
export function startOf(plan: RunPlan): TokenStart {
  let start = starts.get(plan);
  if (!start) {
    start = tokenStart(plan.flow, plan.scope, (node) => waitsForInputs(plan, node));
    starts.set(plan, start);
  }
  return start;
}
