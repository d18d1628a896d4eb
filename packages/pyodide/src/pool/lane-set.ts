import type { RecyclePolicy } from '../options.js';
import { Lane } from './lane.js';
import type { PoolUsers } from './pool-users.js';
import type { Session } from './session.js';
import { givenUp, recycled } from './wanted-end.js';
import { isWornOut } from './wear.js';
import type { LimitedWorker } from './worker-limit.js';

/** The workers of a pool that are ready. */
export class LaneSet {
  readonly #lanes: Lane[] = [];

  get all(): readonly Lane[] {
    return this.#lanes;
  }

  get size(): number {
    return this.#lanes.length;
  }

  get sessions(): readonly Session[] {
    return this.#lanes.map(({ session }) => session);
  }

  /** As those see them who need their place. */
  workers(users: PoolUsers): LimitedWorker[] {
    return this.#alive.map(({ session, isIdle, restMs }) => ({
      state: isIdle ? 'idle' : 'busy',
      hasValues: users.haveValuesIn(session),
      restMs,
      end: () => session.connection.close(givenUp()),
    }));
  }

  get areFree(): boolean {
    return this.#lanes.every(({ isFree }) => isFree);
  }

  /** Any of them, free ones first, for somebody who is about to use it beside batches. */
  handOut(): Session | undefined {
    const lane = this.#lanes.find(({ isFree }) => isFree) ?? this.#alive[0];
    lane?.use();
    return lane?.session;
  }

  isBusy(session: Session): boolean {
    return this.#lanes.some((lane) => lane.session === session && !lane.isFree);
  }

  add(session: Session): Lane {
    const lane = new Lane(session);
    this.#lanes.push(lane);
    return lane;
  }

  remove(lane: Lane): void {
    this.#lanes.splice(this.#lanes.indexOf(lane), 1);
  }

  /** Ends those that are worn and that nobody needs. */
  retireWorn(users: PoolUsers, policy: RecyclePolicy): void {
    for (const { isFree, session } of [...this.#lanes]) {
      if (isFree && isWornOut(session, users, policy)) session.connection.close(recycled());
    }
  }

  /** Of some that have ended it is known before it was told. */
  get #alive(): readonly Lane[] {
    return this.#lanes.filter(({ session }) => !session.connection.isClosed);
  }
}
