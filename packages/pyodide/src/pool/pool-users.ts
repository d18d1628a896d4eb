import type { ExecutorStatus } from '@loom/engine';
import type { LoomError } from '@loom/graph';
import type { PoolUser } from './pool-user.js';
import type { Session } from './session.js';

/** Who uses a pool, and what they are told of it. */
export class PoolUsers implements Iterable<PoolUser> {
  readonly #users = new Set<PoolUser>();
  #status: ExecutorStatus = { state: 'idle' };

  get size(): number {
    return this.#users.size;
  }

  get status(): ExecutorStatus {
    return this.#status;
  }

  [Symbol.iterator](): Iterator<PoolUser> {
    return this.#users[Symbol.iterator]();
  }

  join(user: PoolUser): () => void {
    this.#users.add(user);
    return () => this.#users.delete(user);
  }

  tell(status: ExecutorStatus): void {
    this.#status = status;
    for (const user of [...this.#users]) user.onStatus(status);
  }

  tellLost(session: Session, reason: LoomError): void {
    for (const user of [...this.#users]) user.onLost(session, reason);
  }

  /** Whether somebody has a value in a worker. */
  haveValuesIn(session: Session): boolean {
    return [...this.#users].some((user) => user.bytesIn(session) !== undefined);
  }
}
