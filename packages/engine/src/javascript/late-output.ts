import type { TaskEvent } from '../executor.js';

/** Events kept while nobody takes items; what the code says beyond that takes the place of the oldest. */
const MAX_WAITING = 1_000;

/** What the code behind a stream says after its task has ended: told to whoever asks for the items. */
export class LateOutput {
  #listener: ((events: readonly TaskEvent[]) => void) | undefined;
  #waiting: TaskEvent[] = [];

  tell(event: TaskEvent): void {
    if (this.#listener) {
      this.#listener([event]);
      return;
    }
    if (this.#waiting.length === MAX_WAITING) this.#waiting.shift();
    this.#waiting.push(event);
  }

  /** The newest listener hears everything, until it ends that. */
  listen(listener: (events: readonly TaskEvent[]) => void): () => void {
    this.#listener = listener;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) listener(waiting);
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }
}
