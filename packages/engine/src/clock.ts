/** Time, given through options so that tests can turn it by hand. */
export interface Clock {
  /** Milliseconds from some fixed start. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  /** Takes what {@link Clock.setTimeout} gave. */
  clearTimeout(handle: unknown): void;
}

/** Platforms fire timers at once that wait longer: 2^31 - 1 ms, about 24.8 days (HTML, timers; Node does the same). */
const LONGEST_MS = 2_147_483_647;

/** The clock of the platform: `performance.now()` counted from the Unix epoch, and its timers. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, Math.min(delayMs, LONGEST_MS)),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};
