import { aloneIn } from './alone.js';
import { CHANGED, type Decision, NEEDED } from './decision.js';
import type { Freshness } from './freshness.js';
import type { Given } from './given.js';
import { reusable } from './reusable.js';
import type { KeptResult } from './run-record.js';

/** Decides about all nodes: those whose results hold are reused, and all others run. */
export function decideChanged(
  fresh: Freshness,
  given: Given,
): { readonly decisions: readonly (Decision | undefined)[]; readonly reused: readonly KeptResult[] } {
  const { flow } = fresh;
  const alone = aloneIn(flow);
  const decisions = new Array<Decision | undefined>(flow.ids.length);
  const reused: KeptResult[] = [];
  /** 1 for what gives something new, as far as is known before. */
  const runs = new Uint8Array(flow.ids.length);
  const isOvertaken = (node: number): boolean => {
    const end = flow.inStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = flow.inStart[node] as number; k < end; k++) {
      const source = fresh.keys.feederBy(flow.inEdges[k] as number);
      if (source >= 0 && runs[source] === 1 && !fresh.keys.isPure(source)) return true;
    }
    return false;
  };
  for (const node of flow.order) {
    const decision = alone.decide(node, given, NEEDED);
    if (decision !== NEEDED) {
      decisions[node] = decision;
      continue;
    }
    const isCurrent = fresh.holds(node) && (fresh.keys.isPure(node) || !isOvertaken(node));
    const kept = isCurrent ? reusable(fresh, node) : undefined;
    if (kept) {
      decisions[node] = { action: 'reuse', reason: 'unchanged', result: kept };
      reused.push(kept);
      continue;
    }
    decisions[node] = fresh.store.newest(flow, node) ? CHANGED : NEEDED;
    // What was skipped is skipped again while nothing changes before it.
    runs[node] = isCurrent && fresh.execution(node)?.outcome === 'skipped' ? 0 : 1;
  }
  return { decisions, reused };
}
