import type { PortId } from '@loom/graph';
import type { CompiledFlow } from '../../flow/compiled-flow.js';

const known = new WeakMap<CompiledFlow, ReadonlyMap<PortId, number>>();

/** The wires that end the iterations of a body, by the port that they lead to. */
export function exitEdges(body: CompiledFlow): ReadonlyMap<PortId, number> {
  let edges = known.get(body);
  if (!edges) {
    const found = new Map<PortId, number>();
    const end = body.inStart[body.exit + 1] as number; // typed arrays of fixed length
    for (let k = body.inStart[body.exit] as number; k < end; k++) {
      const edge = body.inEdges[k] as number;
      found.set(body.edgeTargetPort[edge] as PortId, edge);
    }
    edges = found;
    known.set(body, edges);
  }
  return edges;
}
