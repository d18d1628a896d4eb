import type { FlowDocument, FlowEdge, FlowFrame, FlowNode, FlowType } from '../document.js';
import { graphIndex } from '../graph-index.js';
import type { EdgeId, NodeId, TypeId } from '../id.js';

/** A part of a flow on its own: what the clipboard holds. Plain JSON. */
export interface Fragment {
  readonly loom: 'fragment';
  readonly version: 1;
  readonly nodes: Readonly<Record<NodeId, FlowNode>>;
  /** Wires between these nodes. */
  readonly edges: Readonly<Record<EdgeId, FlowEdge>>;
  /** Wires that came from nodes which are not in the fragment. */
  readonly incoming: Readonly<Record<EdgeId, FlowEdge>>;
  /** The flow's own types that these nodes use, directly or through subgraphs. */
  readonly types: Readonly<Record<TypeId, FlowType>>;
  /** Frames and notes; absent when there are none. */
  readonly frames?: Readonly<Record<string, FlowFrame>>;
}

/**
 * Takes a part of a flow along: nodes with what lies in them, their values, the wires between them, the types that they
 * need, and frames.
 *
 * @example
 * ```ts
 * await navigator.clipboard.writeText(JSON.stringify(copyFragment(document, selected)));
 * ```
 */
export function copyFragment(document: FlowDocument, nodes: Iterable<NodeId>, frames: Iterable<string> = []): Fragment {
  const ids = withContents(document, nodes);
  const index = graphIndex(document);
  const edges: Record<EdgeId, FlowEdge> = {};
  const incoming: Record<EdgeId, FlowEdge> = {};
  const copied: Record<NodeId, FlowNode> = {};
  for (const id of ids) {
    const node = document.nodes[id];
    if (!node) continue;
    copied[id] = outOfMissingParent(node, ids);
    for (const edgeId of index.incoming(id)) {
      const edge = document.edges[edgeId];
      if (edge) (ids.has(edge.source) ? edges : incoming)[edgeId] = edge;
    }
  }
  const framed = [...frames].flatMap((id) => {
    const frame = document.frames[id];
    return frame === undefined ? [] : [[id, frame] as const];
  });
  return {
    loom: 'fragment',
    version: 1,
    nodes: copied,
    edges,
    incoming,
    types: usedTypes(document, copied),
    ...(framed.length > 0 && { frames: Object.fromEntries(framed) }),
  };
}

/** In the order of the document, so that what was drawn on top stays on top. */
function withContents(document: FlowDocument, nodes: Iterable<NodeId>): Set<NodeId> {
  const chosen = new Set(nodes);
  const inside = new Map<NodeId, boolean>();
  const isInside = (id: NodeId): boolean => {
    const chain: NodeId[] = [];
    let current: NodeId | undefined = id;
    // A chain of parents that meets itself is possible only in a document that was not loaded; it ends all the same.
    while (current !== undefined && !chosen.has(current) && !inside.has(current) && !chain.includes(current)) {
      chain.push(current);
      current = document.nodes[current]?.parent;
    }
    const answer = current !== undefined && (chosen.has(current) || inside.get(current) === true);
    for (const link of chain) inside.set(link, answer);
    return answer;
  };
  return new Set(Object.keys(document.nodes).filter(isInside));
}

function outOfMissingParent(node: FlowNode, ids: ReadonlySet<NodeId>): FlowNode {
  if (node.parent === undefined || ids.has(node.parent)) return node;
  const { parent: _parent, ...rest } = node;
  return rest;
}

function usedTypes(document: FlowDocument, nodes: Readonly<Record<NodeId, FlowNode>>): Record<TypeId, FlowType> {
  const types: Record<TypeId, FlowType> = {};
  const todo = Object.values(nodes).map((node) => node.type);
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    const type = Object.hasOwn(document.types, id) ? document.types[id] : undefined;
    if (!type || Object.hasOwn(types, id)) continue;
    types[id] = type;
    if (type.kind === 'subgraph') for (const node of Object.values(type.nodes)) todo.push(node.type);
  }
  return types;
}
