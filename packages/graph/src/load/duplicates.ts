import type { FlowEdge } from '../document.js';
import { at, type Wiring } from '../wiring.js';
import { below, type Path } from './path.js';
import type { Reading } from './reading.js';

type Edges = Record<string, FlowEdge>;

/** Up to here, comparing the edges of a node in pairs is faster than making keys. */
const fewEdges = 8;

/** Removes all but the first edge between the same two ports. Gives the numbers of the removed ones. */
export function dropDuplicates(edges: Edges, wiring: Wiring, reading: Reading, path: Path): Set<number> {
  const { nodeIds, edgeIds, first, members } = wiring;
  const removed = new Set<number>();
  for (let node = 0; node < nodeIds.length; node++) {
    const start = at(first, node);
    const end = at(first, node + 1);
    if (end - start < 2) continue;
    const originalOf = end - start <= fewEdges ? originalAmong(wiring, start) : originalByKey(wiring);
    for (let place = start; place < end; place++) {
      const edge = at(members, place);
      const original = originalOf(edge, place);
      if (original === undefined) continue;
      const id = edgeIds[edge] as string;
      const message = `Edge "${id}" was left out: it repeats edge "${edgeIds[original]}".`;
      reading.warning('edge/duplicate', below(path, id), message);
      delete edges[id];
      removed.add(edge);
    }
  }
  return removed;
}

/** Finds the edge that another one repeats, looking at those of its source before it. */
type FindOriginal = (edge: number, place: number) => number | undefined;

function originalAmong({ edges, targets, members }: Wiring, start: number): FindOriginal {
  return (edge, place) => {
    const target = at(targets, edge);
    const { sourcePort, targetPort } = edges[edge] as FlowEdge;
    for (let before = start; before < place; before++) {
      const number = at(members, before);
      if (at(targets, number) !== target) continue;
      const other = edges[number] as FlowEdge;
      if (targetPort === other.targetPort && sourcePort === other.sourcePort) return number;
    }
    return undefined;
  };
}

function originalByKey({ edges }: Wiring): FindOriginal {
  const seen = new Map<string, number>();
  return (edge) => {
    const { sourcePort, target, targetPort } = edges[edge] as FlowEdge;
    const key = JSON.stringify([sourcePort, target, targetPort]);
    const original = seen.get(key);
    if (original === undefined) seen.set(key, edge);
    return original;
  };
}
