import { LoomError } from '@loom/graph';
import type { NodeError } from './node-error.js';

/**
 * What user code threw, carried by a rejection: the code behind a stream runs when its items are asked for, and whoever
 * asks receives the whole report, with its places.
 *
 * @example
 * ```ts
 * try {
 *   await executor.take(ref, { from: 0, max: 10, signal });
 * } catch (thrown) {
 *   if (thrown instanceof NodeFault) show(thrown.error.frames);
 * }
 * ```
 */
export class NodeFault extends LoomError {
  readonly error: NodeError;

  constructor(error: NodeError) {
    super(error.code, error.message);
    this.error = error;
  }
}
