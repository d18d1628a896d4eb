import type { Said } from '../../call/said.js';
import type { Frame } from '../frame.js';

/** What direct calls tell their run. */
export interface CallListener {
  /** Whether times are wanted. */
  readonly isHeard: boolean;
  onCallStarted(frame: Frame, node: number): void;
  onCallSaid(frame: Frame, node: number, said: Said): void;
  /** Does something, and then what follows from it. */
  turn(act?: () => void): void;
  /** Does something of which no more follows now. */
  guard(act: () => void): void;
}
