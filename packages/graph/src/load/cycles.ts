import type { FlowEdge } from '../document.js';
import { add, at, type Wiring } from '../wiring.js';
import { below, type Path } from './path.js';
import type { Reading } from './reading.js';

type Edges = Record<string, FlowEdge>;

const unseen = 0;
const onStack = 1;
const finished = 2;

/**
 * Removes the edges that close a cycle. Depth first in the order of the file and without recursion, so the same file
 * always loses the same edges.
 *
 * @param removed - Numbered edges that were removed for another reason.
 * @returns whether there was a cycle.
 */
export function breakCycles(
  edges: Edges,
  wiring: Wiring,
  removed: ReadonlySet<number>,
  reading: Reading,
  path: Path,
): boolean {
  const { nodeIds, edgeIds, targets, first, members } = wiring;
  let found = false;
  const state = new Uint8Array(nodeIds.length);
  const next = first.slice();
  const stack = new Int32Array(nodeIds.length);
  /** Where on the stack a node is. */
  const places = new Int32Array(nodeIds.length);
  for (let start = 0; start < nodeIds.length; start++) {
    if (state[start] !== unseen) continue;
    let height = 1;
    stack[0] = start;
    state[start] = onStack;
    places[start] = 0;
    while (height > 0) {
      const node = at(stack, height - 1);
      if (at(next, node) === at(first, node + 1)) {
        state[node] = finished;
        height--;
        continue;
      }
      const edge = at(members, at(next, node));
      add(next, node, 1);
      const target = at(targets, edge);
      if (state[target] === finished) continue;
      if (removed.size > 0 && removed.has(edge)) continue;
      if (state[target] === unseen) {
        state[target] = onStack;
        places[target] = height;
        stack[height++] = target;
        continue;
      }
      const id = edgeIds[edge] as string;
      delete edges[id];
      found = true;
      const from = stack.subarray(at(places, target), height);
      reading.error(
        'edge/cycle',
        below(path, id),
        describe(
          id,
          Array.from(from.subarray(0, shown), (n) => nodeIds[n] as string),
          from.length,
        ),
      );
    }
  }
  return found;
}

/** Nodes of a cycle that are named; of longer ones the first. */
const shown = 8;

function describe(edge: string, names: readonly string[], length: number): string {
  const way = [...names, ...(length > names.length ? ['…'] : []), names[0]].join(' → ');
  return `Edge "${edge}" was left out: it closes a cycle (${way}). To repeat, use a zone.`;
}
