/** Calls back once when nothing has been heard for a while. Not a time limit: each sign of life starts it anew. */
export class StallWatch {
  readonly #halfMs: number;
  readonly #onStall: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(limitMs: number, onStall: () => void) {
    this.#halfMs = limitMs / 2;
    this.#onStall = onStall;
    this.heard();
  }

  heard(): void {
    this.stop();
    // In two halves: where a page was frozen and goes on, timers that are overdue come before the messages that wait.
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(this.#onStall, this.#halfMs);
    }, this.#halfMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
