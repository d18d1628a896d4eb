import { chooseRoom, type PoolView, type WorkerView } from './room-choice.js';

/** A worker that can be ended for another one. */
export interface LimitedWorker extends WorkerView {
  end(): void;
}

/** A worker that only starts cannot be ended for another one. */
export const STARTING: LimitedWorker = { state: 'busy', hasValues: false, restMs: 0, end: () => {} };

/** A pool as its limit sees it. */
export interface LimitedPool extends PoolView<LimitedWorker> {
  /** There may be room now for what it waits for. */
  lookAgain(): void;
}

/** What a worker does beside batches ends without being told of: those who wait look again after so long. */
const LOOK_MS = 500;

/** Bounds the workers of several pools together: each takes much memory. */
export class WorkerLimit {
  readonly #most: number;
  readonly #pools = new Set<LimitedPool>();
  /** Who waits for room, in order, and since when. */
  readonly #waiting = new Map<LimitedPool, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(most: number) {
    this.#most = most;
  }

  join(pool: LimitedPool): void {
    this.#pools.add(pool);
  }

  leave(pool: LimitedPool): void {
    this.#pools.delete(pool);
    this.withdraw(pool);
    this.lookAgain();
  }

  /** Whether there may be one more worker that nobody has asked for. */
  get hasRoom(): boolean {
    let workers = 0;
    for (const pool of this.#pools) workers += pool.workers.length;
    return workers < this.#most && this.#waiting.size === 0;
  }

  /** Makes room for one more worker of a pool, in the place of another one if need be. When there is none the pool is told to look again. */
  makeRoom(pool: LimitedPool): boolean {
    const now = performance.now();
    const choice = chooseRoom({
      most: this.#most,
      own: pool.workers.length,
      others: [...this.#pools].filter((other) => other !== pool),
      waitedMs: now - (this.#waiting.get(pool) ?? now),
    });
    if (choice.kind === 'wait' || !this.#isNext(pool)) {
      if (!this.#waiting.has(pool)) this.#waiting.set(pool, now);
      this.#timer ??= setTimeout(() => this.lookAgain(), LOOK_MS);
      return false;
    }
    this.withdraw(pool);
    if (choice.kind === 'end') choice.worker.end();
    return true;
  }

  /** A pool does not wait for room any more. */
  withdraw(pool: LimitedPool): void {
    this.#waiting.delete(pool);
  }

  /** A worker has ended, or has nothing to do any more. */
  lookAgain(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const pool of [...this.#waiting.keys()]) pool.lookAgain();
  }

  /** Those who have no worker at all go first, in their order. */
  #isNext(pool: LimitedPool): boolean {
    const [first = pool] = [...this.#waiting.keys()].filter(({ workers }) => workers.length === 0);
    return first === pool;
  }
}

/** What pools of one kind share. */
export interface SharedByPools {
  /** Workers are numbered over all of them: their numbers are in the names of their values. */
  readonly nextGeneration: () => number;
  readonly limit: WorkerLimit;
}
