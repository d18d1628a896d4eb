/** Calls back once when nothing has been heard for a while. Not a time limit: each sign of life starts it anew. */
export class StallWatch {
  readonly #limitMs: number;
  readonly #onStall: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(limitMs: number, onStall: () => void) {
    this.#limitMs = limitMs;
    this.#onStall = onStall;
    this.heard();
  }

  heard(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onStall, this.#limitMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
