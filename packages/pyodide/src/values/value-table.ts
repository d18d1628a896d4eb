import type { OutputSummary, ValueRef } from '@loom/engine';
import type { RuntimeOutput } from '@loom/python';
import type { PackedValue } from '../link/protocol.js';
import type { Session } from '../pool/session.js';
import { type HeldValue, innerOf } from './held-value.js';
import { SavedValues } from './saved-values.js';

/** A handle that no runtime ever gives out: reading it fails as any lost value does. */
const LOST = 'lost';

/**
 * The values of one executor by handle, over all workers of its pool. Each worker counts its handles from the start, so
 * the number of the worker is part of what the engine sees, and a ref to a value of an earlier worker is recognised.
 */
export class ValueTable {
  readonly #executor: string;
  readonly #held = new Map<string, HeldValue>();
  readonly #saved = new SavedValues();

  constructor(executor: string) {
    this.#executor = executor;
  }

  get size(): number {
    return this.#held.size;
  }

  find(ref: ValueRef): HeldValue | undefined {
    return ref.executor === this.#executor ? this.#held.get(ref.handle) : undefined;
  }

  /** Takes in a value that a worker has made. */
  add(session: Session, inner: string, bytes = 0, stays = false): ValueRef {
    const handle = `${session.generation}:${inner}`;
    this.#held.set(handle, { handle, bytes, home: session, inner, stays });
    return { executor: this.#executor, handle };
  }

  /** Keeps copies of values that a worker has told of, by their handles there. */
  save(session: Session, inner: readonly string[], packed: PackedValue): void {
    const values = inner.map((handle) => this.#held.get(`${session.generation}:${handle}`));
    this.#saved.keep(session, values, packed);
  }

  /** What the runtime says of a value, with a ref in the place of its handle. */
  summary(session: Session, { handle, ...output }: RuntimeOutput): OutputSummary {
    const ref = this.add(session, handle, output.bytes, output.isStream);
    return { ref, ...output } as OutputSummary;
  }

  /** The handle inside of a worker. */
  inner(ref: ValueRef, session: Session): string {
    const held = this.find(ref);
    return (held && innerOf(held, session)) ?? LOST;
  }

  /** Forgets values; gives what the workers should let go. */
  release(refs: readonly ValueRef[]): ReadonlyMap<Session, readonly string[]> {
    const gone = new Map<Session, string[]>();
    const add = (session: Session, inner: string) => {
      const list = gone.get(session);
      if (list) list.push(inner);
      else gone.set(session, [inner]);
    };
    for (const ref of refs) {
      const held = this.find(ref);
      if (!held) continue;
      this.#held.delete(held.handle);
      this.#saved.forget(held);
      if (held.home) add(held.home, held.inner);
      for (const [session, inner] of held.copies ?? []) add(session, inner);
    }
    return gone;
  }

  /** A worker has ended. Values with a copy elsewhere go on there, saved ones wait; gives the handles of those that are gone. */
  lose(session: Session): readonly string[] {
    const lost: string[] = [];
    for (const held of this.#held.values()) {
      held.copies?.delete(session);
      if (held.home !== session) continue;
      const [copy] = held.copies ?? [];
      if (copy) {
        [held.home, held.inner] = copy;
        held.copies?.delete(held.home);
      } else if (held.saved) {
        held.home = undefined;
      } else {
        lost.push(held.handle);
        this.#held.delete(held.handle);
      }
    }
    return lost;
  }

  /** About how many bytes a worker has of the values; undefined when it has none of them. */
  bytesIn(session: Session): number | undefined {
    let sum: number | undefined;
    for (const { home, copies, bytes } of this.#held.values()) {
      if (home === session || copies?.has(session)) sum = (sum ?? 0) + bytes;
    }
    return sum;
  }

  /** Every value that is held, for letting all go. */
  refs(): readonly ValueRef[] {
    return Array.from(this.#held.keys(), (handle) => ({ executor: this.#executor, handle }));
  }
}
