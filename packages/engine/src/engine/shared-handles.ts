import type { ValueRef } from '../value.js';

/** Handles that several hold. Each of them lets go for itself; the last one lets the value go. */
export class SharedHandles {
  /** How many hold a handle beside the first. */
  readonly #others = new Map<string, number>();
  readonly #letGo: (executor: string, refs: readonly ValueRef[]) => void;

  /** `letGo` takes handles that nobody holds any more. */
  constructor(letGo: (executor: string, refs: readonly ValueRef[]) => void) {
    this.#letGo = letGo;
  }

  retain(refs: readonly ValueRef[]): void {
    for (const ref of refs) {
      const key = keyOf(ref);
      this.#others.set(key, (this.#others.get(key) ?? 0) + 1);
    }
  }

  /** Takes one who holds each of these away. */
  release(all: readonly ValueRef[]): void {
    const refs = this.#others.size === 0 ? all : all.filter((ref) => this.#isLast(ref));
    const [first] = refs;
    if (!first) return;
    // The outputs of a node are nearly always in one place.
    if (refs.every(({ executor }) => executor === first.executor)) this.#letGo(first.executor, refs);
    else for (const ref of refs) this.#letGo(ref.executor, [ref]);
  }

  #isLast(ref: ValueRef): boolean {
    const key = keyOf(ref);
    const others = this.#others.get(key);
    if (others === undefined) return true;
    if (others === 1) this.#others.delete(key);
    else this.#others.set(key, others - 1);
    return false;
  }
}

function keyOf({ executor, handle }: ValueRef): string {
  return `${executor}\n${handle}`;
}
