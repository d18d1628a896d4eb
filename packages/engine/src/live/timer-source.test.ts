import type { Json } from '@loom/graph';
import { simulatedClock } from '@loom/testing';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EventPayload, StopSource } from './event-source.js';
import { timerSource } from './timer-source.js';

function start(intervalMs: Json, at = 0) {
  const clock = simulatedClock(at);
  const ticks: EventPayload[] = [];
  const stop = timerSource.start({
    inputs: { intervalMs },
    fire: (payload) => ticks.push(payload),
    fail: (error) => {
      throw error;
    },
    signal: new AbortController().signal,
    clock,
  }) as StopSource;
  return { clock, ticks, stop };
}

it('[L2] ticks at even distances, and counts', () => {
  const { clock, ticks, stop } = start(250, 1_000);
  clock.advance(249);
  expect(ticks).toEqual([]);
  clock.advance(501);
  expect(ticks).toEqual([
    { tick: 0, at: 1_250 },
    { tick: 1, at: 1_500 },
    { tick: 2, at: 1_750 },
  ]);
  stop();
  clock.advance(10_000);
  expect(ticks).toHaveLength(3);
  expect(clock.pending).toBe(0);
});

it('leaves out what it missed, and keeps its beat', () => {
  let now = 0;
  let wake: () => void = () => undefined;
  const ticks: EventPayload[] = [];
  timerSource.start({
    inputs: { intervalMs: 100 },
    fire: (payload) => ticks.push(payload),
    fail: () => undefined,
    signal: new AbortController().signal,
    clock: { now: () => now, setTimeout: (callback) => (wake = callback), clearTimeout: () => undefined },
  });
  // The machine slept.
  for (const at of [1_234, 1_300, 1_399, 1_400]) {
    now = at;
    wake();
  }
  expect(ticks).toEqual([
    { tick: 0, at: 1_234 },
    { tick: 1, at: 1_300 },
    { tick: 2, at: 1_400 },
  ]);
});

it('waits for longer than platforms can', () => {
  const days = 30 * 24 * 3_600_000;
  const { clock, ticks } = start(days);
  clock.advance(days - 1);
  expect(ticks).toEqual([]);
  clock.advance(1);
  expect(ticks).toEqual([{ tick: 0, at: days }]);
});

it.each([0, -1, 0.5, '100', null, true])('refuses the interval %j', (interval) => {
  expect(() => start(interval)).toThrow(expect.objectContaining({ code: 'event/wrong-interval' }));
});

it('never ticks twice for one beat, whatever the interval', () => {
  const interval = fc.double({ min: 1, max: 5_000, noNaN: true });
  fc.assert(
    fc.property(interval, fc.nat(2_000_000_000), fc.integer({ min: 1, max: 50 }), (intervalMs, at, beats) => {
      const { clock, ticks } = start(intervalMs, at);
      for (let beat = 0; beat < beats; beat++) clock.advance(intervalMs);
      clock.advance(2);
      const times = ticks.map((tick) => Number(tick.at));
      for (const [i, time] of times.entries()) {
        expect(time - (times[i - 1] ?? at)).toBeGreaterThan(intervalMs - 1.001);
      }
      // Delays are whole milliseconds, so a beat may be heard up to one late.
      expect(times.length).toBeGreaterThanOrEqual(beats);
      expect(times.length).toBeLessThanOrEqual(beats + 2);
    }),
  );
});
