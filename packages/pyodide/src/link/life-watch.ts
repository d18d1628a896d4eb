/** How long work goes on before one asks whether its worker is still there. */
const PATIENCE_MS = 2_000;
/** What a worker that is there has said by now: where the page was frozen, its messages may wait behind the answer. */
const LAST_WORDS_MS = 1_000;

/**
 * Notices a worker that is gone while it computes, which browsers tell nobody: it holds a lock as long as it has work, and
 * the browser gives the lock to who waits for it when the holder is no more. Waits only for work that lasts, so that short
 * work costs nothing and a page that does nothing holds no lock, with which browsers would not keep it for the way back.
 */
export class LifeWatch {
  readonly #locks: LockManager;
  readonly #name: string;
  readonly #onGone: () => void;
  /** Batches and takes that were sent and have not ended, with whether the worker has begun them. */
  readonly #work = new Map<number, boolean>();
  #begun = 0;
  #waiting: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(locks: LockManager, name: string, onGone: () => void) {
    this.#locks = locks;
    this.#name = name;
    this.#onGone = onGone;
  }

  sent(sequence: number): void {
    this.#work.set(sequence, false);
  }

  /** The worker has answered that it begins. */
  began(sequence: number): void {
    // Its end may have come before: that goes another way.
    if (this.#work.get(sequence) !== false) return;
    this.#work.set(sequence, true);
    if (++this.#begun === 1) this.#watch();
  }

  ended(sequence: number): void {
    if (this.#work.get(sequence) && --this.#begun === 0) this.stop();
    this.#work.delete(sequence);
  }

  /** The worker says something. */
  heard(): void {
    if (this.#waiting?.signal.aborted) this.#watch();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting?.abort();
    this.#waiting = undefined;
  }

  #watch(): void {
    this.stop();
    this.#timer = setTimeout(() => {
      const waiting = new AbortController();
      this.#waiting = waiting;
      const onFree = () => {
        if (this.#waiting !== waiting) return;
        waiting.abort();
        this.#timer = setTimeout(this.#onGone, LAST_WORDS_MS);
      };
      // It is aborted as soon as the work ends.
      this.#locks.request(this.#name, { signal: waiting.signal }, onFree).catch(() => {});
    }, PATIENCE_MS);
  }
}
