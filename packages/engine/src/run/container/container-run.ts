import type { NodeError } from '../../node-error.js';

/** A container at work: it begins frames, one after another or side by side, and ends its node when it has seen enough of them. */
export interface ContainerRun<Frame> {
  /** Begins the work. */
  start(): void;
  /** Begins no further frame; ends as cancelled when the present ones have ended. */
  stop(): void;
  /** Ends every frame at once, and says nothing more. The node has been ended by somebody else. */
  abandon(): void;
  /** Ends the node with an error, because its time is up. */
  timeOut(error: NodeError): void;
  /** The frames that are there: those that go on, and the one that ended last. */
  frames(): readonly Frame[];
}
