import type { TaskEvent } from '../executor.js';
import type { NodeError } from '../node-error.js';
import type { CallListener } from './direct-calls.js';

/** What a dispatcher tells its run. */
export interface DispatchListener extends CallListener {
  onTaskEvent(node: number, event: TaskEvent): void;
  /** A node that could not be sent. */
  onNodeFailed(node: number, error: NodeError): void;
  /** A node that was not sent because the run is ending. */
  onNodeDropped(node: number): void;
  /** True when nothing more may be sent. */
  readonly isHalted: boolean;
}
