import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { LimitedPool, LimitedWorker } from './worker-limit.js';
import { WorkerLimit } from './worker-limit.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
});

/** A pool that wants one worker as long as it has none. */
class Stage implements LimitedPool {
  readonly isWaiting = false;
  wants = false;
  workers: LimitedWorker[] = [];
  readonly #limit: WorkerLimit;

  constructor(limit: WorkerLimit) {
    this.#limit = limit;
    limit.join(this);
  }

  lookAgain(): void {
    if (!this.wants || this.workers.length > 0) this.#limit.withdraw(this);
    else if (this.#limit.makeRoom(this)) this.add('busy');
  }

  add(state: LimitedWorker['state']): void {
    const since = performance.now();
    const worker: LimitedWorker = {
      state,
      hasValues: true,
      get restMs() {
        return performance.now() - since;
      },
      end: () => this.drop(),
    };
    this.workers = [...this.workers, worker];
  }

  drop(): void {
    this.workers = this.workers.slice(1);
  }

  ask(): void {
    this.wants = true;
    this.lookAgain();
  }
}

function stages(most: number, count: number): { readonly limit: WorkerLimit; readonly pools: readonly Stage[] } {
  const limit = new WorkerLimit(most);
  return { limit, pools: Array.from({ length: count }, () => new Stage(limit)) };
}

const counts = (pools: readonly Stage[]) => pools.map(({ workers }) => workers.length);

it('who needs a worker waits until one elsewhere has rested, without being told', () => {
  const { limit, pools } = stages(1, 2);
  const [first, second] = pools as [Stage, Stage];
  first.add('idle');
  second.ask();
  expect(counts(pools)).toEqual([1, 0]);
  expect(limit.hasRoom).toBe(false);
  vi.advanceTimersByTime(1_500);
  expect(counts(pools)).toEqual([0, 1]);
  expect(vi.getTimerCount()).toBe(0);
});

it('those who wait are served in their order, as soon as a worker has ended', () => {
  const { limit, pools } = stages(1, 4);
  const [first, second, third, fourth] = pools as [Stage, Stage, Stage, Stage];
  first.add('busy');
  third.ask();
  second.ask();
  first.drop();
  // Who comes now does not push in.
  fourth.ask();
  expect(counts(pools)).toEqual([0, 0, 0, 0]);
  limit.lookAgain();
  expect(counts(pools)).toEqual([0, 0, 1, 0]);
  third.drop();
  limit.lookAgain();
  expect(counts(pools)).toEqual([0, 1, 0, 0]);
});

it('a worker that is used again and again is given up after a while', () => {
  const { limit, pools } = stages(1, 2);
  const [first, second] = pools as [Stage, Stage];
  const use = setInterval(() => {
    if (first.workers.length === 0) return;
    first.drop();
    first.add('idle');
  }, 100);
  onTestFinished(() => clearInterval(use));
  first.add('idle');
  second.ask();
  vi.advanceTimersByTime(9_900);
  expect(counts(pools)).toEqual([1, 0]);
  vi.advanceTimersByTime(1_000);
  expect(counts(pools)).toEqual([0, 1]);
  limit.leave(first);
});

it('who does not wait any more takes nothing, and holds nobody up', () => {
  const { limit, pools } = stages(1, 3);
  const [first, second, third] = pools as [Stage, Stage, Stage];
  first.add('busy');
  second.ask();
  third.ask();
  second.wants = false;
  first.drop();
  limit.lookAgain();
  expect(counts(pools)).toEqual([0, 0, 1]);
});

it('a pool that leaves makes room, and waits no more', () => {
  const { limit, pools } = stages(1, 3);
  const [first, second, third] = pools as [Stage, Stage, Stage];
  first.add('busy');
  second.ask();
  third.ask();
  limit.leave(second);
  limit.leave(first);
  expect(counts(pools)).toEqual([1, 0, 1]);
  expect(vi.getTimerCount()).toBe(0);
});
