import type { FlowDocument, FlowEdge } from './document.js';
import type { EdgeId, NodeId, PortId } from './id.js';
import { at, type Groups, groupBy, listOf, numberEdges, type Wiring } from './wiring.js';

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

interface Indexed {
  readonly wiring: Wiring;
  readonly index: GraphIndex;
}

const cache = new WeakMap<FlowDocument['edges'], Indexed>();

/**
 * The index of a document's edges, cached by the identity of `document.edges`.
 *
 * @example
 * ```ts
 * for (const id of graphIndex(document).incoming('mean')) console.log(document.edges[id]);
 * ```
 */
export function graphIndex(document: Pick<FlowDocument, 'edges'>): GraphIndex {
  return indexed(document.edges).index;
}

/** The numbers behind the index: nodes that have wires, and wires. */
export function indexedWiring(edges: FlowDocument['edges']): Wiring {
  return indexed(edges).wiring;
}

/** Makes the index of a table of edges from numbers that are known already. */
export function keepIndex(edges: FlowDocument['edges'], wiring: Wiring): void {
  cache.set(edges, { wiring, index: buildIndex(wiring) });
}

function indexed(edges: FlowDocument['edges']): Indexed {
  let kept = cache.get(edges);
  if (!kept) {
    const wiring = numberEdges([], listOf(edges), { isOpen: true });
    kept = { wiring, index: buildIndex(wiring) };
    cache.set(edges, kept);
  }
  return kept;
}

function buildIndex(wiring: Wiring): GraphIndex {
  const { numbers, nodeIds, targets } = wiring;
  const sources = new Side(wiring, wiring, (edge) => edge.sourcePort);
  let ends: Side | undefined;
  const targetSide = (): Side => {
    ends ??= new Side(wiring, groupBy(targets, nodeIds.length), (edge) => edge.targetPort);
    return ends;
  };
  return {
    incoming: (node) => targetSide().all(numbers.get(node)),
    outgoing: (node) => sources.all(numbers.get(node)),
    incomingTo: (node, port) => targetSide().on(numbers.get(node), port),
    outgoingFrom: (node, port) => sources.on(numbers.get(node), port),
  };
}

const none: readonly EdgeId[] = Object.freeze([]);

/** The wires of one node, in order. */
interface Wires {
  readonly ids: readonly EdgeId[];
  /** Absent where there is one wire: a map for each of them would be half of the index. */
  readonly ports?: ReadonlyMap<PortId, readonly EdgeId[]>;
}

/** The wires on one side of all nodes. They are put in order, and told apart by port, when somebody asks. */
class Side {
  readonly #wiring: Wiring;
  readonly #groups: Groups;
  readonly #portOf: (edge: FlowEdge) => PortId;
  readonly #known: (Wires | undefined)[] = [];

  constructor(wiring: Wiring, groups: Groups, portOf: (edge: FlowEdge) => PortId) {
    this.#wiring = wiring;
    this.#groups = groups;
    this.#portOf = portOf;
  }

  all(node: number | undefined): readonly EdgeId[] {
    return node === undefined ? none : this.#wires(node).ids;
  }

  on(node: number | undefined, port: PortId): readonly EdgeId[] {
    if (node === undefined) return none;
    const { ids, ports } = this.#wires(node);
    if (ports || ids.length === 0) return ports?.get(port) ?? none;
    const only = this.#wiring.edges[at(this.#groups.members, at(this.#groups.first, node))];
    return only && this.#portOf(only) === port ? ids : none;
  }

  #wires(node: number): Wires {
    let wires = this.#known[node];
    if (!wires) {
      wires = this.#arrange(node);
      this.#known[node] = wires;
    }
    return wires;
  }

  #arrange(node: number): Wires {
    const { edgeIds, edges } = this.#wiring;
    const { first, members } = this.#groups;
    const own = members.subarray(at(first, node), at(first, node + 1));
    if (own.length < 2) return { ids: Array.from(own, (edge) => edgeIds[edge] as EdgeId) };
    const ports = new Map<PortId, number[]>();
    for (const edge of own) {
      const port = this.#portOf(edges[edge] as FlowEdge);
      const list = ports.get(port);
      if (list) list.push(edge);
      else ports.set(port, [edge]);
    }
    const sorted = new Map<PortId, readonly EdgeId[]>();
    for (const [port, list] of ports) {
      const ids = list.map((edge) => edgeIds[edge] as EdgeId);
      sorted.set(port, ids.length < 2 ? ids : inOrder(ids, list, edges));
    }
    return { ids: [...sorted.values()].flat(), ports: sorted };
  }
}

function inOrder(ids: EdgeId[], numbers: readonly number[], edges: readonly FlowEdge[]): EdgeId[] {
  const table = Object.fromEntries(ids.map((id, place) => [id, edges[numbers[place] as number] as FlowEdge]));
  return ids.sort((a, b) => compareEdges(table, a, b));
}

/** The order of wires on one port: by rank, then by id. A wire without a rank has rank 0. */
export function compareEdges(edges: FlowDocument['edges'], a: EdgeId, b: EdgeId): number {
  const rank = (edges[a]?.order ?? 0) - (edges[b]?.order ?? 0);
  if (rank !== 0) return rank;
  return a < b ? -1 : a > b ? 1 : 0;
}
