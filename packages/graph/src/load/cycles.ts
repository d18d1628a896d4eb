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
 */
export function breakCycles(edges: Edges, wiring: Wiring, reading: Reading, path: Path): void {
  const { nodeIds, edgeIds, targets, first, outgoing } = wiring;
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
      const edge = at(outgoing, at(next, node));
      add(next, node, 1);
      const target = at(targets, edge);
      if (state[target] === finished) continue;
      const id = edgeIds[edge] as string;
      // Edges that were removed for another reason are still numbered.
      if (!Object.hasOwn(edges, id)) continue;
      if (state[target] === unseen) {
        state[target] = onStack;
        places[target] = height;
        stack[height++] = target;
        continue;
      }
      delete edges[id];
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
}

/** Nodes of a cycle that are named; of longer ones the first. */
const shown = 8;

function describe(edge: string, names: readonly string[], length: number): string {
  const way = [...names, ...(length > names.length ? ['…'] : []), names[0]].join(' → ');
  return `Edge "${edge}" was left out: it closes a cycle (${way}). To repeat, use a zone.`;
}
