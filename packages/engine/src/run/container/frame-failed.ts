import type { NodeError } from '../../node-error.js';
import type { FrameError } from './body-run.js';

/** What a zone fails with when one of its iterations does. */
export function frameFailed(index: number, { node, error }: FrameError): NodeError {
  const message = `Iteration ${index} failed at "${node}": ${error.message}`;
  return { code: 'zone/frame-failed', message, frames: [], cause: error };
}
