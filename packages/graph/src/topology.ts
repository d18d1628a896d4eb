import type { FlowDocument } from './document.js';
import { graphIndex } from './graph-index.js';
import type { NodeId } from './id.js';
import { add, at, listOf, numberEdges, type Wiring } from './wiring.js';
import { Bodies, bodiesOf } from './zone-body.js';

type Graph = Pick<FlowDocument, 'nodes' | 'edges'>;

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
 * A zone stands for what lies in it: it comes before the nodes of its body, and after all that these need from outside.
 * Wires that end an iteration make nothing wait.
 *
 * @param nodes - The nodes to order. All when absent; ids that the document lacks are left out.
 * @example
 * ```ts
 * const { order, cycle } = topologicalOrder(document);
 * if (cycle) console.log(`These wait for each other: ${cycle.join(', ')}`);
 * ```
 */
export function topologicalOrder(document: Graph, nodes?: Iterable<NodeId>): TopologicalOrder {
  const wiring = wiringOf(document, nodes);
  const { nodeIds, targets, first, members } = wiring;
  /** How many wires each node still waits for. */
  const waiting = new Int32Array(nodeIds.length);
  for (const edge of members) add(waiting, at(targets, edge), 1);
  const order: NodeId[] = [];
  // Waves keep it linear and stable: a wave holds what became ready by the one before, in the order of the document.
  let wave: number[] = [];
  for (let node = 0; node < nodeIds.length; node++) if (waiting[node] === 0) wave.push(node);
  while (wave.length > 0) {
    const next: number[] = [];
    for (const node of wave) {
      order.push(nodeIds[node] as NodeId);
      for (let place = at(first, node); place < at(first, node + 1); place++) {
        const target = at(targets, at(members, place));
        add(waiting, target, -1);
        if (waiting[target] === 0) next.push(target);
      }
    }
    wave = next.sort((a, b) => a - b);
  }
  return order.length === nodeIds.length ? { order } : { order, cycle: findCycle(wiring, waiting) };
}

function wiringOf(document: Graph, nodes: Iterable<NodeId> | undefined): Wiring {
  const isNested = bodiesOf(document.nodes) !== undefined;
  if (!nodes) {
    return numberEdges(Object.keys(document.nodes), listOf(document.edges), {
      bodies: bodiesOf(document.nodes),
      isNested,
    });
  }
  const chosen = new Set([...nodes].filter((id) => Object.hasOwn(document.nodes, id)));
  // A zone that is not asked for is not seen: its nodes stand where the wires put them.
  const bodies = isNested ? new Bodies(document.nodes, (zone) => chosen.has(zone)) : undefined;
  return numberEdges([...chosen], listOf(document.edges), { bodies, isNested });
}

/** Walks upwards from a node that still waits, over nodes that still wait, until it meets itself. */
function findCycle({ nodeIds, targets, first, members }: Wiring, waiting: Int32Array): NodeId[] {
  /** For each node that waits, one that waits and feeds it. There always is one, or it would not wait. */
  const above = new Int32Array(nodeIds.length);
  for (let node = 0; node < nodeIds.length; node++) {
    if (waiting[node] === 0) continue;
    for (let place = at(first, node); place < at(first, node + 1); place++)
      above[at(targets, at(members, place))] = node;
  }
  const seen = new Map<number, number>();
  const path: number[] = [];
  let node = waiting.findIndex((count) => count > 0);
  while (!seen.has(node)) {
    seen.set(node, path.length);
    path.push(node);
    node = at(above, node);
  }
  // The walk went against the wires.
  const cycle = path.slice(seen.get(node)).reverse();
  return cycle.map((number) => nodeIds[number] as NodeId);
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

/**
 * All nodes that need one of these, directly or not, without the ones given (unless one needs another).
 *
 * @example
 * ```ts
 * const outdated = descendants(document, ['load']);
 * ```
 */
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
