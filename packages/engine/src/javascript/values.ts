import { LoomError } from '@loom/graph';
import { isStream } from '../preview/describe.js';
import type { ValueRef } from '../value.js';

/** The values that an executor in this realm holds, by handle. Handles are never used twice. */
export class ValueStore {
  readonly #values = new Map<string, unknown>();
  /** How many handles each stream has. */
  readonly #streams = new Map<object, number>();
  readonly #executor: string;
  readonly #closeStream: (stream: object) => void;
  #next = 0;

  /** `closeStream` takes streams whose last handle is gone. */
  constructor(executor: string, closeStream: (stream: object) => void) {
    this.#executor = executor;
    this.#closeStream = closeStream;
  }

  keep(value: unknown): ValueRef {
    const handle = String(this.#next++);
    this.#values.set(handle, value);
    if (isStream(value)) this.#streams.set(value, (this.#streams.get(value) ?? 0) + 1);
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
    for (const { handle } of refs) {
      const value = this.#values.get(handle);
      this.#values.delete(handle);
      if (!isStream(value)) continue;
      const left = (this.#streams.get(value) ?? 1) - 1;
      if (left > 0) {
        this.#streams.set(value, left);
        continue;
      }
      this.#streams.delete(value);
      this.#closeStream(value);
    }
  }

  clear(): void {
    const streams = [...this.#streams.keys()];
    this.#values.clear();
    this.#streams.clear();
    for (const stream of streams) this.#closeStream(stream);
  }

  get size(): number {
    return this.#values.size;
  }
}
