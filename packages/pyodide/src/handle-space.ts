import type { OutputSummary, ValueRef } from '@loom/engine';
import type { RuntimeOutput } from '@loom/python';

/** A handle that no runtime ever gives out: reading it fails as any lost value does. */
const LOST = 'lost';

/**
 * Names the values of one worker. Each worker counts its handles from the start, so the generation of the worker is
 * part of what the engine sees, and a ref to a value of an earlier worker is recognised.
 */
export class HandleSpace {
  readonly #executor: string;
  readonly #prefix: string;

  constructor(executor: string, generation: number) {
    this.#executor = executor;
    this.#prefix = `${generation}:`;
  }

  ref(handle: string): ValueRef {
    return { executor: this.#executor, handle: this.#prefix + handle };
  }

  /** What the runtime says of a value, with a ref in the place of its handle. */
  summary({ handle, ...output }: RuntimeOutput): OutputSummary {
    return { ref: this.ref(handle), ...output } as OutputSummary;
  }

  has(ref: ValueRef): boolean {
    return ref.executor === this.#executor && ref.handle.startsWith(this.#prefix);
  }

  /** The handle inside the worker. */
  inner(ref: ValueRef): string {
    return this.has(ref) ? ref.handle.slice(this.#prefix.length) : LOST;
  }
}
