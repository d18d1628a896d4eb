import type { CompiledFlow } from '../flow/compiled-flow.js';
import { isFed } from './feeds.js';
import { traitsOf } from './traits.js';

/** Some nodes of a flow, and all that depend on them. */
export interface Cone {
  has(node: number): boolean;
}

/** Cones that are kept for each flow: runs change the same inputs again and again. */
const MAX_CONES = 32;

/** Up to so many nodes a set takes less than a byte for each node of the flow. */
const MAX_SMALL = 256;

const conesOf = new WeakMap<CompiledFlow, Map<number | string, Cone>>();

/** The nodes whose keys follow from these, with them. What is muted or pinned follows from nothing. */
export function coneOf(flow: CompiledFlow, nodes: readonly number[]): Cone {
  let cones = conesOf.get(flow);
  if (!cones) {
    cones = new Map();
    conesOf.set(flow, cones);
  }
  const key = nodes.length === 1 ? (nodes[0] as number) : nodes.join();
  const known = cones.get(key);
  if (known) return known;
  const traits = traitsOf(flow);
  const cone = collect(flow, nodes, (edge) => isFed(flow, traits, edge));
  if (cones.size >= MAX_CONES) {
    const [oldest] = cones.keys();
    if (oldest !== undefined) cones.delete(oldest);
  }
  cones.set(key, cone);
  return cone;
}

function collect(flow: CompiledFlow, nodes: readonly number[], follows: (edge: number) => boolean): Cone {
  const found = new Set(nodes);
  let large: Uint8Array | undefined;
  const todo = [...nodes];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    const end = flow.outStart[node + 1] as number; // typed arrays of fixed length
    for (let k = flow.outStart[node] as number; k < end; k++) {
      const edge = flow.outEdges[k] as number;
      const target = flow.edgeTarget[edge] as number;
      if (large ? large[target] === 1 : found.has(target)) continue;
      if (!follows(edge)) continue;
      todo.push(target);
      if (large) {
        large[target] = 1;
        continue;
      }
      found.add(target);
      if (found.size <= MAX_SMALL) continue;
      large = new Uint8Array(flow.ids.length);
      for (const each of found) large[each] = 1;
    }
  }
  const table = large;
  return table ? { has: (node) => table[node] === 1 } : found;
}

/** These nodes and everything behind them by wire, whatever its mode. */
export function reachedFrom(flow: CompiledFlow, nodes: readonly number[]): ReadonlySet<number> {
  const found = new Set(nodes);
  const todo = [...nodes];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    const end = flow.outStart[node + 1] as number;
    for (let k = flow.outStart[node] as number; k < end; k++) {
      const target = flow.edgeTarget[flow.outEdges[k] as number] as number;
      if (found.has(target)) continue;
      found.add(target);
      todo.push(target);
    }
  }
  return found;
}
