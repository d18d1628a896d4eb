import type { Random } from './random.js';

/** Where asynchronous work waits until the test lets it go on, in random order. */
export class Turns {
  readonly #random: Random;
  readonly #waiting: (() => void)[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when it is let go on; rejects when the signal aborts before, unless this one does not listen. */
  wait(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const goOn = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(goOn), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiting.push(goOn);
    });
  }

  /** Lets some of what waits go on. */
  release(): void {
    const count = this.#random.once(4) ? this.#waiting.length : 1;
    for (let i = 0; i < count && this.#waiting.length > 0; i++)
      this.#waiting.splice(this.#random.below(this.#waiting.length), 1)[0]?.();
  }

  releaseAll(): void {
    for (const goOn of this.#waiting.splice(0)) goOn();
  }
}
