import { LoomError } from '@loom/graph';
import type { NodeError } from './node-error.js';
import { NodeFault } from './node-fault.js';

/** How deep a chain of causes is followed: `cause` may well point back to itself. */
const MAX_CAUSES = 8;

/** A node error without frames, for faults that are not in the user's code. */
export function faultOf(code: string, message: string, cause?: unknown): NodeError {
  return cause === undefined ? { code, message, frames: [] } : { code, message, frames: [], cause: faultFrom(cause) };
}

/**
 * Anything thrown as a node error; keeps what a {@link NodeFault} carries, the code of a {@link LoomError}, and causes.
 *
 * @example
 * ```ts
 * const { code, message } = faultFrom(new Error('It broke.')); // 'engine/fault', 'Error: It broke.'
 * ```
 */
export function faultFrom(thrown: unknown, code = 'engine/fault', depth = 0): NodeError {
  if (thrown instanceof NodeFault) return thrown.error;
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const fault: NodeError = {
    code: thrown instanceof LoomError ? thrown.code : code,
    message: thrown instanceof LoomError ? thrown.message : describeThrown(thrown),
    frames: [],
  };
  return cause === undefined || depth >= MAX_CAUSES ? fault : { ...fault, cause: faultFrom(cause, code, depth + 1) };
}

/** `TypeError: x is not a function`, also for what is thrown without being an error. */
export function describeThrown(thrown: unknown): string {
  if (thrown instanceof Error) {
    const name = thrown.name || 'Error';
    return thrown.message === '' ? name : `${name}: ${thrown.message}`;
  }
  try {
    return `Thrown: ${typeof thrown === 'string' ? thrown : (JSON.stringify(thrown) ?? String(thrown))}`;
  } catch {
    return 'Something was thrown that cannot be shown.';
  }
}
