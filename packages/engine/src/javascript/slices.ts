/** How long synchronous calls run, over all runs, without giving the page a turn: half a frame. */
const SLICE_MS = 8;

/** Shares the time of this thread: calls may follow one another for a slice, and then everything else has a turn. */
export class Slices {
  #isOpen = false;
  #end = 0;
  #waiting: (() => void)[] = [];

  /** Until when calls may go on now, by `performance.now()`. */
  end(): number {
    if (!this.#isOpen) {
      this.#isOpen = true;
      this.#end = performance.now() + SLICE_MS;
      afterOthers(() => this.#close());
    }
    return this.#end;
  }

  /** Calls when a new slice begins. */
  afterTurn(callback: () => void): void {
    this.#waiting.push(callback);
    if (this.#waiting.length === 1) {
      afterOthers(() => {
        this.#close();
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const each of waiting) each();
      });
    }
  }

  #close(): void {
    this.#isOpen = false;
  }
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
