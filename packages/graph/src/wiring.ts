import type { FlowEdge } from './document.js';
import type { Bodies } from './zone-body.js';
import { courseOf } from './zone-wire.js';

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

/** What {@link numberEdges} looks at beside the edges. */
export interface NumberOptions {
  /** Is told of each edge that has an end elsewhere; such an edge gets no number. */
  readonly onOther?: (id: string, missing: string) => void;
  /**
   * Zones: then edges lead from what is needed to what needs it, as {@link courseOf} says, and those that begin or end an
   * iteration get no number.
   */
  readonly bodies?: Bodies | undefined;
  /** Adds an edge without an id from each zone to each node of its body. */
  readonly isNested?: boolean;
}

/** Numbers nodes in the order given, and the edges between them in the order of the table. */
export function numberEdges(
  nodeIds: readonly string[],
  edges: Readonly<Record<string, FlowEdge>>,
  { onOther, bodies, isNested = false }: NumberOptions = {},
): Wiring {
  const numbers = new Map<string, number>();
  for (let number = 0; number < nodeIds.length; number++) numbers.set(nodeIds[number] as string, number);
  const all = Object.keys(edges);
  const edgeIds: string[] = [];
  const most = all.length + (isNested ? nodeIds.length : 0);
  const sources = new Int32Array(most);
  const targets = new Int32Array(most);
  let count = 0;
  for (const id of all) {
    const edge = edges[id] as FlowEdge;
    const need = bodies ? courseOf(bodies, edge).need : edge;
    if (!need) continue;
    const source = numbers.get(need.source);
    const target = numbers.get(need.target);
    if (source === undefined || target === undefined) {
      onOther?.(id, source === undefined ? need.source : need.target);
      continue;
    }
    sources[count] = source;
    targets[count++] = target;
    edgeIds.push(id);
  }
  for (let node = 0; isNested && bodies && node < nodeIds.length; node++) {
    const zone = numbers.get(bodies.of(nodeIds[node] as string).zone ?? '');
    if (zone === undefined) continue;
    sources[count] = zone;
    targets[count++] = node;
  }
  return { nodeIds, edgeIds, targets, ...groupBySource(sources.subarray(0, count), nodeIds.length) };
}

function groupBySource(sources: Int32Array, nodes: number): Pick<Wiring, 'first' | 'outgoing'> {
  const first = new Int32Array(nodes + 2);
  for (const source of sources) add(first, source + 2, 1);
  for (let node = 1; node < first.length; node++) add(first, node, at(first, node - 1));
  const outgoing = new Int32Array(sources.length);
  // Counted one place further on, so that after each edge was put in, `first` says where its node begins.
  for (let edge = 0; edge < sources.length; edge++) {
    const next = at(sources, edge) + 1;
    outgoing[at(first, next)] = edge;
    add(first, next, 1);
  }
  return { first, outgoing };
}

/** An element that is known to be within the array. */
export function at(array: Int32Array, index: number): number {
  return array[index] as number;
}

export function add(array: Int32Array, index: number, amount: number): void {
  array[index] = at(array, index) + amount;
}
