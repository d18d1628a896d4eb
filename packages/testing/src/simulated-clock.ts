import type { Clock } from '@loom/engine';

/** A clock that stands still until it is turned. */
export interface SimulatedClock extends Clock {
  /** Moves time on, calling what falls due in order, at the time at which it is due. */
  advance(ms: number): void;
  /** How many callbacks wait. */
  readonly pending: number;
}

/** Makes a clock that starts at 0 unless told otherwise. */
export function simulatedClock(start = 0): SimulatedClock {
  let now = start;
  let next = 1;
  const timers = new Map<number, { readonly at: number; readonly callback: () => void }>();
  const due = (until: number): [number, { readonly at: number; readonly callback: () => void }] | undefined => {
    let first: [number, { readonly at: number; readonly callback: () => void }] | undefined;
    for (const entry of timers) if (entry[1].at <= until && (!first || entry[1].at < first[1].at)) first = entry;
    return first;
  };
  return {
    now: () => now,
    setTimeout: (callback, delayMs) => {
      timers.set(next, { at: now + Math.max(0, delayMs), callback });
      return next++;
    },
    clearTimeout: (handle) => {
      timers.delete(handle as number);
    },
    advance: (ms) => {
      const until = now + ms;
      for (let timer = due(until); timer; timer = due(until)) {
        timers.delete(timer[0]);
        now = timer[1].at;
        timer[1].callback();
      }
      now = until;
    },
    get pending() {
      return timers.size;
    },
  };
}
