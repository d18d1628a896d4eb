import type { FlowEdge } from './document.js';
import type { Bodies } from './zone-body.js';
import { courseOf } from './zone-wire.js';

/**
 * Nodes and edges by number, so that following edges costs an array access: graphs of 100,000 nodes are ordered and
 * checked, too.
 */
export interface Wiring extends Groups {
  readonly nodeIds: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly edgeIds: readonly string[];
  readonly edges: readonly FlowEdge[];
  /** The node at the beginning of each edge. */
  readonly sources: Int32Array;
  /** The node at the end of each edge. */
  readonly targets: Int32Array;
}

/** Edges by one of their ends: those of node `n` are `members[first[n]]` up to, not including, `members[first[n + 1]]`. */
export interface Groups {
  readonly first: Int32Array;
  readonly members: Int32Array;
}

/** What {@link numberEdges} looks at beside the edges. */
export interface NumberOptions {
  /** Is told of each edge that has an end elsewhere; such an edge gets no number. */
  readonly onOther?: (id: string, missing: string) => void;
  /** Numbers the ends of edges that are not among the nodes given, too. */
  readonly isOpen?: boolean;
  /**
   * Zones: then edges lead from what is needed to what needs it, as {@link courseOf} says, and those that begin or end an
   * iteration get no number.
   */
  readonly bodies?: Bodies | undefined;
  /** Adds an edge without an id from each zone to each node of its body. */
  readonly isNested?: boolean;
}

/** A table of edges, listed. */
export interface EdgeList {
  readonly ids: readonly string[];
  readonly values: readonly FlowEdge[];
}

/** Lists a table by its keys: a list of its values alone takes longer to get than all of these. */
export function listOf(table: Readonly<Record<string, FlowEdge>>): EdgeList {
  const ids = Object.keys(table);
  return { ids, values: ids.map((id) => table[id] as FlowEdge) };
}

/** Numbers nodes in the order given, and the edges between them in the order of the table. Groups the edges by source. */
export function numberEdges(
  nodeIds: readonly string[],
  list: EdgeList,
  { onOther, isOpen = false, bodies, isNested = false }: NumberOptions = {},
): Wiring {
  const ids = isOpen ? [...nodeIds] : nodeIds;
  const numbers = new Map<string, number>();
  for (let number = 0; number < nodeIds.length; number++) numbers.set(nodeIds[number] as string, number);
  const numberEnd = (id: string): number | undefined => {
    if (!isOpen) return undefined;
    const number = (ids as string[]).push(id) - 1; // a copy, where ends are added
    numbers.set(id, number);
    return number;
  };
  const edges: FlowEdge[] = [];
  const edgeIds: string[] = [];
  const most = list.ids.length + (isNested ? nodeIds.length : 0);
  const sources = new Int32Array(most);
  const targets = new Int32Array(most);
  let count = 0;
  for (let place = 0; place < list.ids.length; place++) {
    const edge = list.values[place] as FlowEdge; // within the bounds of the loop, as below
    const need = bodies ? courseOf(bodies, edge).need : edge;
    if (!need) continue;
    const source = numbers.get(need.source) ?? numberEnd(need.source);
    const target = numbers.get(need.target) ?? numberEnd(need.target);
    if (source === undefined || target === undefined) {
      onOther?.(list.ids[place] as string, source === undefined ? need.source : need.target);
      continue;
    }
    sources[count] = source;
    targets[count++] = target;
    edges.push(edge);
    edgeIds.push(list.ids[place] as string);
  }
  for (let node = 0; isNested && bodies && node < nodeIds.length; node++) {
    const zone = numbers.get(bodies.of(nodeIds[node] as string).zone ?? '');
    if (zone === undefined) continue;
    sources[count] = zone;
    targets[count++] = node;
  }
  const ends = { sources: sources.subarray(0, count), targets: targets.subarray(0, count) };
  return { nodeIds: ids, numbers, edgeIds, edges, ...ends, ...groupBy(ends.sources, ids.length) };
}

/** Groups edges by the node at one of their ends, in order, by counting. */
export function groupBy(ends: Int32Array, nodes: number): Groups {
  const first = new Int32Array(nodes + 2);
  for (const end of ends) add(first, end + 2, 1);
  for (let node = 1; node < first.length; node++) add(first, node, at(first, node - 1));
  const members = new Int32Array(ends.length);
  // Counted one place further on, so that after each edge was put in, `first` says where its node begins.
  for (let edge = 0; edge < ends.length; edge++) {
    const next = at(ends, edge) + 1;
    members[at(first, next)] = edge;
    add(first, next, 1);
  }
  return { first, members };
}

/** An element that is known to be within the array. */
export function at(array: Int32Array, index: number): number {
  return array[index] as number;
}

export function add(array: Int32Array, index: number, amount: number): void {
  array[index] = at(array, index) + amount;
}
