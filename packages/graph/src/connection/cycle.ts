import type { FlowEdge } from '../document.js';
import { graphIndex } from '../graph-index.js';
import type { EdgeId, NodeId } from '../id.js';
import type { FlowGraph } from '../node-ports.js';
import { nameOf, type Refusal, refuse } from './refusal.js';

/** Why a wire would make a node need itself: its source already needs its target. */
export function cycleProblem(document: FlowGraph, edge: FlowEdge, ignored: ReadonlySet<EdgeId>): Refusal | undefined {
  const index = graphIndex(document);
  const seen = new Set<NodeId>([edge.source]);
  const todo: NodeId[] = [edge.source];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (id === edge.target) {
      const reason = `${nameOf(document, edge.source)} needs ${nameOf(document, edge.target)}, so this wire would close a cycle. To repeat, use a zone.`;
      return refuse('edge/cycle', reason);
    }
    for (const incoming of index.incoming(id)) {
      const source = document.edges[incoming]?.source;
      if (source === undefined || seen.has(source) || ignored.has(incoming)) continue;
      seen.add(source);
      todo.push(source);
    }
  }
  return undefined;
}
