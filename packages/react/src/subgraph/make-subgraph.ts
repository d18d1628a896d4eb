import {
  type EdgeId,
  type FlowDocument,
  type FlowEdge,
  type FlowNode,
  graphIndex,
  type NodeId,
  type Operation,
  type PortId,
  type PromotedPort,
  type SubgraphFlowType,
} from '@loom/graph';
import type { LoomStore } from '../store/loom-store.js';
import { outermost, sharedParent, withContents } from '../zones/containment.js';

/** The operations that turn nodes into an instance of a new subgraph. */
export interface MadeSubgraph {
  readonly operations: readonly Operation[];
  readonly instance: NodeId;
}

/**
 * Makes a subgraph of nodes: what came into them by wire becomes its inputs, what left them its outputs, and one instance
 * takes their place. Undefined when they do not lie in one body.
 */
export function makeSubgraph(
  document: FlowDocument,
  selected: ReadonlySet<NodeId>,
  title: string,
  createId: LoomStore['createId'],
): MadeSubgraph | undefined {
  const roots = outermost(document.nodes, selected);
  const parent = sharedParent(document.nodes, roots);
  if (roots.length === 0 || roots.some((id) => document.nodes[id]?.parent !== parent)) return undefined;
  const inside = withContents(document.nodes, roots);
  const [type, instance] = [createId('type'), createId('node')];
  const ports = { inputs: new Ports(), outputs: new Ports() };
  const inOrder = Object.entries(document.edges).sort(([, a], [, b]) => (a.order ?? 0) - (b.order ?? 0));
  const edges: Record<EdgeId, FlowEdge> = {};
  const outer: FlowEdge[] = [];
  for (const [id, edge] of inOrder) {
    const [from, to] = [inside.has(edge.source), inside.has(edge.target)];
    if (from && to) edges[id] = edge;
    else if (to) {
      // An input that takes several wires takes each of them by a port of its own.
      const port = ports.inputs.add(edge.target, edge.targetPort);
      outer.push({ ...edge, target: instance, targetPort: port });
    } else if (from) {
      const port = ports.outputs.of(edge.source, edge.sourcePort);
      outer.push({ ...edge, source: instance, sourcePort: port });
    }
  }
  const definition: SubgraphFlowType = {
    kind: 'subgraph',
    title,
    nodes: Object.fromEntries([...inside].flatMap((id) => freed(document, id, inside))),
    edges,
    inputs: ports.inputs.promoted,
    outputs: ports.outputs.promoted,
  };
  const node: FlowNode = {
    type,
    position: middleOf(roots.flatMap((id) => document.nodes[id]?.position ?? [])),
    ...(parent !== undefined && { parent }),
  };
  return {
    instance,
    operations: [
      { kind: 'set-type', id: type, type: definition },
      { kind: 'remove-nodes', ids: [...inside] },
      { kind: 'add-node', id: instance, node },
      ...outer.map((edge): Operation => ({ kind: 'connect', id: createId('edge'), edge, force: true })),
    ],
  };
}

/** A node of the subgraph: no longer in what is not part of it. */
function freed(document: FlowDocument, id: NodeId, inside: ReadonlySet<NodeId>): [NodeId, FlowNode][] {
  const node = document.nodes[id];
  if (node === undefined) return [];
  const { parent, ...rest } = node;
  return [[id, parent !== undefined && inside.has(parent) ? node : rest]];
}

/** Gives inner ports names on the outside. */
class Ports {
  readonly promoted: Record<PortId, PromotedPort> = {};
  readonly #names = new Map<string, PortId>();

  /** The name that it has, or else a new one. */
  of(node: NodeId, port: PortId): PortId {
    const key = JSON.stringify([node, port]);
    const name = this.#names.get(key) ?? this.add(node, port);
    this.#names.set(key, name);
    return name;
  }

  add(node: NodeId, port: PortId): PortId {
    const base = port.replaceAll('.', '_');
    let name = base;
    for (let count = 2; Object.hasOwn(this.promoted, name); count += 1) name = `${base}_${count}`;
    this.promoted[name] = { node, port };
    return name;
  }
}

function middleOf(positions: readonly { readonly x: number; readonly y: number }[]): { x: number; y: number } {
  const xs = positions.map(({ x }) => x);
  const ys = positions.map(({ y }) => y);
  return {
    x: Math.round((Math.min(...xs) + Math.max(...xs)) / 2),
    y: Math.round((Math.min(...ys) + Math.max(...ys)) / 2),
  };
}

/** The operations that put what is in an instance in its place, with its wires and values; and the nodes that come out. */
export function unpackSubgraph(
  document: FlowDocument,
  instance: NodeId,
  createId: LoomStore['createId'],
): { readonly operations: readonly Operation[]; readonly nodes: readonly NodeId[] } | undefined {
  const node = document.nodes[instance];
  const type = node && document.types[node.type];
  if (node === undefined || type?.kind !== 'subgraph') return undefined;
  const ids = new Map(Object.keys(type.nodes).map((id) => [id, createId('node')]));
  const fresh = (id: NodeId) => ids.get(id) ?? id;
  const corner = Object.values(type.nodes).reduce(
    (least, { position: { x, y } }) => ({ x: Math.min(least.x, x), y: Math.min(least.y, y) }),
    { x: Number.POSITIVE_INFINITY, y: Number.POSITIVE_INFINITY },
  );
  const operations: Operation[] = [{ kind: 'remove-nodes', ids: [instance] }];
  for (const id of parentsFirst(type.nodes)) {
    const inner = type.nodes[id];
    if (inner === undefined) continue;
    const { parent, ...rest } = inner;
    const outside = parent === undefined ? node.parent : fresh(parent);
    operations.push({
      kind: 'add-node',
      id: fresh(id),
      node: {
        ...rest,
        position: {
          x: node.position.x + inner.position.x - corner.x,
          y: node.position.y + inner.position.y - corner.y,
        },
        ...(outside !== undefined && { parent: outside }),
      },
    });
  }
  const connect = (edge: FlowEdge) => operations.push({ kind: 'connect', id: createId('edge'), edge, force: true });
  for (const edge of Object.values(type.edges)) {
    connect({ ...edge, source: fresh(edge.source), target: fresh(edge.target) });
  }
  for (const [port, value] of Object.entries(node.inputs ?? {})) {
    const promoted = type.inputs?.[port];
    if (promoted) operations.push({ kind: 'set-input', id: fresh(promoted.node), port: promoted.port, value });
  }
  const index = graphIndex(document);
  for (const id of index.incoming(instance)) {
    const edge = document.edges[id];
    const promoted = edge && type.inputs?.[edge.targetPort];
    if (promoted) connect({ ...edge, target: fresh(promoted.node), targetPort: promoted.port });
  }
  for (const id of index.outgoing(instance)) {
    const edge = document.edges[id];
    const promoted = edge && type.outputs?.[edge.sourcePort];
    if (promoted) connect({ ...edge, source: fresh(promoted.node), sourcePort: promoted.port });
  }
  return { operations, nodes: [...ids.values()] };
}

function parentsFirst(nodes: Readonly<Record<NodeId, FlowNode>>): NodeId[] {
  const depth = (id: NodeId) => {
    let count = 0;
    for (let above = nodes[id]?.parent; above !== undefined && count < 200; above = nodes[above]?.parent) count += 1;
    return count;
  };
  return Object.keys(nodes).sort((a, b) => depth(a) - depth(b));
}
