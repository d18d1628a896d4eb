import type { FlowEdge } from '../document.js';
import { at, type Wiring } from '../wiring.js';
import { below, type Path } from './path.js';
import type { Reading } from './reading.js';

type Edges = Record<string, FlowEdge>;

/** Up to here, comparing the edges of a node in pairs is faster than making keys. */
const fewEdges = 8;

/** Removes all but the first edge between the same two ports. */
export function dropDuplicates(edges: Edges, wiring: Wiring, reading: Reading, path: Path): void {
  const { nodeIds, edgeIds, first, outgoing } = wiring;
  for (let node = 0; node < nodeIds.length; node++) {
    const start = at(first, node);
    const end = at(first, node + 1);
    if (end - start < 2) continue;
    const ids = Array.from(outgoing.subarray(start, end), (edge) => edgeIds[edge] as string);
    const isRepeated = end - start <= fewEdges ? repeatedByPair : repeatedByKey;
    for (const [id, original] of isRepeated(ids, edges)) {
      reading.warning('edge/duplicate', below(path, id), `Edge "${id}" was left out: it repeats edge "${original}".`);
      delete edges[id];
    }
  }
}

/** The edges that repeat an earlier one of the same source, each with that one. */
function repeatedByPair(ids: readonly string[], edges: Edges): [string, string][] {
  return ids.flatMap((id, index): [string, string][] => {
    const edge = edges[id] as FlowEdge;
    for (let before = 0; before < index; before++) {
      const other = edges[ids[before] as string] as FlowEdge;
      const same = edge.target === other.target && edge.targetPort === other.targetPort;
      if (same && edge.sourcePort === other.sourcePort) return [[id, ids[before] as string]];
    }
    return [];
  });
}

function repeatedByKey(ids: readonly string[], edges: Edges): [string, string][] {
  const seen = new Map<string, string>();
  return ids.flatMap((id): [string, string][] => {
    const { sourcePort, target, targetPort } = edges[id] as FlowEdge;
    const key = JSON.stringify([sourcePort, target, targetPort]);
    const original = seen.get(key);
    if (original !== undefined) return [[id, original]];
    seen.set(key, id);
    return [];
  });
}
