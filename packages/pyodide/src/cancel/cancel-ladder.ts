/** What cancelling can do to a worker, from gentle to hard. */
export interface CancelSteps {
  /** Asks the worker's event loop: code that awaits is cancelled. Busy code does not hear it. */
  ask(): void;
  /** Raises KeyboardInterrupt in busy code. Absent where memory cannot be shared. */
  readonly interrupt?: () => void;
  /** Ends the worker. */
  terminate(): void;
}

export interface CancelTimes {
  /** How long cancelled code may take to end before the worker is ended. */
  readonly graceMs: number;
  /** The same where code cannot be interrupted and does not listen. */
  readonly deafGraceMs: number;
}

/** How long a free event loop may take to answer. Interrupting code that awaits would break Python's own loop. */
const ANSWER_MS = 25;

/** Climbs from step to step until the batch ends. */
export class CancelLadder {
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #heard = false;

  constructor(steps: CancelSteps, times: CancelTimes) {
    steps.ask();
    const { interrupt } = steps;
    if (interrupt) {
      this.#after(ANSWER_MS, () => this.#heard || interrupt());
      // Once more, for code that went on after the first, or that became busy after it was asked.
      this.#after(Math.max(ANSWER_MS, times.graceMs / 2), interrupt);
    } else {
      this.#after(Math.min(times.deafGraceMs, times.graceMs), () => this.#heard || steps.terminate());
    }
    this.#after(times.graceMs, () => steps.terminate());
  }

  /** The worker's event loop has read the question. */
  heard(): void {
    this.#heard = true;
  }

  /** The batch has ended. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #after(ms: number, step: () => unknown): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      step();
    }, ms);
    this.#timers.add(timer);
  }
}
