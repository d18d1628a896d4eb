import type { FrameStep } from '@loom/engine';
import { type FlowDocument, type FlowNode, type Library, type NodeId, nodeTypeOf } from '@loom/graph';

/** What a node is called; `frame` is the iteration that it is in, where it is in one. */
export type NodeTitle = (node: NodeId, frame?: readonly FrameStep[]) => string;

/**
 * Names of nodes for people: their label, else the title of their type, with the id where several have the same. Nodes within
 * subgraphs are named too.
 */
export function nodeTitles(document: FlowDocument, library: Library): NodeTitle {
  const ownTitle = (id: NodeId, node: FlowNode): string =>
    node.label ?? nodeTypeOf(document, library, node)?.title ?? id;
  const known = new Map<FlowDocument['nodes'], ReadonlySet<string>>();
  const repeatedIn = (nodes: FlowDocument['nodes']): ReadonlySet<string> => {
    let repeated = known.get(nodes);
    if (!repeated) {
      const titles = Object.entries(nodes).map(([id, node]) => ownTitle(id, node));
      const seen = new Set<string>();
      repeated = new Set(titles.filter((title) => seen.size === seen.add(title).size));
      known.set(nodes, repeated);
    }
    return repeated;
  };
  const titleIn = (nodes: FlowDocument['nodes'], id: NodeId): string => {
    const title = nodes[id] ? ownTitle(id, nodes[id]) : id;
    return title !== id && repeatedIn(nodes).has(title) ? `${title} (${id})` : title;
  };
  return (id, frame = []) => {
    let { nodes } = document;
    const path: string[] = [];
    for (const { node, index } of frame) {
      const body = subgraphNodes(document, nodes[node]);
      path.push(body ? titleIn(nodes, node) : `${titleIn(nodes, node)} ${index}`);
      nodes = body ?? nodes;
    }
    return [...path, titleIn(nodes, id)].join(' › ');
  };
}

/** The nodes of the subgraph that a node is an instance of. */
function subgraphNodes(document: FlowDocument, node: FlowNode | undefined): FlowDocument['nodes'] | undefined {
  const type = node && Object.hasOwn(document.types, node.type) ? document.types[node.type] : undefined;
  return type?.kind === 'subgraph' ? type.nodes : undefined;
}
