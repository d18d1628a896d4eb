import type { FlowEdge, NodeId, NodeType, PortId } from '@loom/graph';

/** The edges of a body side by side, in the order of the document. */
export interface EdgeList {
  readonly ids: string[];
  /** The rank of each among those of its input; undefined while all are 0, as they mostly are. */
  ranks: number[] | undefined;
  readonly sources: number[];
  readonly sourcePorts: PortId[];
  readonly targets: number[];
  readonly targetPorts: PortId[];
}

// Functions over plain objects, here and in what else touches every node and edge: code that knows the shape of an object which
// is gone after each compilation would be thrown away with it.

export function emptyEdges(): EdgeList {
  return { ids: [], ranks: undefined, sources: [], sourcePorts: [], targets: [], targetPorts: [] };
}

/** Reads the edges between nodes; those whose ends do not exist are left out. */
export function readEdges(edges: Readonly<Record<string, FlowEdge>>, indexOf: ReadonlyMap<NodeId, number>): EdgeList {
  const keys = Object.keys(edges);
  const { length } = keys;
  const list: EdgeList = {
    ids: new Array<string>(length),
    ranks: undefined,
    sources: new Array<number>(length),
    sourcePorts: new Array<PortId>(length),
    targets: new Array<number>(length),
    targetPorts: new Array<PortId>(length),
  };
  const { ids, sources, sourcePorts, targets, targetPorts } = list;
  let count = 0;
  for (let i = 0; i < length; i++) {
    const id = keys[i] as string; // within the bounds of the loop
    const edge = edges[id] as FlowEdge; // a key of it
    const source = indexOf.get(edge.source);
    const target = indexOf.get(edge.target);
    if (source === undefined || target === undefined) continue;
    noteRank(list, count, edge.order);
    ids[count] = id;
    sources[count] = source;
    sourcePorts[count] = edge.sourcePort;
    targets[count] = target;
    targetPorts[count] = edge.targetPort;
    count++;
  }
  for (const column of [ids, sources, sourcePorts, targets, targetPorts]) column.length = count;
  return list;
}

/** The place of an edge in the list is given before it is added. */
export function noteRank(list: EdgeList, place: number, rank = 0): void {
  if (rank !== 0) list.ranks ??= new Array<number>(place).fill(0);
  list.ranks?.push(rank);
}

/** The edges of each input in their order: by rank, then by id. `edges` has them by the node at their end. */
export function orderInputs({ ids, ranks }: EdgeList, start: Int32Array, edges: Int32Array): void {
  const compare = (a: number, b: number): number => {
    const rank = ranks ? (ranks[a] as number) - (ranks[b] as number) : 0;
    if (rank !== 0) return rank;
    return (ids[a] as string) < (ids[b] as string) ? -1 : 1;
  };
  for (let node = 0; node + 1 < start.length; node++) {
    const from = start[node] as number; // typed arrays of fixed length, here and below
    const to = start[node + 1] as number;
    // Most are in order, and finding that out takes less than sorting them.
    let isInOrder = true;
    for (let k = from + 1; k < to && isInOrder; k++) {
      isInOrder = compare(edges[k - 1] as number, edges[k] as number) <= 0;
    }
    if (!isInOrder) edges.subarray(from, to).sort(compare);
  }
}

/** The place of the port that each edge leaves among the outputs of its node; -1 where it has no such output. */
export function outputPlaces({ sources, sourcePorts }: EdgeList, types: readonly (NodeType | undefined)[]): Int32Array {
  const places = new Int32Array(sources.length);
  for (let edge = 0; edge < places.length; edge++) {
    const port = sourcePorts[edge];
    const outputs = types[sources[edge] as number]?.outputs; // an edge of the list
    places[edge] = outputs?.[0]?.id === port ? 0 : (outputs?.findIndex(({ id }) => id === port) ?? -1);
  }
  return places;
}

/** Edges grouped by one of their ends, by counting. */
export function adjacency(count: number, end: Int32Array): { readonly start: Int32Array; readonly edges: Int32Array } {
  const start = new Int32Array(count + 1);
  for (const node of end) start[node + 1] = (start[node + 1] as number) + 1;
  for (let i = 0; i < count; i++) start[i + 1] = (start[i + 1] as number) + (start[i] as number);
  const next = start.slice();
  const edges = new Int32Array(end.length);
  for (let edge = 0; edge < end.length; edge++) {
    const node = end[edge] as number;
    const slot = next[node] as number;
    edges[slot] = edge;
    next[node] = slot + 1;
  }
  return { start, edges };
}
