import type { Places } from '../executor.js';

/** Counts asynchronous calls. What waits for a place asks again, in the order in which it came. */
export class CallPlaces implements Places {
  #free: number;
  #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  get hasFree(): boolean {
    return this.#free > 0;
  }

  take(): void {
    this.#free--;
  }

  leave(): void {
    this.#free++;
    if (this.#waiting.length === 0) return;
    // Later, because who leaves a place is in the middle of its own work.
    const waiting = this.#waiting;
    this.#waiting = [];
    queueMicrotask(() => {
      for (const callback of waiting) callback();
    });
  }

  whenFree(callback: () => void): void {
    this.#waiting.push(callback);
  }
}
