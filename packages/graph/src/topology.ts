import type { FlowDocument } from './document.js';
import { graphIndex } from './graph-index.js';
import type { NodeId } from './id.js';

type Wiring = Pick<FlowDocument, 'nodes' | 'edges'>;

/** An order in which every node comes after those it needs. */
export interface TopologicalOrder {
  /** With a cycle, the nodes that are neither in one nor behind one. */
  readonly order: NodeId[];
  /** One cycle, each node feeding the next and the last the first. Its nodes cannot be ordered. */
  readonly cycle?: NodeId[];
}

/**
 * Orders nodes so that each comes after those it needs; equals keep the order of the document. Linear and without
 * recursion. Only wires between the given nodes count.
 *
 * @param nodes - The nodes to order. All when absent; ids that the document lacks are left out.
 * @example
 * ```ts
 * const { order, cycle } = topologicalOrder(document);
 * if (cycle) console.log(`These wait for each other: ${cycle.join(', ')}`);
 * ```
 */
export function topologicalOrder(document: Wiring, nodes?: Iterable<NodeId>): TopologicalOrder {
  const index = graphIndex(document);
  const waiting = new Map<NodeId, number>();
  for (const id of nodes ?? Object.keys(document.nodes)) if (Object.hasOwn(document.nodes, id)) waiting.set(id, 0);
  const ranks = new Map<NodeId, number>();
  for (const id of waiting.keys()) {
    ranks.set(id, ranks.size);
    for (const edge of index.outgoing(id)) {
      const target = document.edges[edge]?.target;
      const count = target === undefined ? undefined : waiting.get(target);
      if (target !== undefined && count !== undefined) waiting.set(target, count + 1);
    }
  }
  // Waves keep it linear and stable: a wave holds what became ready by the one before, in the order of the document.
  const order: NodeId[] = [];
  let wave = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
  while (wave.length > 0) {
    const next: NodeId[] = [];
    for (const id of wave) {
      order.push(id);
      for (const edge of index.outgoing(id)) {
        const target = document.edges[edge]?.target;
        const count = target === undefined ? undefined : waiting.get(target);
        if (target === undefined || count === undefined) continue;
        waiting.set(target, count - 1);
        if (count === 1) next.push(target);
      }
    }
    wave = next.sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
  }
  if (order.length === waiting.size) return { order };
  return { order, cycle: findCycle(document, waiting) };
}

/** Walks upwards from a node that still waits, over nodes that still wait, until it meets itself. */
function findCycle(document: Wiring, waiting: ReadonlyMap<NodeId, number>): NodeId[] {
  const index = graphIndex(document);
  const seen = new Map<NodeId, number>();
  const path: NodeId[] = [];
  let [current] = [...waiting].find(([, count]) => count > 0) ?? [];
  while (current !== undefined && !seen.has(current)) {
    seen.set(current, path.length);
    path.push(current);
    const sources: NodeId[] = index.incoming(current).flatMap((edge) => document.edges[edge]?.source ?? []);
    current = sources.find((source) => (waiting.get(source) ?? 0) > 0);
  }
  // The walk went against the wires.
  return path.slice(current === undefined ? 0 : seen.get(current)).reverse();
}

/**
 * All nodes that these ones need, directly or not, without the ones given (unless one needs another).
 *
 * @example
 * ```ts
 * const scope = new Set([...ancestors(document, ['chart']), 'chart']);
 * ```
 */
export function ancestors(document: Pick<FlowDocument, 'edges'>, nodes: Iterable<NodeId>): Set<NodeId> {
  const index = graphIndex(document);
  return reach(nodes, (id) => index.incoming(id).flatMap((edge) => document.edges[edge]?.source ?? []));
}

/** All nodes that need one of these, directly or not, without the ones given (unless one needs another). */
export function descendants(document: Pick<FlowDocument, 'edges'>, nodes: Iterable<NodeId>): Set<NodeId> {
  const index = graphIndex(document);
  return reach(nodes, (id) => index.outgoing(id).flatMap((edge) => document.edges[edge]?.target ?? []));
}

function reach(starts: Iterable<NodeId>, step: (id: NodeId) => readonly NodeId[]): Set<NodeId> {
  const found = new Set<NodeId>();
  const todo = [...starts];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    for (const next of step(id)) {
      if (found.has(next)) continue;
      found.add(next);
      todo.push(next);
    }
  }
  return found;
}
