/** Time, given through options so that tests can turn it by hand. */
export interface Clock {
  /** Milliseconds from some fixed start. */
  now(): number;
  setTimeout(callback: () => void, delayMs: number): unknown;
  /** Takes what {@link Clock.setTimeout} gave. */
  clearTimeout(handle: unknown): void;
}

/** The clock of the platform: `performance.now()` counted from the Unix epoch, and its timers. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
};
