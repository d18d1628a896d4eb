import type { FlowEdge } from '../document.js';
import { graphIndex } from '../graph-index.js';
import type { EdgeId, NodeId } from '../id.js';
import type { FlowGraph } from '../node-ports.js';
import { bodiesOf } from '../zone-body.js';
import { courseOf, type Need } from '../zone-wire.js';
import { nameOf, type Refusal, refuse } from './refusal.js';

type Graph = Pick<FlowGraph, 'nodes' | 'edges'>;

/**
 * Why a wire would make a node need itself: its source already needs its target. A wire that begins or ends an iteration
 * makes nothing wait; one into a body makes the whole zone wait.
 */
export function cycleProblem(document: Graph, edge: FlowEdge, ignored: ReadonlySet<EdgeId>): Refusal | undefined {
  const bodies = bodiesOf(document.nodes);
  const need = bodies ? courseOf(bodies, edge).need : edge;
  if (!need) return undefined;
  const { source, target } = need;
  if (source === target && edge.source !== edge.target) {
    const reason = `${nameOf(document, source)} ends after everything in it, so nothing in it can wait for it. Use an inner output, or a value that it carries.`;
    return refuse('edge/cycle', reason);
  }
  const { outgoing, targetOf } = dependents(document);
  const seen = new Set<NodeId>([target]);
  const todo: NodeId[] = [target];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (id === source) {
      const reason = `${nameOf(document, source)} needs ${nameOf(document, target)}, so this wire would close a cycle. To repeat, use a zone.`;
      return refuse('edge/cycle', reason);
    }
    for (const wire of outgoing(id)) {
      const next = targetOf(wire);
      if (next === undefined || seen.has(next) || ignored.has(wire)) continue;
      seen.add(next);
      todo.push(next);
    }
  }
  return undefined;
}

/**
 * Whether none of these edges lies on a cycle. One pass over all that they feed, for when many wires are added at once: a
 * new cycle goes through a new wire.
 */
export function isAcyclicFrom(document: Graph, edges: readonly FlowEdge[]): boolean {
  const bodies = bodiesOf(document.nodes);
  const { outgoing, targetOf } = dependents(document);
  /** `false` while a node's way is followed, `true` when nothing on from it leads back. */
  const done = new Map<NodeId, boolean>();
  for (const edge of edges) {
    const start = (bodies ? courseOf(bodies, edge).need : edge)?.target;
    if (start === undefined || done.has(start)) continue;
    const stack = [{ node: start, next: 0 }];
    done.set(start, false);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const wire = outgoing(top.node)[top.next++];
      if (wire === undefined) {
        done.set(top.node, true);
        stack.pop();
        continue;
      }
      const target = targetOf(wire);
      if (target === undefined || done.get(target) === true) continue;
      if (done.has(target)) return false;
      done.set(target, false);
      stack.push({ node: target, next: 0 });
    }
  }
  return true;
}

/** What waits for what, edge by edge. */
interface Dependents {
  /** The edges that make others wait for this node. */
  outgoing(node: NodeId): readonly EdgeId[];
  /** The node that an edge makes wait. */
  targetOf(edge: EdgeId): NodeId | undefined;
}

const cache = new WeakMap<Graph['edges'], { readonly nodes: Graph['nodes']; readonly dependents: Dependents }>();

/** Without zones these are the edges as they are. With zones they are followed once for each document. */
function dependents({ nodes, edges }: Graph): Dependents {
  const bodies = bodiesOf(nodes);
  if (!bodies) {
    const index = graphIndex({ edges });
    return { outgoing: (id) => index.outgoing(id), targetOf: (id) => edges[id]?.target };
  }
  const kept = cache.get(edges);
  if (kept?.nodes === nodes) return kept.dependents;
  const lists = new Map<NodeId, EdgeId[]>();
  const needs = new Map<EdgeId, Need>();
  for (const [id, edge] of Object.entries(edges)) {
    const { need } = courseOf(bodies, edge);
    if (!need) continue;
    needs.set(id, need);
    const list = lists.get(need.source);
    if (list) list.push(id);
    else lists.set(need.source, [id]);
  }
  const none: readonly EdgeId[] = [];
  const made: Dependents = { outgoing: (id) => lists.get(id) ?? none, targetOf: (id) => needs.get(id)?.target };
  cache.set(edges, { nodes, dependents: made });
  return made;
}
