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

/**
 * Whether no cycle can be reached from these nodes. One pass over what they feed, for when many wires are added at
 * once: a new cycle goes through a new wire.
 */
export function isAcyclicFrom(document: Pick<FlowGraph, 'edges'>, nodes: Iterable<NodeId>): boolean {
  const index = graphIndex(document);
  /** `false` while a node's way is followed, `true` when nothing on from it leads back. */
  const done = new Map<NodeId, boolean>();
  for (const start of nodes) {
    if (done.has(start)) continue;
    const stack = [{ node: start, next: 0 }];
    done.set(start, false);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const edge = index.outgoing(top.node)[top.next++];
      if (edge === undefined) {
        done.set(top.node, true);
        stack.pop();
        continue;
      }
      const target = document.edges[edge]?.target;
      if (target === undefined || done.get(target) === true) continue;
      if (done.has(target)) return false;
      done.set(target, false);
      stack.push({ node: target, next: 0 });
    }
  }
  return true;
}
