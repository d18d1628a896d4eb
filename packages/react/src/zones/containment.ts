import type { FlowDocument, FlowNode, NodeId } from '@loom/graph';

type Nodes = FlowDocument['nodes'];

/** Whether other nodes can lie in this one: it is a zone or a group. */
export function isContainer(node: FlowNode | undefined): boolean {
  return node?.settings?.zone !== undefined;
}

const none: readonly NodeId[] = [];
const tables = new WeakMap<Nodes, ReadonlyMap<NodeId, readonly NodeId[]>>();

/** What lies directly in each node. Made once for each table of nodes. */
function childrenByParent(nodes: Nodes): ReadonlyMap<NodeId, readonly NodeId[]> {
  const known = tables.get(nodes);
  if (known !== undefined) return known;
  const table = new Map<NodeId, NodeId[]>();
  for (const id of Object.keys(nodes)) {
    const parent = nodes[id]?.parent;
    if (parent === undefined) continue;
    const siblings = table.get(parent);
    if (siblings === undefined) table.set(parent, [id]);
    else siblings.push(id);
  }
  tables.set(nodes, table);
  return table;
}

/** What lies directly in a node. */
export function childrenOf(nodes: Nodes, id: NodeId): readonly NodeId[] {
  return childrenByParent(nodes).get(id) ?? none;
}

/** These nodes and everything in them, at any depth. */
export function withContents(nodes: Nodes, ids: Iterable<NodeId>): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  const todo = [...ids];
  for (const id of todo) {
    if (found.has(id) || !Object.hasOwn(nodes, id)) continue;
    found.add(id);
    todo.push(...childrenOf(nodes, id));
  }
  return found;
}

/** The containers around a node, the innermost first. A chain that meets itself, as a torn file may have, ends there. */
export function containersOf(nodes: Nodes, id: NodeId): readonly NodeId[] {
  const first = nodes[id]?.parent;
  if (first === undefined) return none;
  const chain: NodeId[] = [];
  for (let above: NodeId | undefined = first; above !== undefined; above = nodes[above]?.parent) {
    if (above === id || chain.includes(above) || !Object.hasOwn(nodes, above)) break;
    chain.push(above);
  }
  return chain;
}

/** Whether a node lies in a container that is folded. */
export function isHidden(nodes: Nodes, id: NodeId): boolean {
  return containersOf(nodes, id).some((container) => nodes[container]?.view?.collapsed === true);
}

/** The container that all of these lie directly in; undefined when they do not share one. */
export function sharedParent(nodes: Nodes, ids: Iterable<NodeId>): NodeId | undefined {
  let shared: NodeId | undefined;
  let first = true;
  for (const id of ids) {
    const parent = nodes[id]?.parent;
    if (first) shared = parent;
    else if (parent !== shared) return undefined;
    first = false;
  }
  return shared;
}

/** Those of these nodes that lie in none of the others. */
export function outermost(nodes: Nodes, ids: ReadonlySet<NodeId>): NodeId[] {
  return [...ids].filter((id) => !containersOf(nodes, id).some((container) => ids.has(container)));
}
