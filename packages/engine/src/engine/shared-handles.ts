import type { ValueRef } from '../value.js';

/** Handles that several hold. Each of them lets go for itself; the last one lets the value go. */
export class SharedHandles {
  /** How many hold a handle beside the first. */
  readonly #others = new Map<string, number>();

  retain(refs: readonly ValueRef[]): void {
    for (const ref of refs) {
      const key = keyOf(ref);
      this.#others.set(key, (this.#others.get(key) ?? 0) + 1);
    }
  }

  /** Takes one who holds each of these away; gives those that nobody holds any more. */
  release(refs: readonly ValueRef[]): readonly ValueRef[] {
    return this.#others.size === 0 ? refs : refs.filter((ref) => this.#isLast(ref));
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
