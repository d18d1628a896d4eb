import type { OutputSummary, ValueRef } from '@loom/engine';
import type { RuntimeOutput } from '@loom/python';
import type { Session } from '../pool/session.js';

/** A handle that no runtime ever gives out: reading it fails as any lost value does. */
const LOST = 'lost';

/** One value, and the workers that have it. */
export interface HeldValue {
  readonly handle: string;
  readonly bytes: number;
  /** The worker that made it, until that ends and a copy takes its place. */
  home: Session;
  inner: string;
  /** True for what cannot be copied, as a stream or an open file: its tasks go where it is. */
  stays: boolean;
  copies?: Map<Session, string>;
}

/**
 * The values of one executor by handle, over all workers of its pool. Each worker counts its handles from the start, so
 * the number of the worker is part of what the engine sees, and a ref to a value of an earlier worker is recognised.
 */
export class ValueTable {
  readonly #executor: string;
  readonly #held = new Map<string, HeldValue>();

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
      add(held.home, held.inner);
      for (const [session, inner] of held.copies ?? []) add(session, inner);
    }
    return gone;
  }

  /** A worker has ended. Values with a copy elsewhere go on there; gives the handles of those that are gone. */
  lose(session: Session): readonly string[] {
    const lost: string[] = [];
    for (const held of this.#held.values()) {
      held.copies?.delete(session);
      if (held.home !== session) continue;
      const [copy] = held.copies ?? [];
      if (copy) {
        [held.home, held.inner] = copy;
        held.copies?.delete(held.home);
      } else {
        lost.push(held.handle);
        this.#held.delete(held.handle);
      }
    }
    return lost;
  }

  /** Whether a worker has any of the values. */
  isHolding(session: Session): boolean {
    for (const { home, copies } of this.#held.values()) if (home === session || copies?.has(session)) return true;
    return false;
  }

  /** Every value that is held, for letting all go. */
  refs(): readonly ValueRef[] {
    return Array.from(this.#held.keys(), (handle) => ({ executor: this.#executor, handle }));
  }
}

/** The handle of a value inside of a worker that has it. */
export function innerOf(held: HeldValue, session: Session): string | undefined {
  return held.home === session ? held.inner : held.copies?.get(session);
}

/** Notes a copy. */
export function addCopy(held: HeldValue, session: Session, inner: string): void {
  held.copies ??= new Map();
  held.copies.set(session, inner);
}
