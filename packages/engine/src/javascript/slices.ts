/** How long synchronous calls run, over all runs, without giving the page a turn: half a frame. */
const SLICE_MS = 8;

/** Calls at most between two looks at the clock, while they are quick. */
const MAX_STRIDE = 16;

/** Calls are quick when so many milliseconds are enough for all between two looks. */
const QUICK_MS = 0.25;

/** Shares the time of this thread: calls may follow one another for a slice, and then everything else has a turn. */
export class Slices {
  #isOpen = false;
  #end = 0;
  #waiting: (() => void)[] = [];
  #isServing = false;
  #stride = 1;
  #lastLook = 0;
  /** Calls that may be made before the next look at the clock. */
  #granted = 0;

  /** Until when calls may go on now, by `performance.now()`. */
  end(): number {
    if (!this.#isOpen) this.#open(performance.now());
    return this.#end;
  }

  /**
   * How many calls may be made before this is asked again, over all runs; none when it is everything else's turn. Calls that are
   * quick share a look at the clock.
   */
  grant(): number {
    if (this.#granted > 0) return this.#granted;
    const now = performance.now();
    if (!this.#isOpen) this.#open(now);
    if (now > this.#end) return 0;
    this.#stride = now - this.#lastLook < QUICK_MS ? Math.min(2 * this.#stride, MAX_STRIDE) : 1;
    this.#lastLook = now;
    this.#granted = this.#stride;
    return this.#granted;
  }

  /** Notes that calls were made which had been granted. */
  spend(calls: number): void {
    this.#granted -= calls;
  }

  /**
   * Calls in a later turn, in order. The first of a turn may do something even though its slice is over by then; those who
   * find no time left are the first of the next turn, however often others come back.
   */
  afterTurn(callback: () => void): void {
    this.#waiting.push(callback);
    this.#serveLater();
  }

  #serveLater(): void {
    if (this.#isServing || this.#waiting.length === 0) return;
    this.#isServing = true;
    afterOthers(this.#serve);
  }

  readonly #serve = (): void => {
    this.#close();
    const waiting = this.#waiting;
    this.#waiting = [];
    let served = 0;
    try {
      do waiting[served++]?.();
      while (served < waiting.length && performance.now() <= this.end());
    } finally {
      this.#waiting = [...waiting.slice(served), ...this.#waiting];
      this.#isServing = false;
      this.#serveLater();
    }
  };

  #open(now: number): void {
    this.#isOpen = true;
    this.#end = now + SLICE_MS;
    afterOthers(this.#close);
  }

  readonly #close = (): void => {
    this.#isOpen = false;
    this.#granted = 0;
  };
}

/** A later turn of the event loop, without the milliseconds that a timer takes at least. */
function afterOthers(callback: () => void): void {
  const { setImmediate: immediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (immediate) {
    immediate(callback);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(undefined);
}
