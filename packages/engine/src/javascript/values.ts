import { LoomError } from '@loom/graph';
import type { ValueRef } from '../value.js';

/** The values that an executor in this realm holds, by handle. Handles are never used twice. */
export class ValueStore {
  readonly #values = new Map<string, unknown>();
  readonly #executor: string;
  #next = 0;

  constructor(executor: string) {
    this.#executor = executor;
  }

  keep(value: unknown): ValueRef {
    const handle = String(this.#next++);
    this.#values.set(handle, value);
    return { executor: this.#executor, handle };
  }

  /** @throws LoomError `value/lost` when the value has been released. */
  get(ref: ValueRef): unknown {
    const value = this.#values.get(ref.handle);
    if (value === undefined && !this.#values.has(ref.handle)) {
      throw new LoomError('value/lost', 'This value is no longer held. Run its node again.', { context: { ref } });
    }
    return value;
  }

  release(refs: readonly ValueRef[]): void {
    for (const ref of refs) this.#values.delete(ref.handle);
  }

  clear(): void {
    this.#values.clear();
  }

  get size(): number {
    return this.#values.size;
  }
}
