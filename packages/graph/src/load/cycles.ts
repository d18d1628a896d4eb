import type { FlowEdge, FlowNode } from '../document.js';
import type { Path, Reading } from './reading.js';

type Nodes = Readonly<Record<string, FlowNode>>;

/**
 * Removes the edges that close a cycle. Depth first in the order of the file and without recursion, so the same file
 * always loses the same edges. An edge from the body of a zone back to its zone closes no cycle: it ends the iteration.
 */
export function breakCycles(edges: Record<string, FlowEdge>, nodes: Nodes, reading: Reading, path: Path): void {
  const outgoing = new Map<string, string[]>();
  for (const [id, edge] of Object.entries(edges)) {
    if (edge.source !== edge.target && isInside(nodes, edge.source, edge.target)) continue;
    const list = outgoing.get(edge.source);
    if (list) list.push(id);
    else outgoing.set(edge.source, [id]);
  }
  const done = new Set<string>();
  const open = new Map<string, number>();
  for (const start of outgoing.keys()) {
    if (done.has(start)) continue;
    const stack = [start];
    open.set(start, 0);
    while (stack.length > 0) {
      const node = stack[stack.length - 1] ?? '';
      const next = open.get(node) ?? 0;
      const id = outgoing.get(node)?.[next];
      if (id === undefined) {
        stack.pop();
        open.delete(node);
        done.add(node);
        continue;
      }
      open.set(node, next + 1);
      const target = edges[id]?.target;
      if (target === undefined || done.has(target)) continue;
      if (!open.has(target)) {
        open.set(target, 0);
        stack.push(target);
        continue;
      }
      delete edges[id];
      reading.error('edge/cycle', [...path, id], describe(id, stack.slice(stack.indexOf(target))));
    }
  }
}

const shown = 8;

function describe(edge: string, cycle: readonly string[]): string {
  const names = cycle.length > shown ? [...cycle.slice(0, shown - 1), '…'] : cycle;
  return `Edge "${edge}" was left out: it closes a cycle (${[...names, cycle[0]].join(' → ')}). To repeat, use a zone.`;
}

/** Whether `node` lies in the zone `zone`, directly or deeper. Parents hold no cycles when this is asked. */
function isInside(nodes: Nodes, node: string, zone: string): boolean {
  if (nodes[zone]?.settings?.zone === undefined) return false;
  let parent = nodes[node]?.parent;
  while (parent !== undefined && parent !== zone) parent = nodes[parent]?.parent;
  return parent === zone;
}

/** Frees nodes from parents that do not exist or that lie inside the node itself. */
export function dropImpossibleParents(
  nodes: Record<string, FlowNode>,
  frames: Readonly<Record<string, unknown>>,
  reading: Reading,
  path: Path,
): void {
  /** Nodes whose chain of parents is known to end. */
  const ends = new Set<string>();
  for (const id of Object.keys(nodes)) {
    const chain = new Set<string>();
    let current = id;
    while (!ends.has(current) && !chain.has(current)) {
      chain.add(current);
      const parent = nodes[current]?.parent;
      if (parent === undefined) break;
      if (!Object.hasOwn(nodes, parent)) {
        if (!Object.hasOwn(frames, parent)) free(current, 'node/unknown-parent', `there is no node "${parent}"`);
        break;
      }
      if (chain.has(parent)) free(current, 'node/parent-cycle', `it would lie inside itself`);
      else current = parent;
    }
    for (const node of chain) ends.add(node);
  }

  function free(id: string, code: string, why: string): void {
    const { parent: _parent, ...rest } = nodes[id] as FlowNode;
    nodes[id] = rest;
    reading.error(code, [...path, id, 'parent'], `Node "${id}" was taken out of its parent: ${why}.`);
  }
}
