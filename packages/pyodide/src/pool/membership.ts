import type { ExecutorStatus } from '@loom/engine';
import { abortable } from '../abortable.js';
import { disposedError } from '../disposed-error.js';
import type { Turn } from './lane.js';
import type { WorkerPool } from './pool.js';
import type { LaneRequest, PoolUser } from './pool-user.js';
import type { Session } from './session.js';

/** Workers by what is installed in them. */
export interface PoolChoice {
  /** Workers for who does not care what is installed. */
  readonly any: WorkerPool;
  /** The workers with just these packages. */
  holding(contents: string): WorkerPool;
  /** Ends workers that nobody uses any more. */
  drop(pool: WorkerPool): void;
}

/** The workers that one executor uses: those with what its flow requires, and those where it still has something. */
export class Membership {
  readonly #pools: PoolChoice;
  readonly #user: PoolUser;
  readonly #joined = new Map<WorkerPool, () => void>();
  /** What is installed in the workers that are used now; undefined as long as nobody cares. */
  #contents: string | undefined;

  constructor(pools: PoolChoice, user: PoolUser) {
    this.#pools = pools;
    this.#user = user;
    this.#join(pools.any);
  }

  get status(): ExecutorStatus {
    return this.#current.users.status;
  }

  get sessions(): readonly Session[] {
    return [...this.#joined.keys()].flatMap((pool) => pool.sessions);
  }

  /** From now on workers with just these packages are used. */
  use(contents: string): void {
    this.#contents = contents;
    this.#join(this.#current);
    this.leaveUnused();
  }

  start(signal: AbortSignal): Promise<Session> {
    return this.#current.start(signal);
  }

  ready(signal: AbortSignal): Promise<Session> {
    return this.#current.ready(signal);
  }

  /** Does something in any worker: nobody else is given its place, although it has nothing to do between its calls. */
  async visit<T>(work: (session: Session) => Promise<T>, signal: AbortSignal): Promise<T> {
    const session = await this.ready(signal);
    return abortable(work(session).finally(session.connection.hold()), signal);
  }

  acquire(request: LaneRequest, signal: AbortSignal): Promise<Turn> {
    if (this.#contents === undefined) this.use('');
    return this.#current.acquire(request, signal);
  }

  isBusy(session: Session): boolean {
    return [...this.#joined.keys()].some((pool) => pool.isBusy(session));
  }

  lookAgain(): void {
    for (const pool of this.#joined.keys()) pool.lookAgain();
  }

  retireWorn(): void {
    for (const pool of this.#joined.keys()) pool.retireWorn();
    this.leaveUnused();
  }

  /** Leaves workers of earlier packages that have nothing to do: those of others when no value is there, own ones at once. */
  leaveUnused(): void {
    const current = this.#current;
    for (const [pool, leave] of [...this.#joined]) {
      if (pool === current || !pool.isIdle) continue;
      const isOwn = pool.users.size === 1;
      if (!isOwn && pool.sessions.some((session) => this.#user.bytesIn(session) !== undefined)) continue;
      leave();
      this.#joined.delete(pool);
      if (!isOwn) continue;
      const { sessions } = pool;
      this.#pools.drop(pool);
      for (const session of sessions) this.#user.onLost(session, disposedError());
    }
  }

  leave(): void {
    for (const [pool, leave] of this.#joined) {
      leave();
      if (pool.users.size === 0) this.#pools.drop(pool);
    }
    this.#joined.clear();
  }

  get #current(): WorkerPool {
    return this.#contents === undefined ? this.#pools.any : this.#pools.holding(this.#contents);
  }

  #join(pool: WorkerPool): void {
    if (this.#joined.has(pool)) return;
    const { bytesIn, onLost, onStatus } = this.#user;
    const told = (status: ExecutorStatus) => pool === this.#current && onStatus(status);
    this.#joined.set(pool, pool.users.join({ bytesIn, onLost, onStatus: told }));
  }
}
