import type { ExecutorSlot } from '../../engine/executor-slot.js';
import type { DirectCode, DirectExecution } from '../../executor.js';
import type { RunPlan } from '../../plan/plan.js';
import type { RunHost } from '../run-host.js';
import { recipesOf } from './call-recipes.js';

/** Who calls the functions of a plan, with their code by recipe. */
export interface Callees {
  readonly slot: ExecutorSlot;
  readonly direct: DirectExecution;
  readonly codes: readonly DirectCode[];
}

/** Undefined when there are functions that cannot be called one by one, or not by one executor. */
export function findCallees(host: Pick<RunHost, 'slotFor'>, { flow, scope }: RunPlan): Callees | undefined {
  const codes: DirectCode[] = [];
  let slot: ExecutorSlot | undefined;
  for (const { type } of recipesOf(flow, scope).recipes) {
    const own = host.slotFor(type);
    const code = own?.executor.direct?.find(type);
    if (!code || (slot && slot !== own)) return undefined;
    slot = own;
    codes.push(code);
  }
  const direct = slot?.executor.direct;
  return slot && direct && { slot, direct, codes };
}
