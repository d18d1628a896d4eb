import type { Clock } from '../clock.js';
import type { Frame } from './frame.js';

/** How long frames follow one another before the page gets a turn. */
const SLICE_MS = 8;

/** Frames that are looked at between two looks at the clock. */
const STRIDE = 64;

/** The frames of a run that something happened in, each of which is looked at once more. */
export class Turns {
  readonly #clock: Clock;
  readonly #resume: () => void;
  #awake: Frame[] = [];
  #isPaused = false;

  /** `resume` is called when the page had its turn. */
  constructor(clock: Clock, resume: () => void) {
    this.#clock = clock;
    this.#resume = resume;
  }

  wake(frame: Frame): void {
    if (frame.isAwake) return;
    frame.isAwake = true;
    this.#awake.push(frame);
  }

  get hasMore(): boolean {
    return this.#awake.length > 0;
  }

  /** True while it is the page's turn. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Goes on at once, whoever's turn it is. */
  hurry(): void {
    this.#isPaused = false;
  }

  /** Lets every frame go on that is awake. False when it is the page's turn. */
  advance(): boolean {
    let end = 0;
    let untilLook = STRIDE;
    for (let i = 0; i < this.#awake.length; i++) {
      const frame = this.#awake[i] as Frame; // within the bounds of the loop
      frame.isAwake = false;
      frame.advance();
      if (--untilLook > 0) continue;
      untilLook = STRIDE;
      const now = performance.now();
      if (end === 0) end = now + SLICE_MS;
      if (now < end) continue;
      this.#awake = this.#awake.slice(i + 1);
      this.#pause();
      return false;
    }
    this.#awake.length = 0;
    return true;
  }

  #pause(): void {
    this.#isPaused = true;
    this.#clock.setTimeout(() => {
      this.#isPaused = false;
      this.#resume();
    }, 0);
  }
}
