import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { Tokens } from './tokens.js';

/** Tasks of one batch: enough to make the round trip cheap, few enough to cancel and to balance lanes. */
export const MAX_BATCH = 256;

/** How batches for one executor are formed. */
export interface BatchingOptions {
  readonly flow: CompiledFlow;
  readonly tokens: Tokens;
  /** Nodes whose inputs are there. */
  readonly ready: readonly number[];
  /** Lanes that are free; at least 1. */
  readonly lanes: number;
  /** True to keep independent tasks apart, so that each lane gets some. */
  readonly spread: boolean;
  /** Whether what becomes ready inside the batch goes with it. */
  readonly closure: boolean;
  /** Whether a waiting node may join a batch of this executor. */
  readonly mayJoin: (node: number) => boolean;
  readonly maximum: number;
}

/** Batches for free lanes, and how many of the ready nodes are in them (the first so many). */
export interface Batches {
  readonly batches: readonly (readonly number[])[];
  readonly taken: number;
}

/**
 * Forms batches: what is ready, and what becomes ready by it in the same lane. A node joins when every input that is not
 * there yet comes from the batch. When tasks are spread, a node whose inputs come from two independent groups waits, so
 * that the groups run side by side.
 */
export function formBatches(options: BatchingOptions): Batches {
  const { ready, lanes, spread, maximum } = options;
  const taken = Math.min(ready.length, lanes * maximum);
  if (!spread || lanes === 1 || taken === 1) {
    // One batch at a time: the rest is formed when what this one makes ready is known to be inside.
    const first = Math.min(taken, maximum);
    return { batches: [grow(options, [ready.slice(0, first)], maximum)[0] as number[]], taken: first };
  }
  const seeds = ready.slice(0, taken).map((node) => [node]);
  const groups = grow(options, seeds, maximum);
  return { batches: balance(groups, lanes, maximum), taken };
}

/** Lets every group take in what becomes ready by it alone. Groups stay in an order in which inputs come first. */
function grow(options: BatchingOptions, seeds: number[][], maximum: number): number[][] {
  const { flow, tokens, closure, mayJoin } = options;
  if (!closure) return seeds;
  const { outStart, outEdges, edgeTarget } = flow;
  const MIXED = -1;
  const groupOf = new Map<number, number>();
  const inputsInside = new Map<number, number>();
  // One step for each group in turn keeps them alike in size.
  const groups = seeds.map((nodes) => ({ nodes, next: 0 }));
  let growing = true;
  while (growing) {
    growing = false;
    for (let g = 0; g < groups.length; g++) {
      const group = groups[g] as { nodes: number[]; next: number }; // within the bounds of the loop
      const node = group.nodes[group.next];
      if (node === undefined) continue;
      group.next++;
      growing = true;
      const end = outStart[node + 1] as number; // typed arrays of fixed length, here and below
      for (let k = outStart[node] as number; k < end; k++) {
        const target = edgeTarget[outEdges[k] as number] as number;
        const owner = groupOf.get(target);
        if (owner === undefined ? !mayJoin(target) : owner === MIXED) continue;
        groupOf.set(target, owner === undefined || owner === g ? g : MIXED);
        if (owner !== undefined && owner !== g) continue;
        const inside = (inputsInside.get(target) ?? 0) + 1;
        inputsInside.set(target, inside);
        if (inside !== tokens.remaining[target] || group.nodes.length >= maximum) continue;
        if (tokens.hasOnlyValues(target)) group.nodes.push(target);
      }
    }
  }
  return groups.map(({ nodes }) => nodes);
}

/** Hands groups to lanes, the largest first, each to the lane that has least. */
function balance(groups: readonly number[][], lanes: number, maximum: number): number[][] {
  const batches: number[][] = [];
  for (const group of [...groups].sort((a, b) => b.length - a.length)) {
    let least: number[] | undefined;
    if (batches.length >= lanes) {
      for (const batch of batches) if (!least || batch.length < least.length) least = batch;
    }
    if (least && least.length + group.length <= 2 * maximum) least.push(...group);
    else batches.push([...group]);
  }
  return batches;
}
