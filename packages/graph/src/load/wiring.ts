import type { FlowEdge, FlowNode } from '../document.js';
import { below, type Path } from './path.js';
import type { Reading } from './reading.js';

/** Edges by number, so that following them costs an array access: files of 100,000 nodes are opened, too. */
export interface Wiring {
  readonly nodeIds: readonly string[];
  readonly edgeIds: readonly string[];
  /** The node at the end of each edge. */
  readonly targets: Int32Array;
  /** The edges out of node `n` are `outgoing[first[n]]` up to, not including, `outgoing[first[n + 1]]`. */
  readonly first: Int32Array;
  readonly outgoing: Int32Array;
}

type Nodes = Readonly<Record<string, FlowNode>>;
type Edges = Record<string, FlowEdge>;

/** Numbers nodes and edges, after removing the edges whose ends are missing. */
export function wire(edges: Edges, nodes: Nodes, reading: Reading, path: Path): Wiring {
  const nodeIds = Object.keys(nodes);
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
      const missing = source === undefined ? edge.source : edge.target;
      reading.error('edge/dangling', below(path, id), `Edge "${id}" was left out: there is no node "${missing}".`);
      delete edges[id];
      continue;
    }
    sources[edgeIds.length] = source;
    targets[edgeIds.length] = target;
    edgeIds.push(id);
    bump(first, source + 2);
  }
  for (let node = 1; node < first.length; node++) first[node] = at(first, node) + at(first, node - 1);
  const outgoing = new Int32Array(edgeIds.length);
  // Counted one place further on, so that after each edge was put in, `first` says where its node begins.
  for (let edge = 0; edge < edgeIds.length; edge++) {
    const source = at(sources, edge);
    outgoing[at(first, source + 1)] = edge;
    bump(first, source + 1);
  }
  return { nodeIds, edgeIds, targets, first, outgoing };
}

/** An index that is known to be within the array. */
export function at(array: Int32Array, index: number): number {
  return array[index] as number;
}

export function bump(array: Int32Array, index: number): void {
  array[index] = at(array, index) + 1;
}

/** Up to here, comparing the edges of a node in pairs is faster than making keys. */
const fewEdges = 8;

/** Removes all but the first edge between the same two ports. */
export function dropDuplicates(edges: Edges, wiring: Wiring, reading: Reading, path: Path): void {
  const { nodeIds, edgeIds, first, outgoing } = wiring;
  for (let node = 0; node < nodeIds.length; node++) {
    const start = at(first, node);
    const end = at(first, node + 1);
    if (end - start < 2) continue;
    const ids = Array.from(outgoing.subarray(start, end), (edge) => edgeIds[edge] as string);
    const isRepeated = end - start <= fewEdges ? repeatedByPair : repeatedByKey;
    for (const [id, original] of isRepeated(ids, edges)) {
      reading.warning('edge/duplicate', below(path, id), `Edge "${id}" was left out: it repeats edge "${original}".`);
      delete edges[id];
    }
  }
}

/** The edges that repeat an earlier one of the same source, each with that one. */
function repeatedByPair(ids: readonly string[], edges: Edges): [string, string][] {
  return ids.flatMap((id, index): [string, string][] => {
    const edge = edges[id] as FlowEdge;
    for (let before = 0; before < index; before++) {
      const other = edges[ids[before] as string] as FlowEdge;
      const same = edge.target === other.target && edge.targetPort === other.targetPort;
      if (same && edge.sourcePort === other.sourcePort) return [[id, ids[before] as string]];
    }
    return [];
  });
}

function repeatedByKey(ids: readonly string[], edges: Edges): [string, string][] {
  const seen = new Map<string, string>();
  return ids.flatMap((id): [string, string][] => {
    const { sourcePort, target, targetPort } = edges[id] as FlowEdge;
    const key = JSON.stringify([sourcePort, target, targetPort]);
    const original = seen.get(key);
    if (original !== undefined) return [[id, original]];
    seen.set(key, id);
    return [];
  });
}
