import { LoomError } from '@loom/graph';

/** What callers get after the executor was disposed. */
export function disposedError(): LoomError {
  return new LoomError('executor/disposed', 'This executor has been disposed.');
}
