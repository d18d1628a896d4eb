/** The arrays of a compiled flow that its order depends on. */
export interface Wiring {
  readonly count: number;
  readonly outStart: Int32Array;
  readonly outEdges: Int32Array;
  readonly inStart: Int32Array;
  readonly edgeSource: Int32Array;
  readonly edgeTarget: Int32Array;
}

/**
 * Orders nodes by index, each after those it needs; equals in the order of the document, as `topologicalOrder` of the graph
 * package does. Nodes on a cycle, or between two, come after all nodes that are free of them and before those behind.
 */
export function orderNodes(wiring: Wiring): { readonly order: Int32Array; readonly cyclic: Uint8Array } {
  const { count, inStart } = wiring;
  const order = new Int32Array(count);
  const cyclic = new Uint8Array(count);
  const waiting = new Int32Array(count);
  let filled = 0;
  for (let i = 0; i < count; i++) {
    const wires = (inStart[i + 1] as number) - (inStart[i] as number); // typed arrays of fixed length, here and below
    waiting[i] = wires;
    if (wires === 0) order[filled++] = i;
  }
  filled = placeWaves(wiring, waiting, order, 0, filled);
  if (filled === count) return { order, cyclic };

  for (const node of cyclicNodes(wiring, waiting)) {
    cyclic[node] = 1;
    order[filled++] = node;
  }
  const behind: number[] = [];
  for (let node = 0; node < count; node++) {
    if (cyclic[node] === 0) continue;
    eachTarget(wiring, node, (target) => {
      const left = (waiting[target] as number) - 1;
      waiting[target] = left;
      if (left === 0 && cyclic[target] === 0) behind.push(target);
    });
  }
  order.set(
    behind.sort((a, b) => a - b),
    filled,
  );
  placeWaves(wiring, waiting, order, filled, filled + behind.length);
  return { order, cyclic };
}

/**
 * Waves keep it linear and stable: each holds what became ready by the one before, in the order of the document. The first is in
 * the order already, between two places; gives the place behind the last.
 */
function placeWaves(
  { outStart, outEdges, edgeTarget }: Wiring,
  waiting: Int32Array,
  order: Int32Array,
  from: number,
  to: number,
): number {
  let start = from;
  let end = to;
  while (start < end) {
    let filled = end;
    let isSorted = true;
    for (let place = start; place < end; place++) {
      const node = order[place] as number;
      const last = outStart[node + 1] as number;
      for (let k = outStart[node] as number; k < last; k++) {
        const target = edgeTarget[outEdges[k] as number] as number;
        const left = (waiting[target] as number) - 1;
        waiting[target] = left;
        if (left !== 0) continue;
        if (filled > end && target < (order[filled - 1] as number)) isSorted = false;
        order[filled++] = target;
      }
    }
    if (!isSorted) order.subarray(end, filled).sort();
    start = end;
    end = filled;
  }
  return end;
}

/** What is left of the waiting nodes when those that nobody on a cycle needs are taken away from behind. */
function cyclicNodes(wiring: Wiring, waiting: Int32Array): number[] {
  const { count } = wiring;
  const left = new Set<number>();
  for (let i = 0; i < count; i++) if ((waiting[i] as number) > 0) left.add(i);
  const needed = new Int32Array(count);
  const sources = new Map<number, number[]>();
  for (const node of left) {
    eachTarget(wiring, node, (target) => {
      if (!left.has(target)) return;
      needed[node] = (needed[node] as number) + 1;
      const list = sources.get(target);
      if (list) list.push(node);
      else sources.set(target, [node]);
    });
  }
  const ends = [...left].filter((node) => needed[node] === 0);
  for (let node = ends.pop(); node !== undefined; node = ends.pop()) {
    left.delete(node);
    for (const source of sources.get(node) ?? []) {
      needed[source] = (needed[source] as number) - 1;
      if (needed[source] === 0) ends.push(source);
    }
  }
  return [...left].sort((a, b) => a - b);
}

function eachTarget({ outStart, outEdges, edgeTarget }: Wiring, node: number, visit: (target: number) => void): void {
  const end = outStart[node + 1] as number;
  for (let k = outStart[node] as number; k < end; k++) visit(edgeTarget[outEdges[k] as number] as number);
}
