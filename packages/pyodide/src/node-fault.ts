import type { NodeError } from '@loom/engine';
import { LoomError } from '@loom/graph';

/** An error of the executor as a node shows it: without frames, for it is not in the user's code. */
export function nodeFault(thrown: unknown, code = 'executor/lost'): NodeError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: thrown instanceof LoomError ? thrown.code : code, message, frames: [] };
}
