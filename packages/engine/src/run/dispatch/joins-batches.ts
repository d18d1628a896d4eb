import { type CompiledFlow, Join } from '../../flow/compiled-flow.js';
import type { Frame } from '../frame.js';
import type { NodeRun } from './batching.js';

/** Whether a node that waits may go with those that feed it: nothing is to be looked at before it starts. */
export function joinsBatches({ plan, flow }: Frame, node: number): boolean {
  if (plan.decisions.get(node)?.action !== 'run' || flow.containers?.has(node)) return false;
  if (flow.joins?.[node] === Join.first) return false;
  if (flow.edgeModes !== undefined && takesStream(flow, node)) return false;
  return flow.nodes[node]?.settings?.timeoutMs === undefined;
}

function takesStream({ inStart, inEdges, edgeModes }: CompiledFlow, node: number): boolean {
  const end = inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = inStart[node] as number; k < end; k++) if (edgeModes?.[inEdges[k] as number]) return true;
  return false;
}

/** How many of these come before the first that goes alone. */
export function untilAlone(ready: readonly NodeRun<Frame>[]): number {
  const place = ready.findIndex(({ frame, node }) => frame.flow.nodes[node]?.settings?.timeoutMs !== undefined);
  return place < 0 ? ready.length : place;
}
