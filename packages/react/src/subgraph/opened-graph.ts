import type { FlowDocument, Library, NodeId, SubgraphFlowType, TypeId } from '@loom/graph';

/** One step into a subgraph: the instance that was opened. Its type is what one then sees and edits. */
export interface OpenedSubgraph {
  readonly node: NodeId;
  readonly type: TypeId;
}

const views = new WeakMap<FlowDocument, Map<TypeId, FlowDocument>>();

/** A subgraph as a document of its own: its nodes and wires with all else of the flow. The same object each time. */
function graphOf(document: FlowDocument, id: TypeId, type: SubgraphFlowType): FlowDocument {
  let known = views.get(document);
  if (known === undefined) {
    known = new Map();
    views.set(document, known);
  }
  let view = known.get(id);
  if (view === undefined) {
    const { nodes, edges, inputs = {}, outputs = {} } = type;
    view = { ...document, nodes, edges, inputs, outputs, frames: {} };
    known.set(id, view);
  }
  return view;
}

function subgraphOf(document: FlowDocument, id: TypeId): SubgraphFlowType | undefined {
  const type = Object.hasOwn(document.types, id) ? document.types[id] : undefined;
  return type?.kind === 'subgraph' ? type : undefined;
}

/** The graph that one sees: the flow, or the subgraph at the end of the way. */
export function openedGraph(document: FlowDocument, path: readonly OpenedSubgraph[]): FlowDocument {
  const last = path.at(-1);
  const type = last && subgraphOf(document, last.type);
  return last === undefined || type === undefined ? document : graphOf(document, last.type, type);
}

/** The part of the way that still leads somewhere, as after an undo; the same list when all of it does. */
export function knownPath(document: FlowDocument, path: readonly OpenedSubgraph[]): readonly OpenedSubgraph[] {
  let graph = document;
  for (const [index, { node, type }] of path.entries()) {
    const subgraph = subgraphOf(document, type);
    if (subgraph === undefined || graph.nodes[node]?.type !== type) return path.slice(0, index);
    graph = graphOf(document, type, subgraph);
  }
  return path;
}

/** Whether a node is an instance of a subgraph of this flow, which can be opened. */
export function isSubgraph(document: FlowDocument, node: NodeId): boolean {
  const type = document.nodes[node]?.type;
  return type !== undefined && subgraphOf(document, type) !== undefined;
}

/** Whether a subgraph would contain itself, directly or through others. */
export function containsItself(document: Pick<FlowDocument, 'types'>, id: TypeId): boolean {
  const seen = new Set<TypeId>();
  const todo = innerTypes(document, id);
  for (let type = todo.pop(); type !== undefined; type = todo.pop()) {
    if (type === id) return true;
    if (seen.has(type)) continue;
    seen.add(type);
    todo.push(...innerTypes(document, type));
  }
  return false;
}

function innerTypes({ types }: Pick<FlowDocument, 'types'>, id: TypeId): TypeId[] {
  const type = Object.hasOwn(types, id) ? types[id] : undefined;
  return type?.kind === 'subgraph' ? Object.values(type.nodes).map((node) => node.type) : [];
}

/** The name of a type of the flow for people. */
export function typeTitle(document: FlowDocument, library: Library, id: TypeId): string {
  return library.resolve(document, id)?.title ?? id;
}
