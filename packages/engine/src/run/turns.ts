import type { Clock } from '../clock.js';
import type { Frame } from './frame.js';

/** How long frames follow one another before the page gets a turn. */
const SLICE_MS = 8;

/** Frames that are looked at between two looks at the clock. */
const STRIDE = 64;

/** What takes turns. */
export interface TurnsHost {
  readonly clock: Clock;
  /** Nothing is done before the run has begun, or after it has finished. */
  readonly isOpen: boolean;
  /** Sends what frames have made ready. */
  pump(): void;
  /** Everything that could be done now is done. */
  onRest(): void;
  /** Something was thrown that no node is to blame for. */
  onFault(thrown: unknown): void;
}

/**
 * What a run does, turn by turn: the frames that something happened in are looked at once more, and what they made ready is sent,
 * until nothing more follows. Whatever goes on after a wait comes in here, so that nothing that is thrown is lost.
 */
export class Turns {
  readonly #host: TurnsHost;
  #awake: Frame[] = [];
  #isPaused = false;
  #isTurning: boolean;

  /** Held, nothing goes on before {@link release}. */
  constructor(host: TurnsHost, isHeld: boolean) {
    this.#host = host;
    this.#isTurning = isHeld;
  }

  /** Does something, and then what follows from it. */
  go(act?: () => void): void {
    this.guard(() => {
      act?.();
      this.#follow();
    });
  }

  /** Does something of which no more follows now. */
  guard(act: () => void): void {
    try {
      act();
    } catch (thrown) {
      this.#host.onFault(thrown);
    }
  }

  release(): void {
    this.#isTurning = false;
  }

  #follow(): void {
    // Sending may answer at once, and that answer is a turn within this one.
    if (this.#isTurning || !this.#host.isOpen || this.#isPaused) return;
    this.#isTurning = true;
    do {
      if (!this.#advance()) break;
      this.#host.pump();
    } while (this.#awake.length > 0);
    this.#isTurning = false;
    this.#host.onRest();
  }

  wake(frame: Frame): void {
    if (frame.isAwake) return;
    frame.isAwake = true;
    this.#awake.push(frame);
  }

  /** Goes on at once, whoever's turn it is. */
  hurry(): void {
    this.#isPaused = false;
  }

  /** Lets every frame go on that is awake. False when it is the page's turn. */
  #advance(): boolean {
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
    this.#host.clock.setTimeout(() => {
      this.#isPaused = false;
      this.go();
    }, 0);
  }
}
