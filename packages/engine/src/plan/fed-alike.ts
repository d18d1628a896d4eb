import { aloneIn } from './alone.js';
import { TARGET } from './decision.js';
import { indexIn } from './index-in.js';
import type { Execution } from './node-history.js';
import type { RunOrigin } from './run-origin.js';

/** Whether a node has been fed in a run by the same executions as before. */
export function isFedAlike(before: Execution, origin: RunOrigin, node: number): boolean {
  const { keys } = origin;
  const { flow } = keys;
  const end = flow.inStart[node + 1] as number; // typed arrays of fixed length
  for (let k = flow.inStart[node] as number; k < end; k++) {
    const source = keys.feederBy(flow.inEdges[k] as number);
    if (source < 0 || keys.isPure(source)) continue;
    // What is blocked ends the same way each time.
    if (aloneIn(flow).decide(source, keys.given, TARGET).action === 'blocked') continue;
    const then = indexIn(before.origin.keys.flow, flow, source);
    if (then < 0 || origin.hasFailed(source)) return false;
    if (before.origin.versionFed(then, before.index) !== origin.versionOf(source)) return false;
  }
  return true;
}
