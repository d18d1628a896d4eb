import type { ValueRef } from '../../value.js';
import type { RunHost } from '../run-host.js';

/** Values that were moved from one executor to another during a run, each once. */
export class Transfers {
  readonly #host: Pick<RunHost, 'slots' | 'release'>;
  readonly #moved = new Map<string, ValueRef>();
  readonly #moving = new Map<string, Promise<ValueRef>>();
  #isReleased = false;

  constructor(host: Pick<RunHost, 'slots' | 'release'>) {
    this.#host = host;
  }

  /** Where the value is in the executor; undefined when it is not there yet. */
  find(ref: ValueRef, executor: string): ValueRef | undefined {
    return ref.executor === executor ? ref : this.#moved.get(keyOf(ref, executor));
  }

  /** Moves a value, once however many need it. Rejects with `value/not-portable` or `value/lost`. */
  move(ref: ValueRef, executor: string): Promise<ValueRef> {
    const key = keyOf(ref, executor);
    const known = this.#moving.get(key);
    if (known) return known;
    const moving = this.#move(ref, executor, key);
    this.#moving.set(key, moving);
    // What did not work may work when it is tried again.
    moving.catch(() => {
      if (this.#moving.get(key) === moving) this.#moving.delete(key);
    });
    return moving;
  }

  /** Forgets copies that are gone with their worker. */
  lose(executor: string, handles: ReadonlySet<string> | 'all'): void {
    for (const [key, copy] of this.#moved) {
      if (copy.executor !== executor || (handles !== 'all' && !handles.has(copy.handle))) continue;
      this.#moved.delete(key);
      this.#moving.delete(key);
    }
  }

  /** Lets all copies go; the originals stay. */
  release(): void {
    this.#isReleased = true;
    this.#host.release([...this.#moved.values()]);
    this.#moved.clear();
    this.#moving.clear();
  }

  async #move(ref: ValueRef, executor: string, key: string): Promise<ValueRef> {
    const from = this.#host.slots.get(ref.executor)?.executor;
    const to = this.#host.slots.get(executor)?.executor;
    // Both come from the plan of this engine.
    if (!from || !to) throw new Error(`No executor "${from ? executor : ref.executor}".`);
    // Read anew for each receiver: buffers may be transferred away.
    const copy = await to.write(await from.read(ref));
    // The run may have ended meanwhile.
    if (this.#isReleased) this.#host.release([copy]);
    else this.#moved.set(key, copy);
    return copy;
  }
}

function keyOf(ref: ValueRef, executor: string): string {
  return `${executor}\n${ref.executor}\n${ref.handle}`;
}
