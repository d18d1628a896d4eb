/** A container at work: it begins frames, one after another or side by side, and ends its node when it has seen enough of them. */
export interface ContainerRun {
  /** Begins the work. */
  start(): void;
  /** Begins no further frame; ends as cancelled when the present ones have ended. */
  stop(): void;
  /** Ends every frame at once, and says nothing more. The node has been ended by somebody else. */
  abandon(): void;
}
