import type { FlowGraph, NodeId, PortId, SubgraphFlowType, TypeId } from '@loom/graph';

export function definitionOf(graph: FlowGraph, id: TypeId): SubgraphFlowType | undefined {
  const type = Object.hasOwn(graph.types, id) ? graph.types[id] : undefined;
  return type?.kind === 'subgraph' ? type : undefined;
}

/** The inside of a subgraph as a graph; it uses the types of the flow. */
export function insideGraph(graph: FlowGraph, definition: SubgraphFlowType): FlowGraph {
  return { nodes: definition.nodes, edges: definition.edges, types: graph.types };
}

export function containsItself(graph: FlowGraph, id: TypeId): boolean {
  const found = new Set<TypeId>();
  const visit = (type: TypeId): void => {
    for (const { type: inner } of Object.values(definitionOf(graph, type)?.nodes ?? {})) {
      if (found.has(inner)) continue;
      found.add(inner);
      visit(inner);
    }
  };
  visit(id);
  return found.has(id);
}

/** Whether the node behind a promoted input has a value of its own, so that the instance need not bring one. */
export function hasOwnValue(graph: FlowGraph, id: TypeId, port: PortId): boolean {
  const definition = definitionOf(graph, id);
  const promoted = definition?.inputs?.[port];
  const inner = promoted && definition.nodes[promoted.node];
  if (!promoted || !inner) return false;
  if (inner.inputs && Object.hasOwn(inner.inputs, promoted.port)) return true;
  const isEnd = (node: NodeId, at: PortId): boolean => node === promoted.node && at === promoted.port;
  if (Object.values(definition.edges).some(({ target, targetPort }) => isEnd(target, targetPort))) return true;
  return hasOwnValue(graph, inner.type, promoted.port);
}
