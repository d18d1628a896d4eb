import type { Said } from '../../call/said.js';
import type { RunPlan } from '../../plan/plan.js';
import type { Callees } from '../calls/callees.js';
import type { Frame, FrameOwner } from '../frame.js';
import type { NodeBook } from '../node-book.js';
import type { Reporter } from '../reporter.js';
import type { RunValues } from '../run-values.js';
import type { Tally } from '../tally.js';
import type { BegunCall } from '../walk/walk.js';

/** Who goes through nodes without looking at each. */
export interface Walking {
  /** Writes down everything that was done so far, because somebody looks. */
  show(): void;
}

/** What containers need of their run. */
export interface ContainerHost {
  readonly values: RunValues;
  readonly reporter: Reporter;
  /** Makes a frame for a body; `tally` is that of the body, over all its frames. The book is a new one when none is given. */
  newFrame(plan: RunPlan, owner: FrameOwner, tally: Tally | undefined, book?: NodeBook): Frame;
  /** Whether iterations may be gone through without looking at each node: nobody listens, and nothing is to be stopped. */
  readonly mayWalk: boolean;
  /** Who calls the functions of a body; undefined when they cannot be called one by one now. */
  calleesOf(plan: RunPlan): Callees | undefined;
  /** Who goes through an iteration at this moment. */
  walks: Walking | undefined;
  onCallSaid(frame: Frame, node: number, said: Said): void;
  /** Lets a frame go on after a walk; `call` is the one that is still at work. */
  goOn(frame: Frame, call: BegunCall | undefined): void;
  /** Looks at a frame again before the turn is over. */
  wake(frame: Frame): void;
  /** What became of the nodes of a zone's body so far. */
  tallyOf(plan: RunPlan): Tally;
  /** Goes on after something was waited for. */
  turn(act?: () => void): void;
}
