import { NodeFault } from '@loom/engine';
import { LoomError } from '@loom/graph';
import type { WireFault } from './protocol.js';

/** What the worker said of a fault, as the error that callers receive. */
export function wireError({ code, message, context, error }: WireFault): LoomError {
  if (error) return new NodeFault(error);
  return new LoomError(code, message, context ? { context } : {});
}
