import type { LoomError } from '@loom/graph';

/** A worker as the connection needs it, in a page or in Node. */
export interface WorkerLink {
  postMessage(message: unknown, transfer: readonly Transferable[]): void;
  /** Receives what the worker posts on its own channel. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the worker fails to load, cannot be understood, or ends by itself. */
  onDeath(listener: (reason: LoomError) => void): void;
  /** Locks of the browser that the worker may share; absent where its end is told of by other means. */
  readonly locks?: LockManager | undefined;
  /** Ends the worker at once, also in the middle of a computation. Twice is fine. */
  terminate(): void;
  /** Whether the process should stay alive for the worker's sake. Pages have no such thing. */
  keepAlive?(needed: boolean): void;
}

/** Makes a worker. Rejects when something that it needs is known to be missing. */
export type OpenWorker = () => WorkerLink | Promise<WorkerLink>;
