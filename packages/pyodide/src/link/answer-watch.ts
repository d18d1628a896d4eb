import type { WorkerCalls } from './protocol.js';
import { StallWatch } from './stall-watch.js';

type Call = keyof WorkerCalls;

/** Starts have a watch of their own, which counts stages; packages come from the network. */
const UNHURRIED: ReadonlySet<Call> = new Set(['boot', 'snapshot', 'makeSnapshot', 'loadPackages']);

/**
 * Notices a worker that is gone without a word: browsers tell nobody when one was closed from inside, or was lost to a
 * lack of memory. Code that computes hears nothing either, so the watch looks only while the worker has no batch and no
 * take that it has begun: then whatever it is asked is answered soon.
 */
export class AnswerWatch {
  readonly #limitMs: number;
  readonly #onSilence: () => void;
  #unanswered = 0;
  /** Batches and takes that were sent and have not ended, with whether the worker has begun them. */
  readonly #work = new Map<number, boolean>();
  #begun = 0;
  #watch: StallWatch | undefined;

  constructor(limitMs: number, onSilence: () => void) {
    this.#limitMs = limitMs;
    this.#onSilence = onSilence;
  }

  /** A call is sent; those that begin something give its number. */
  asked(call: Call, sequence?: number): void {
    if (UNHURRIED.has(call)) return;
    this.#unanswered++;
    if (sequence !== undefined) this.#work.set(sequence, false);
    this.#look();
  }

  answered(call: Call, sequence?: number): void {
    if (UNHURRIED.has(call)) return;
    this.#unanswered--;
    // Its end may have come before: that goes another way.
    if (sequence !== undefined && this.#work.has(sequence)) {
      this.#work.set(sequence, true);
      this.#begun++;
    }
    this.#look();
    this.#watch?.heard();
  }

  /** A batch or a take has ended. */
  ended(sequence: number): void {
    if (this.#work.get(sequence)) this.#begun--;
    this.#work.delete(sequence);
    this.#look();
  }

  heard(): void {
    this.#watch?.heard();
  }

  stop(): void {
    this.#watch?.stop();
    this.#watch = undefined;
  }

  #look(): void {
    if (this.#unanswered === 0 || this.#begun > 0) this.stop();
    else this.#watch ??= new StallWatch(this.#limitMs, this.#onSilence);
  }
}
