import { LoomError } from '@loom/graph';
import type { EventSource } from './event-source.js';

/** Platforms call at once when they are asked to wait longer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/**
 * Ticks at even distances from its start. A tick that comes late, as in a tab in the background, does not shift those after
 * it, and ticks that were missed are left out rather than made up for.
 */
export const timerSource: EventSource = {
  name: 'timer',
  start: ({ inputs, fire, clock }) => {
    const { intervalMs } = inputs;
    if (typeof intervalMs !== 'number' || !(intervalMs >= 1) || intervalMs === Number.POSITIVE_INFINITY) {
      throw new LoomError('event/wrong-interval', 'The interval of a timer is a number of at least 1 millisecond.');
    }
    const startedAt = clock.now();
    let tick = 0;
    let due = startedAt + intervalMs;
    let timer: unknown;
    const wait = (): void => {
      timer = clock.setTimeout(wake, Math.min(Math.max(Math.ceil(due - clock.now()), 0), LONGEST_WAIT_MS));
    };
    const wake = (): void => {
      const at = clock.now();
      if (at < due) {
        wait();
        return;
      }
      const intervals = Math.floor((at - startedAt) / intervalMs) + 1;
      due = startedAt + intervals * intervalMs;
      // Sums of fractions may fall a little short.
      if (due <= at) due += intervalMs;
      wait();
      fire({ tick: tick++, at });
    };
    wait();
    return () => clock.clearTimeout(timer);
  },
};
