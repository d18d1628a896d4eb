import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CancelLadder } from './cancel-ladder.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const times = { graceMs: 500, deafGraceMs: 150 };

/** The steps with the time at which each was taken. */
function climb(withInterrupt: boolean) {
  const taken: string[] = [];
  const start = Date.now();
  const take = (step: string) => () => void taken.push(`${step} at ${Date.now() - start}`);
  const steps = { ask: take('ask'), terminate: take('terminate') };
  const ladder = new CancelLadder(withInterrupt ? { ...steps, interrupt: take('interrupt') } : steps, times);
  return { ladder, taken };
}

it('busy code is asked, interrupted twice, then ended', () => {
  const { taken } = climb(true);
  vi.advanceTimersByTime(1000);
  expect(taken).toEqual(['ask at 0', 'interrupt at 25', 'interrupt at 250', 'terminate at 500']);
});

it('code that awaits is not interrupted while it may still end by itself', () => {
  const { ladder, taken } = climb(true);
  vi.advanceTimersByTime(5);
  ladder.heard();
  vi.advanceTimersByTime(200);
  expect(taken).toEqual(['ask at 0']);
  vi.advanceTimersByTime(1000);
  expect(taken).toEqual(['ask at 0', 'interrupt at 250', 'terminate at 500']);
});

it('without interrupts, code that does not answer is ended soon', () => {
  const { taken } = climb(false);
  vi.advanceTimersByTime(160);
  expect(taken).toEqual(['ask at 0', 'terminate at 150']);
});

it('without interrupts, code that answers has the whole grace', () => {
  const { ladder, taken } = climb(false);
  ladder.heard();
  vi.advanceTimersByTime(1000);
  expect(taken).toEqual(['ask at 0', 'terminate at 500']);
});

it.each([true, false])('nothing more is done once the batch has ended (interrupt: %s)', (withInterrupt) => {
  const { ladder, taken } = climb(withInterrupt);
  ladder.stop();
  vi.advanceTimersByTime(1000);
  expect(taken).toEqual(['ask at 0']);
});
