import type { EdgeId, FlowDocument, FlowEdge, FlowNode, Library, NodeId, NodeType, PortId, TypeId } from '@loom/graph';
import { orderNodes } from './order.js';

/**
 * A document as numbers: nodes and edges by index, adjacency as flat arrays. Plans and runs work on this, so that none of
 * them looks a node up by name or scans edges. Made once for each document and library.
 */
export interface CompiledFlow {
  readonly document: FlowDocument;
  readonly ids: readonly NodeId[];
  readonly nodes: readonly FlowNode[];
  readonly indexOf: ReadonlyMap<NodeId, number>;
  /** Undefined where nobody defines the type. */
  readonly types: readonly (NodeType | undefined)[];
  /** The types in use, each once, and by node the index among them; -1 where nobody defines the type. */
  readonly usedTypes: readonly NodeType[];
  readonly typeOf: Int32Array;
  /** The edges that leave node `i` are `outEdges[outStart[i]]` up to `outEdges[outStart[i + 1]]`. */
  readonly outStart: Int32Array;
  readonly outEdges: Int32Array;
  /** The edges that end at a node, likewise; in edge order where an input takes several. */
  readonly inStart: Int32Array;
  readonly inEdges: Int32Array;
  readonly edgeSource: Int32Array;
  readonly edgeTarget: Int32Array;
  readonly edgeSourcePort: readonly PortId[];
  readonly edgeTargetPort: readonly PortId[];
  /** The place of the source port among the outputs of its node; -1 where it has no such output. */
  readonly edgeOutput: Int32Array;
  /** All nodes, each after those it needs; nodes of a cycle in between, in the order of the document. */
  readonly order: Int32Array;
  /** 1 for nodes that wait for themselves. */
  readonly cyclic: Uint8Array;
}

const cache = new WeakMap<FlowDocument, { readonly library: Library; readonly flow: CompiledFlow }>();

/** The compiled form of a document, cached by its identity. Edges whose ends do not exist are left out. */
export function compileFlow(document: FlowDocument, library: Library): CompiledFlow {
  const known = cache.get(document);
  if (known?.library === library) return known.flow;
  const flow = compile(document, library);
  cache.set(document, { library, flow });
  return flow;
}

function compile(document: FlowDocument, library: Library): CompiledFlow {
  const ids: readonly NodeId[] = Object.keys(document.nodes);
  const count = ids.length;
  const indexOf = new Map<NodeId, number>();
  const nodes: FlowNode[] = [];
  const types: (NodeType | undefined)[] = [];
  const usedTypes: NodeType[] = [];
  const typeOf = new Int32Array(count);
  const resolved = new Map<TypeId, number>();
  for (let i = 0; i < count; i++) {
    const id = ids[i] as NodeId; // within the bounds of the loop
    const node = document.nodes[id] as FlowNode; // a key of it
    indexOf.set(id, i);
    nodes.push(node);
    let place = resolved.get(node.type);
    if (place === undefined) {
      const type = library.resolve(document, node.type);
      place = type ? usedTypes.push(type) - 1 : -1;
      resolved.set(node.type, place);
    }
    typeOf[i] = place;
    types.push(usedTypes[place]);
  }

  const edges = readEdges(document, indexOf);
  const { start: outStart, edges: outEdges } = adjacency(count, edges.edgeSource);
  const { start: inStart, edges: inEdges } = adjacency(count, edges.edgeTarget);
  const { edgeIds, ...wiring } = edges;
  for (let i = 0; i < count; i++) {
    const start = inStart[i] as number; // typed arrays of fixed length
    const end = inStart[i + 1] as number;
    if (end - start > 1) inEdges.subarray(start, end).sort((a, b) => compareEdges(document.edges, edgeIds, a, b));
  }
  const graph = { count, outStart, outEdges, inStart, ...wiring };
  return {
    document,
    ids,
    nodes,
    indexOf,
    types,
    usedTypes,
    typeOf,
    outStart,
    outEdges,
    inStart,
    inEdges,
    ...wiring,
    edgeOutput: outputPlaces(wiring, types),
    ...orderNodes(graph),
  };
}

interface Edges {
  readonly edgeIds: readonly EdgeId[];
  readonly edgeSource: Int32Array;
  readonly edgeTarget: Int32Array;
  readonly edgeSourcePort: readonly PortId[];
  readonly edgeTargetPort: readonly PortId[];
}

function readEdges({ edges }: FlowDocument, indexOf: ReadonlyMap<NodeId, number>): Edges {
  const edgeIds: EdgeId[] = [];
  const sources: number[] = [];
  const targets: number[] = [];
  const edgeSourcePort: PortId[] = [];
  const edgeTargetPort: PortId[] = [];
  for (const id of Object.keys(edges)) {
    const edge = edges[id] as FlowEdge; // a key of it
    const source = indexOf.get(edge.source);
    const target = indexOf.get(edge.target);
    if (source === undefined || target === undefined) continue;
    edgeIds.push(id);
    sources.push(source);
    targets.push(target);
    edgeSourcePort.push(edge.sourcePort);
    edgeTargetPort.push(edge.targetPort);
  }
  const edgeSource = Int32Array.from(sources);
  const edgeTarget = Int32Array.from(targets);
  return { edgeIds, edgeSource, edgeTarget, edgeSourcePort, edgeTargetPort };
}

function outputPlaces(
  { edgeSource, edgeSourcePort }: Omit<Edges, 'edgeIds'>,
  types: readonly (NodeType | undefined)[],
): Int32Array {
  const places = new Int32Array(edgeSource.length);
  for (let edge = 0; edge < places.length; edge++) {
    const port = edgeSourcePort[edge];
    places[edge] = types[edgeSource[edge] as number]?.outputs.findIndex(({ id }) => id === port) ?? -1;
  }
  return places;
}

/** Edges grouped by one of their ends, by counting. */
function adjacency(count: number, end: Int32Array): { readonly start: Int32Array; readonly edges: Int32Array } {
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

/** By rank, then by id: the order that an input of several wires sees. */
function compareEdges(edges: FlowDocument['edges'], ids: readonly EdgeId[], a: number, b: number): number {
  const first = ids[a] as EdgeId;
  const second = ids[b] as EdgeId;
  const rank = (edges[first]?.order ?? 0) - (edges[second]?.order ?? 0);
  if (rank !== 0) return rank;
  return first < second ? -1 : 1;
}
