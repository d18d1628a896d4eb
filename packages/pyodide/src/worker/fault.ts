import type { NodeError } from '@loom/engine';
import type { WireFault } from '../link/protocol.js';

/** A fault with a code, thrown inside the worker and sent as data. */
export class WorkerFault extends Error {
  readonly code: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** The whole report of what user code raised. */
  readonly error: NodeError | undefined;

  constructor(
    code: string,
    message: string,
    context: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
    error?: NodeError,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.context = context;
    this.error = error;
  }
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** What was thrown, as plain data. */
export function toWireFault(thrown: unknown): WireFault {
  if (thrown instanceof WorkerFault) {
    const cause = thrown.cause === undefined ? {} : { cause: messageOf(thrown.cause) };
    const error = thrown.error === undefined ? {} : { error: thrown.error };
    return { code: thrown.code, message: thrown.message, context: { ...thrown.context, ...cause }, ...error };
  }
  return { code: 'executor/internal', message: messageOf(thrown) };
}
