import type { FlowDocument, FlowEdge } from './document.js';
import type { EdgeId, NodeId, PortId } from './id.js';

/**
 * Which wires meet at which node, looked up instead of searched. Made once per table of edges, so moving a node costs
 * nothing here. Every list is in order: by `order` of the edge, then by id, port after port.
 */
export interface GraphIndex {
  /** The wires that end at this node, port after port in the order in which ports first occur. */
  incoming(node: NodeId): readonly EdgeId[];
  outgoing(node: NodeId): readonly EdgeId[];
  incomingTo(node: NodeId, port: PortId): readonly EdgeId[];
  outgoingFrom(node: NodeId, port: PortId): readonly EdgeId[];
}

const cache = new WeakMap<FlowDocument['edges'], GraphIndex>();

/**
 * The index of a document's edges, cached by the identity of `document.edges`.
 *
 * @example
 * ```ts
 * for (const id of graphIndex(document).incoming('mean')) console.log(document.edges[id]);
 * ```
 */
export function graphIndex(document: Pick<FlowDocument, 'edges'>): GraphIndex {
  let index = cache.get(document.edges);
  if (!index) {
    index = buildIndex(document.edges);
    cache.set(document.edges, index);
  }
  return index;
}

const none: readonly EdgeId[] = Object.freeze([]);

/** The wires on one side of one node. They are put in order, and told apart by port, when somebody asks. */
interface Side {
  ids: EdgeId[];
  ports: ReadonlyMap<PortId, readonly EdgeId[]> | undefined;
}

function buildIndex(edges: FlowDocument['edges']): GraphIndex {
  const targets = new Map<NodeId, Side>();
  const sources = new Map<NodeId, Side>();
  for (const id of Object.keys(edges)) {
    const edge = edges[id];
    if (!edge) continue;
    append(targets, edge.target, id);
    append(sources, edge.source, id);
  }
  const all = (sides: Map<NodeId, Side>, node: NodeId, portOf: PortOf): readonly EdgeId[] => {
    const side = sides.get(node);
    if (!side) return none;
    if (side.ids.length > 1) arrange(side, edges, portOf);
    return side.ids;
  };
  const onPort = (sides: Map<NodeId, Side>, node: NodeId, port: PortId, portOf: PortOf): readonly EdgeId[] => {
    const side = sides.get(node);
    if (!side) return none;
    if (side.ids.length > 1) return arrange(side, edges, portOf).get(port) ?? none;
    // Most inputs have one wire; a map for each of them would be half of the index.
    const only = edges[side.ids[0] as EdgeId];
    return only && portOf(only) === port ? side.ids : none;
  };
  return {
    incoming: (node) => all(targets, node, targetPort),
    outgoing: (node) => all(sources, node, sourcePort),
    incomingTo: (node, port) => onPort(targets, node, port, targetPort),
    outgoingFrom: (node, port) => onPort(sources, node, port, sourcePort),
  };
}

type PortOf = (edge: FlowEdge) => PortId;
const targetPort: PortOf = (edge) => edge.targetPort;
const sourcePort: PortOf = (edge) => edge.sourcePort;

function append(sides: Map<NodeId, Side>, node: NodeId, id: EdgeId): void {
  const side = sides.get(node);
  if (side) side.ids.push(id);
  else sides.set(node, { ids: [id], ports: undefined });
}

/** Orders the wires of a side, once, and gives them by port. */
function arrange(side: Side, edges: FlowDocument['edges'], portOf: PortOf): ReadonlyMap<PortId, readonly EdgeId[]> {
  if (side.ports) return side.ports;
  const ports = new Map<PortId, EdgeId[]>();
  for (const id of side.ids) {
    const edge = edges[id];
    if (!edge) continue;
    const list = ports.get(portOf(edge));
    if (list) list.push(id);
    else ports.set(portOf(edge), [id]);
  }
  for (const list of ports.values()) if (list.length > 1) list.sort((a, b) => compareEdges(edges, a, b));
  side.ids = [...ports.values()].flat();
  side.ports = ports;
  return ports;
}

/** The order of wires on one port: by rank, then by id. A wire without a rank has rank 0. */
export function compareEdges(edges: FlowDocument['edges'], a: EdgeId, b: EdgeId): number {
  const rank = (edges[a]?.order ?? 0) - (edges[b]?.order ?? 0);
  if (rank !== 0) return rank;
  return a < b ? -1 : a > b ? 1 : 0;
}
