import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { LifeWatch } from './life-watch.js';

/** A lock of the browser that some worker holds; it goes to who waits for it when that one lets it go. */
class HeldLock {
  #waiting: (() => unknown) | undefined;

  get isWaitedFor(): boolean {
    return this.#waiting !== undefined;
  }

  request(_name: string, { signal }: { signal: AbortSignal }, onFree: () => unknown): Promise<unknown> {
    this.#waiting = onFree;
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        if (this.#waiting === onFree) this.#waiting = undefined;
        reject(signal.reason);
      });
    });
  }

  letGo(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
});

function watched() {
  const lock = new HeldLock();
  const onGone = vi.fn();
  const watch = new LifeWatch(lock as unknown as LockManager, 'a', onGone);
  const pass = () => vi.advanceTimersByTime(60_000);
  return { lock, onGone, watch, pass };
}

it('a worker whose lock is free while it works, and that says nothing, is gone', () => {
  const { lock, onGone, watch, pass } = watched();
  watch.sent(1);
  watch.began(1);
  pass();
  expect(onGone).not.toHaveBeenCalled();
  lock.letGo();
  expect(onGone).not.toHaveBeenCalled();
  pass();
  expect(onGone).toHaveBeenCalledOnce();
});

it('what waited while the page was frozen counts, and the watch goes on', () => {
  const { lock, onGone, watch, pass } = watched();
  watch.sent(1);
  watch.began(1);
  watch.sent(2);
  watch.began(2);
  pass();
  lock.letGo();
  watch.heard();
  watch.ended(1);
  pass();
  expect(onGone).not.toHaveBeenCalled();
  lock.letGo();
  pass();
  expect(onGone).toHaveBeenCalledOnce();
});

it('nobody waits for a worker that has nothing to do, or has not begun', () => {
  const { lock, onGone, watch, pass } = watched();
  watch.sent(1);
  pass();
  expect(lock.isWaitedFor).toBe(false);
  watch.began(1);
  pass();
  expect(lock.isWaitedFor).toBe(true);
  watch.ended(1);
  expect(lock.isWaitedFor).toBe(false);
  // Its end may be told before its beginning.
  watch.sent(2);
  watch.ended(2);
  watch.began(2);
  pass();
  expect(lock.isWaitedFor).toBe(false);
  expect(onGone).not.toHaveBeenCalled();
});

it('it ends with the worker', () => {
  const { lock, onGone, watch, pass } = watched();
  watch.sent(1);
  watch.began(1);
  pass();
  lock.letGo();
  watch.stop();
  pass();
  expect(onGone).not.toHaveBeenCalled();
});
