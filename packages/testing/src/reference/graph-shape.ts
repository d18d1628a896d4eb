import { type FlowEdge, type FlowGraph, type Library, type NodeId, nodePorts, type PortId } from '@loom/graph';

/** A graph with its node types: a document, or the definition of a subgraph. */
export interface Shape {
  readonly graph: FlowGraph;
  readonly library: Library;
}

/** Whether a node is drawn only, around others. */
export function isGroup({ graph }: Shape, node: NodeId): boolean {
  return graph.nodes[node]?.settings?.zone?.kind === 'group';
}

export function isZone({ graph }: Shape, node: NodeId): boolean {
  const zone = graph.nodes[node]?.settings?.zone;
  return zone !== undefined && zone.kind !== 'group';
}

/** Whether a node fires when something happens outside. */
export function isEventNode(shape: Shape, id: NodeId): boolean {
  const node = shape.graph.nodes[id];
  return node !== undefined && shape.library.resolve(shape.graph, node.type)?.implementation.kind === 'event';
}

/** The zones around a node, innermost first. */
export function zonesAround(shape: Shape, node: NodeId): NodeId[] {
  const zones: NodeId[] = [];
  for (let up = shape.graph.nodes[node]?.parent; up !== undefined; up = shape.graph.nodes[up]?.parent)
    if (isZone(shape, up)) zones.push(up);
  return zones;
}

/** The nodes whose innermost zone this is; of the root when it is undefined. */
export function bodyOf(shape: Shape, zone: NodeId | undefined): NodeId[] {
  return Object.keys(shape.graph.nodes).filter((node) => !isGroup(shape, node) && zonesAround(shape, node)[0] === zone);
}

/** The nodes in a zone and in the zones in it. */
export function insideOf(shape: Shape, zone: NodeId): NodeId[] {
  return Object.keys(shape.graph.nodes).filter(
    (node) => !isGroup(shape, node) && zonesAround(shape, node).includes(zone),
  );
}

/** The node of this body that a node is, or is in; undefined for one elsewhere. */
export function seenFromBody(shape: Shape, zone: NodeId | undefined, node: NodeId): NodeId | undefined {
  const upwards = [node, ...zonesAround(shape, node)];
  const end = zone === undefined ? upwards.length : upwards.indexOf(zone);
  return end < 1 ? undefined : upwards[end - 1];
}

/** Whether anything hangs on a node. */
export function hasReaders({ graph }: Shape, node: NodeId): boolean {
  return Object.values(graph.edges).some(({ source }) => source === node);
}

/** The wires, in the order in which an input takes them. */
export function wiresOf({ graph }: Shape): FlowEdge[] {
  return Object.entries(graph.edges)
    .sort(([a, x], [b, y]) => (x.order ?? 0) - (y.order ?? 0) || (a < b ? -1 : 1))
    .map(([, edge]) => edge);
}

function isInner(shape: Shape, node: NodeId, port: PortId, side: 'inputs' | 'outputs'): boolean {
  return nodePorts(shape.graph, shape.library, node)[side].some(({ id, inner }) => id === port && inner === true);
}

export function isInnerInput(shape: Shape, node: NodeId, port: PortId): boolean {
  return isInner(shape, node, port, 'inputs');
}

/** Whether a wire leaves a zone by another way than the zone's inner inputs. */
export function isEscaping(shape: Shape, wire: FlowEdge): boolean {
  const around = zonesAround(shape, wire.target);
  if (isInner(shape, wire.source, wire.sourcePort, 'outputs')) return !around.includes(wire.source);
  const [home] = zonesAround(shape, wire.source);
  if (home === undefined || around.includes(home)) return false;
  return !(wire.target === home && isInnerInput(shape, home, wire.targetPort));
}

/**
 * The wires that a node waits for: those into its own inputs and, for a zone, those from outside into what is in it.
 * Inner inputs belong to the end of an iteration.
 */
export function awaitedWires(shape: Shape, node: NodeId): FlowEdge[] {
  const inside = new Set(isZone(shape, node) ? insideOf(shape, node) : []);
  return wiresOf(shape).filter((wire) => {
    if (isEscaping(shape, wire)) return false;
    if (wire.target === node) return !isInnerInput(shape, node, wire.targetPort);
    return inside.has(wire.target) && !inside.has(wire.source) && wire.source !== node;
  });
}

/** The nodes of a body that a node of it needs, directly or not; it is among them when it is on a cycle. */
export function needsOf(
  shape: Shape,
  zone: NodeId | undefined,
  node: NodeId,
  neededBy: (node: NodeId) => readonly FlowEdge[] = (each) => awaitedWires(shape, each),
): Set<NodeId> {
  const found = new Set<NodeId>();
  const visit = (each: NodeId): void => {
    for (const { source } of neededBy(each)) {
      const near = seenFromBody(shape, zone, source);
      if (near === undefined || found.has(near)) continue;
      found.add(near);
      visit(near);
    }
  };
  visit(node);
  return found;
}
