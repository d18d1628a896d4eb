import { LoomError } from '@loom/graph';

/** What a tier says after it was closed. */
export function closedError(): LoomError {
  return new LoomError('tier/closed', 'This result tier has been closed. Make a new one.');
}

/** @throws LoomError `tier/aborted` */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw abortedError(signal);
}

/** What a reader that no longer wants its result hears. */
export function abortedError(signal: AbortSignal): LoomError {
  return new LoomError('tier/aborted', 'Reading a kept result was given up.', { cause: signal.reason });
}
