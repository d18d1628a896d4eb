import type { TaskEvent } from '../../executor.js';
import type { NodeError } from '../../node-error.js';
import type { CallListener } from '../calls/call-listener.js';
import type { Frame } from '../frame.js';

/** What a dispatcher tells its run. */
export interface DispatchListener extends CallListener {
  onTaskEvent(frame: Frame, node: number, event: TaskEvent): void;
  /** Values of these nodes could not be brought to a node, which was not sent. */
  onInputsLacking(frame: Frame, node: number, error: NodeError, lacking: Iterable<number>): void;
  /** A node that could not be sent. */
  onNodeFailed(frame: Frame, node: number, error: NodeError): void;
  /** Something was thrown that no node is to blame for. */
  onFault(thrown: unknown): void;
  /** True when nothing more may be sent. */
  readonly isHalted: boolean;
}
