import type { FlowDocument, FlowEdge, FlowNode, FlowType, Position } from '../document.js';
import { type CreateId, createId, type NodeId, type TypeId } from '../id.js';
import type { Operation } from '../operation/operation.js';
import { bodiesOf } from '../zone-body.js';
import { facesBody } from '../zone-type.js';
import type { Fragment } from './fragment.js';

/** Options of {@link pasteOperations}. */
export interface PasteOptions {
  /** Where the upper left corner of the fragment comes to stand. @default 32 units right of and below the original */
  readonly at?: Position;
  /** The zone or group that the nodes come to lie in. @default none */
  readonly parent?: NodeId;
  /** @default createId */
  readonly createId?: CreateId;
  /**
   * Connects copies to the nodes that fed the originals, where these are in the document and no wire would lead out of a
   * zone. @default false
   */
  readonly keepIncoming?: boolean;
}

/** What to apply, and the ids that the pasted nodes will have. */
export interface Paste {
  readonly operations: Operation[];
  readonly nodes: NodeId[];
  readonly frames: string[];
}

const offset = 32;

/**
 * The operations that add a fragment to a document, with ids of its own. Types come along; one that the document has
 * under the same id with other content gets a new id. Wires are forced: what was connected in its own flow stays so.
 *
 * @example
 * ```ts
 * const { operations, nodes } = pasteOperations(document, fragment, { at: pointer });
 * const result = applyOperations(document, operations, { library });
 * ```
 */
export function pasteOperations(document: FlowDocument, fragment: Fragment, options: PasteOptions = {}): Paste {
  const create = options.createId ?? createId;
  const types = renameTypes(document, fragment, create);
  const nodes = new Map(Object.keys(fragment.nodes).map((id) => [id, freshId(create, 'node', document.nodes)]));
  const move = displacement(fragment, options.at);
  const operations: Operation[] = [];
  for (const [id, type] of Object.entries(fragment.types)) {
    const renamed = types.get(id) ?? id;
    if (renamed === id && Object.hasOwn(document.types, id)) continue;
    operations.push({ kind: 'set-type', id: renamed, type: withRenamedTypes(type, types) });
  }
  for (const id of parentsFirst(fragment)) {
    const node = fragment.nodes[id];
    const fresh = nodes.get(id);
    if (node && fresh !== undefined)
      operations.push({ kind: 'add-node', id: fresh, node: rename(node, nodes, types, move, options.parent) });
  }
  const connect = (edge: FlowEdge, source: NodeId): void => {
    const target = nodes.get(edge.target);
    if (target === undefined) return;
    const id = freshId(create, 'edge', document.edges);
    operations.push({ kind: 'connect', id, edge: { ...edge, source, target }, force: true });
  };
  for (const edge of Object.values(fragment.edges)) connect(movedEdge(edge, move), nodes.get(edge.source) ?? '');
  for (const edge of options.keepIncoming ? Object.values(fragment.incoming) : []) {
    // Its points led it to where the original is.
    const { view: _view, ...wire } = edge;
    if (isSeenFrom(document, edge, options.parent)) connect(wire, edge.source);
  }
  const frames = Object.values(fragment.frames ?? {}).map((frame) => {
    const id = freshId(create, 'frame', document.frames);
    operations.push({ kind: 'set-frame', id, frame: { ...frame, position: moved(frame.position, move) } });
    return id;
  });
  return { operations, nodes: [...nodes.values()], frames };
}

/** A new id for each type that the document has with other content. What uses a renamed type is other content, too. */
function renameTypes(document: FlowDocument, fragment: Fragment, create: CreateId): Map<TypeId, TypeId> {
  const renamed = new Map<TypeId, TypeId>();
  for (const [id, type] of Object.entries(fragment.types)) {
    if (!Object.hasOwn(document.types, id) || sameContent(document.types[id], type)) continue;
    renamed.set(id, freshId(create, 'type', document.types));
  }
  let before = -1;
  while (renamed.size > 0 && before < renamed.size) {
    before = renamed.size;
    for (const [id, type] of Object.entries(fragment.types)) {
      if (renamed.has(id) || type.kind !== 'subgraph' || !Object.hasOwn(document.types, id)) continue;
      const uses = Object.values(type.nodes).some((node) => renamed.has(node.type));
      if (uses) renamed.set(id, freshId(create, 'type', document.types));
    }
  }
  return renamed;
}

function sameContent(a: FlowType | undefined, b: FlowType): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function withRenamedTypes(type: FlowType, types: ReadonlyMap<TypeId, TypeId>): FlowType {
  if (type.kind !== 'subgraph' || types.size === 0) return type;
  const nodes = Object.entries(type.nodes).map(([id, node]) => [
    id,
    { ...node, type: types.get(node.type) ?? node.type },
  ]);
  return { ...type, nodes: Object.fromEntries(nodes) };
}

function rename(
  node: FlowNode,
  nodes: ReadonlyMap<NodeId, NodeId>,
  types: ReadonlyMap<TypeId, TypeId>,
  move: Position,
  outside: NodeId | undefined,
): FlowNode {
  const { parent, ...rest } = node;
  const inside = parent === undefined ? outside : nodes.get(parent);
  return {
    ...rest,
    type: types.get(node.type) ?? node.type,
    position: moved(node.position, move),
    ...(inside !== undefined && { parent: inside }),
  };
}

function moved(position: Position, by: Position): Position {
  return { ...position, x: position.x + by.x, y: position.y + by.y };
}

function movedEdge(edge: FlowEdge, by: Position): FlowEdge {
  const points = edge.view?.points;
  return points === undefined ? edge : { ...edge, view: { ...edge.view, points: points.map((at) => moved(at, by)) } };
}

/** Whether the source of a wire is in the document, and in no zone that the parent of the copies is not in. */
function isSeenFrom({ nodes }: FlowDocument, { source, sourcePort }: FlowEdge, parent: NodeId | undefined): boolean {
  if (!Object.hasOwn(nodes, source)) return false;
  const bodies = bodiesOf(nodes);
  const own = bodies?.zone(source);
  const isInner = own !== undefined && facesBody(own, 'outputs', sourcePort) !== false;
  const zone = isInner ? source : bodies?.of(source).zone;
  if (!bodies || zone === undefined || zone === parent) return true;
  return parent !== undefined && bodies.contains(zone, parent);
}

function displacement(fragment: Fragment, at: Position | undefined): Position {
  if (!at) return { x: offset, y: offset };
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  for (const { position } of [...Object.values(fragment.nodes), ...Object.values(fragment.frames ?? {})]) {
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
  }
  return { x: at.x - left, y: at.y - top };
}

/** A node is added after the one it lies in. */
function parentsFirst(fragment: Fragment): Set<NodeId> {
  const order = new Set<NodeId>();
  for (const id of Object.keys(fragment.nodes)) {
    const chain: NodeId[] = [];
    let current: NodeId | undefined = id;
    while (current !== undefined && !order.has(current) && Object.hasOwn(fragment.nodes, current)) {
      chain.push(current);
      current = fragment.nodes[current]?.parent;
    }
    for (const link of chain.reverse()) order.add(link);
  }
  return order;
}

/** Ids from outside may be repeatable, as in tests, and then meet ones that are taken. */
function freshId(create: CreateId, prefix: string, taken: Readonly<Record<string, unknown>>): string {
  let id = create(prefix);
  while (Object.hasOwn(taken, id)) id = create(prefix);
  return id;
}
