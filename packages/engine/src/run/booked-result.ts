import type { RunResult } from '../api.js';
import type { RunCounts, RunStatus } from '../event.js';

/** What is known of a run at its end; `outputs` puts together what was given. */
export interface BookedRun extends Omit<RunResult, 'outputs'> {
  readonly outputs: () => RunResult['outputs'];
}

/** What a run says when it is over. Outputs are put together when they are asked for: most of a large flow is never looked at. */
export class BookedResult implements RunResult {
  readonly runId: string;
  readonly status: RunStatus;
  readonly counts: RunCounts;
  readonly durationMs: number;
  /** A property of its own, so that it is among those that are copied and written as JSON. */
  declare readonly outputs: RunResult['outputs'];
  readonly errors: RunResult['errors'];
  #outputs: RunResult['outputs'] | undefined;
  readonly #make: BookedRun['outputs'];

  constructor({ runId, status, counts, durationMs, errors, outputs }: BookedRun) {
    this.runId = runId;
    this.status = status;
    this.counts = counts;
    this.durationMs = durationMs;
    Object.defineProperty(this, 'outputs', BookedResult.#outputsProperty);
    this.errors = errors;
    this.#make = outputs;
  }

  // One function for all: objects whose getters differ are slow to make and to use.
  static readonly #outputsProperty: PropertyDescriptor & ThisType<BookedResult> = {
    get() {
      this.#outputs ??= this.#make();
      return this.#outputs;
    },
    enumerable: true,
  };
}
