import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AnswerWatch } from './answer-watch.js';

const onSilence = vi.fn();
let watch: AnswerWatch;

beforeEach(() => {
  vi.useFakeTimers();
  onSilence.mockClear();
  watch = new AnswerWatch(1000, onSilence);
});
afterEach(() => {
  vi.useRealTimers();
});

it('a question without an answer is noticed once', () => {
  watch.asked('read');
  vi.advanceTimersByTime(999);
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  expect(onSilence).toHaveBeenCalledTimes(1);
});

it('whatever is heard gives more time, and an answer ends the wait', () => {
  watch.asked('read');
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(900);
    watch.heard();
  }
  watch.answered('read');
  vi.advanceTimersByTime(5000);
  expect(onSilence).not.toHaveBeenCalled();
});

it('a batch that never begins is noticed; one that has begun may be silent, and so is what is asked meanwhile', () => {
  watch.asked('execute', 1);
  watch.answered('execute', 1);
  watch.asked('read');
  vi.advanceTimersByTime(100_000);
  expect(onSilence).not.toHaveBeenCalled();
  watch.ended(1);
  vi.advanceTimersByTime(1000);
  expect(onSilence).toHaveBeenCalledTimes(1);
});

it('an end that comes before its beginning counts', () => {
  watch.asked('execute', 1);
  watch.ended(1);
  watch.answered('execute', 1);
  watch.asked('execute', 2);
  vi.advanceTimersByTime(1000);
  expect(onSilence).toHaveBeenCalledTimes(1);
});

it('a page that was frozen hears what waits for it before it judges', () => {
  watch.asked('read');
  const frozenAt = Date.now();
  // The clock went on without anybody; only one overdue timer comes before the message.
  vi.setSystemTime(frozenAt + 60_000);
  vi.advanceTimersToNextTimer();
  watch.answered('read');
  vi.advanceTimersByTime(5000);
  expect(onSilence).not.toHaveBeenCalled();
});

it.each(['boot', 'snapshot', 'makeSnapshot', 'loadPackages'] as const)('%s may take as long as it does', (call) => {
  watch.asked(call);
  vi.advanceTimersByTime(100_000);
  watch.answered(call);
  expect(onSilence).not.toHaveBeenCalled();
});
