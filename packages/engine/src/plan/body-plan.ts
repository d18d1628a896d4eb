import type { CompiledFlow } from '../flow/compiled-flow.js';
import { KeyTable } from './keys.js';
import { decideAlone, type RunPlan, work } from './plan.js';

const NEEDED = { action: 'run', reason: 'needed' } as const;

const plans = new WeakMap<CompiledFlow, RunPlan>();

/** The plan of a frame: everything in the body, every time. The same for all frames. */
export function planBody(body: CompiledFlow): RunPlan {
  let plan = plans.get(body);
  if (!plan) {
    const overrides = new Map();
    const isNode = (node: number): boolean => node !== body.entry && node !== body.exit;
    const decisions = body.ids.map((_, node) =>
      isNode(node) ? decideAlone(body, node, overrides, NEEDED) : undefined,
    );
    const scope = body.order.filter(isNode);
    plan = {
      flow: body,
      keys: new KeyTable(body, overrides),
      overrides,
      scope,
      decisions,
      ...work(body, scope, decisions),
    };
    plans.set(body, plan);
  }
  return plan;
}
