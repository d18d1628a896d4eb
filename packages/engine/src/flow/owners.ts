import type { FlowNode, NodeId } from '@loom/graph';

/** The zone whose body a node is in; empty at the root. */
export type Owner = NodeId | '';

/** Which body each node of a graph is in. */
export interface Owners {
  /** Whether all nodes are at the root, and none is a group. */
  readonly isFlat: boolean;
  /** Zones that repeat their body, in the order of the document. */
  readonly zones: readonly NodeId[];
  /** Groups are drawn and nothing else. */
  readonly groups: ReadonlySet<NodeId>;
  of(node: NodeId): Owner;
  /** Whether a node is the zone itself or anywhere in it. */
  isWithin(node: NodeId, zone: NodeId): boolean;
  /** The zones to enter on the way from a body to one within it; undefined when it is not within. */
  wayInto(inner: Owner, outer: Owner): readonly NodeId[] | undefined;
  /** Zones, each after all that are in it. */
  fromWithin(): readonly NodeId[];
}

const none: readonly NodeId[] = [];

/** A graph without zones, which is most of them. */
const flat: Owners = {
  isFlat: true,
  zones: none,
  groups: new Set(),
  of: () => '',
  isWithin: () => false,
  wayInto: () => none,
  fromWithin: () => none,
};

/** The nodes of a graph in the order of the document, side by side with their ids. */
export interface NodeList {
  readonly ids: NodeId[];
  readonly nodes: FlowNode[];
}

/** Reads nodes once: looking each of them up costs more than all that is done with them. */
export function listNodes(graph: Readonly<Record<NodeId, FlowNode>>): NodeList {
  const ids = Object.keys(graph);
  return { ids, nodes: ids.map((id) => graph[id] as FlowNode) }; // its keys
}

/** Reads which zone each node is in. Parents that are no zones do not count; a circle of parents ends where it closes. */
export function readOwners(list: NodeList, nodes: Readonly<Record<NodeId, FlowNode>>): Owners {
  const zones: NodeId[] = [];
  const groups = new Set<NodeId>();
  for (let i = 0; i < list.nodes.length; i++) {
    const zone = list.nodes[i]?.settings?.zone;
    if (!zone) continue;
    const id = list.ids[i] as NodeId; // every node has an id
    if (zone.kind === 'group') groups.add(id);
    else zones.push(id);
  }
  if (zones.length === 0 && groups.size === 0) return flat;

  const repeating = new Set(zones);
  const owners = new Map<NodeId, Owner>();
  for (const id of list.ids) {
    const seen = new Set([id]);
    let parent = nodes[id]?.parent;
    while (parent !== undefined && !repeating.has(parent) && !seen.has(parent)) {
      seen.add(parent);
      parent = nodes[parent]?.parent;
    }
    owners.set(id, parent !== undefined && repeating.has(parent) && parent !== id ? parent : '');
  }
  const of = (node: NodeId): Owner => owners.get(node) ?? '';
  const wayInto = (inner: Owner, outer: Owner): readonly NodeId[] | undefined => {
    const way: NodeId[] = [];
    let body = inner;
    while (body !== outer) {
      if (body === '' || way.length > zones.length) return undefined;
      way.push(body);
      body = of(body);
    }
    return way.reverse();
  };
  const depth = (zone: NodeId): number => wayInto(zone, '')?.length ?? 0;
  return {
    isFlat: false,
    zones,
    groups,
    of,
    isWithin: (node, zone) => node === zone || wayInto(of(node), zone) !== undefined,
    wayInto,
    fromWithin: () => [...zones].sort((a, b) => depth(b) - depth(a)),
  };
}
