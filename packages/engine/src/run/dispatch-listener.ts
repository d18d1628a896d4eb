import type { TaskEvent } from '../executor.js';
import type { NodeError } from '../node-error.js';

/** What a dispatcher tells its run. */
export interface DispatchListener {
  onTaskEvent(node: number, event: TaskEvent): void;
  /** A node that could not be sent. */
  onNodeFailed(node: number, error: NodeError): void;
  /** A node that was not sent because the run is ending. */
  onNodeDropped(node: number): void;
  /** Everything of one group has been told. */
  onTurn(): void;
  /** True when nothing more may be sent. */
  readonly isHalted: boolean;
}
