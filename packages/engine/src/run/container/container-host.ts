import type { RunPlan } from '../../plan/plan.js';
import type { Frame, FrameOwner } from '../frame.js';
import type { Reporter } from '../reporter.js';
import type { RunValues } from '../run-values.js';
import type { Tally } from '../tally.js';

/** What containers need of their run. */
export interface ContainerHost {
  readonly values: RunValues;
  readonly reporter: Reporter;
  /** Makes a frame for a body; `tally` is that of the body, over all its frames. */
  newFrame(plan: RunPlan, owner: FrameOwner, tally: Tally | undefined): Frame;
  /** What became of the nodes of a zone's body so far. */
  tallyOf(plan: RunPlan): Tally;
  /** Goes on after something was waited for. */
  turn(): void;
}
