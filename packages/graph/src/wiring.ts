import type { FlowEdge } from './document.js';

/**
 * Nodes and edges by number, so that following edges costs an array access: graphs of 100,000 nodes are ordered and
 * checked, too.
 */
export interface Wiring {
  readonly nodeIds: readonly string[];
  readonly edgeIds: readonly string[];
  /** The node at the end of each edge. */
  readonly targets: Int32Array;
  /** The edges out of node `n` are `outgoing[first[n]]` up to, not including, `outgoing[first[n + 1]]`. */
  readonly first: Int32Array;
  readonly outgoing: Int32Array;
}

/**
 * Numbers nodes in the order given, and the edges between them in the order of the table.
 *
 * @param onOther - Is told of each edge that has an end elsewhere; such an edge gets no number.
 */
export function numberEdges(
  nodeIds: readonly string[],
  edges: Readonly<Record<string, FlowEdge>>,
  onOther?: (id: string, missing: string) => void,
): Wiring {
  const numbers = new Map<string, number>();
  for (let number = 0; number < nodeIds.length; number++) numbers.set(nodeIds[number] as string, number);
  const all = Object.keys(edges);
  const edgeIds: string[] = [];
  const sources = new Int32Array(all.length);
  const targets = new Int32Array(all.length);
  const first = new Int32Array(nodeIds.length + 2);
  for (const id of all) {
    const edge = edges[id] as FlowEdge;
    const source = numbers.get(edge.source);
    const target = numbers.get(edge.target);
    if (source === undefined || target === undefined) {
      onOther?.(id, source === undefined ? edge.source : edge.target);
      continue;
    }
    sources[edgeIds.length] = source;
    targets[edgeIds.length] = target;
    edgeIds.push(id);
    add(first, source + 2, 1);
  }
  for (let node = 1; node < first.length; node++) add(first, node, at(first, node - 1));
  const outgoing = new Int32Array(edgeIds.length);
  // Counted one place further on, so that after each edge was put in, `first` says where its node begins.
  for (let edge = 0; edge < edgeIds.length; edge++) {
    const next = at(sources, edge) + 1;
    outgoing[at(first, next)] = edge;
    add(first, next, 1);
  }
  return { nodeIds, edgeIds, targets, first, outgoing };
}

/** An element that is known to be within the array. */
export function at(array: Int32Array, index: number): number {
  return array[index] as number;
}

export function add(array: Int32Array, index: number, amount: number): void {
  array[index] = at(array, index) + amount;
}
