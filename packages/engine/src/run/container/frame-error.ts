import type { NodeError } from '../../node-error.js';
import type { Frame } from '../frame.js';

/** Why a frame failed. */
export interface FrameError {
  /** The node that failed first, in the order of the body. */
  readonly node: string;
  readonly error: NodeError;
}

/** The first error of a frame that has failed. */
export function firstError(frame: Frame): FrameError | undefined {
  for (const node of frame.plan.scope) {
    const error = frame.book.errorOf(node);
    if (error) return { node: frame.idOf(node), error };
  }
  return undefined;
}

/** What a zone fails with when one of its iterations does. People count from one; an index counts from zero. */
export function frameFailed(index: number, { node, error }: FrameError): NodeError {
  const message = `Iteration ${index + 1} failed at "${node}": ${error.message}`;
  return { code: 'zone/frame-failed', message, frames: [], cause: error };
}
