import type { ExecutorStatus } from '@loom/engine';
import type { Trust } from '../trust.js';
import { Membership, type PoolChoice } from './membership.js';
import type { WorkerPool } from './pool.js';
import type { PoolUser } from './pool-user.js';
import { type SharedByPools, WorkerLimit } from './worker-limit.js';

/**
 * Workers of one kind, apart by what is installed in them: one that has the packages of a flow is never given to a flow
 * that requires others. Packages cannot be taken away again, and two versions of one cannot be side by side.
 */
export class Pools implements PoolChoice {
  readonly trust: Trust;
  readonly #create: () => WorkerPool;
  /** With what is installed in their workers, as text; undefined as long as nobody has asked for anything. */
  readonly #contents = new Map<WorkerPool, string | undefined>();
  readonly #first: WorkerPool;
  #isDisposed = false;

  constructor(create: (shared: SharedByPools) => WorkerPool, maxWorkers: number, trust: Trust = 'trusted') {
    let generation = 0;
    const shared = { nextGeneration: () => ++generation, limit: new WorkerLimit(maxWorkers) };
    this.trust = trust;
    this.#create = () => create(shared);
    this.#first = this.#create();
    this.#contents.set(this.#first, undefined);
  }

  get lanes(): number {
    return this.#first.lanes;
  }

  get isShared(): boolean {
    return this.#first.isShared;
  }

  /** Of the workers that were started first, as long as there are any. */
  get status(): ExecutorStatus {
    return this.any.users.status;
  }

  /** Whether a worker stands by. */
  get hasSpare(): boolean {
    return [...this.#contents.keys()].some((pool) => pool.hasSpare);
  }

  get any(): WorkerPool {
    const [pool = this.#first] = this.#contents.keys();
    return pool;
  }

  /** Workers that nobody has asked for anything become those of the first who asks. */
  holding(contents: string): WorkerPool {
    const pools = [...this.#contents];
    const [pool] = pools.find(([, each]) => each === contents) ?? pools.find(([, each]) => each === undefined) ?? [];
    const found = pool ?? this.#create();
    this.#contents.set(found, contents);
    if (this.#isDisposed) found.dispose();
    return found;
  }

  join(user: PoolUser): Membership {
    return new Membership(this, user);
  }

  /** The last pool stays: it may be joined again. */
  drop(pool: WorkerPool): void {
    if (this.#contents.size === 1) return;
    this.#contents.delete(pool);
    pool.dispose();
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const pool of this.#contents.keys()) pool.dispose();
  }
}
