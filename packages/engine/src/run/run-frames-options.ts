import type { NodeId } from '@loom/graph';
import type { RunResult } from '../api.js';
import type { Asked } from './asked.js';
import type { NodeBook } from './node-book.js';
import type { Walked } from './walk/take-over.js';

/** How the frames of a run go on. */
export interface RunFramesOptions extends Asked<'onError' | 'breakpoints' | 'ignoreBreakpoints' | 'paused'> {
  readonly id: string;
  /** True for runs that only compute lost values again: they say nothing. */
  readonly quiet: boolean;
  /** What was written down before. */
  readonly book: NodeBook;
  /** What a walk has done before; nothing goes on until it is told to. */
  readonly walked?: Walked | undefined;
  /** Computes values of nodes again, quietly. */
  readonly recompute: (nodes: readonly NodeId[], signal: AbortSignal) => Promise<RunResult>;
}

/** Who gets to know how the frames get on. */
export interface RunFramesListener {
  /** Nothing is done before the run has begun, or after it has finished. */
  readonly isOpen: boolean;
  readonly isFinished: boolean;
  /** How the run is ending, as soon as it is. */
  readonly ending: 'cancelled' | 'timed-out' | undefined;
  onStarted(): void;
  /** The frame at the root has ended. */
  onOver(): void;
  /** Something was thrown that no node is to blame for. */
  onFault(thrown: unknown): void;
}
