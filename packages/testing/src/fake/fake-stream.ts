import { LoomError } from '@loom/graph';

/** What a {@link FakeStream} still has to give. */
type End = { readonly kind: 'done' } | { readonly kind: 'failed'; readonly error: Error };

/** A stream whose items come when the test says so. Given for an output of a {@link FakeExecutor}. */
export class FakeStream {
  isClosed = false;
  /** How many items were taken. */
  position = 0;
  /** The most items that any take has asked for up to, counted from the beginning. */
  asked = 0;
  readonly #items: unknown[] = [];
  #end: End | undefined;
  #wake: () => void = () => {};

  /** Gives items to whoever takes, now or later. */
  push(...items: readonly unknown[]): void {
    this.#items.push(...items);
    this.#wake();
  }

  end(): void {
    this.#end ??= { kind: 'done' };
    this.#wake();
  }

  /** Ends it with what takes reject with, after the items that were pushed before. */
  fail(error: Error): void {
    this.#end ??= { kind: 'failed', error };
    this.#wake();
  }

  /** Lets it go, as an executor does with the last handle. */
  close(): void {
    this.isClosed = true;
    this.#wake();
  }

  async take(
    from: number,
    max: number,
    signal: AbortSignal,
  ): Promise<{ readonly values: readonly unknown[]; readonly isDone: boolean }> {
    if (from !== this.position) {
      throw new LoomError('value/stream-position', `The next item is ${this.position}, not ${from}.`);
    }
    this.asked = Math.max(this.asked, from + max);
    const onAbort = (): void => this.#wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (this.#items.length === 0 && !this.#end && !this.isClosed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    signal.throwIfAborted();
    if (this.isClosed) throw new LoomError('value/lost', 'The fake stream was let go.');
    const values = this.#items.splice(0, max);
    this.position += values.length;
    if (values.length === 0 && this.#end?.kind === 'failed') throw this.#end.error;
    return { values, isDone: this.#items.length === 0 && this.#end?.kind === 'done' };
  }
}

/**
 * Makes a stream whose items come when the test says so.
 *
 * @example
 * ```ts
 * const stream = createFakeStream();
 * fake.succeed('source', { items: stream });
 * stream.push(1, 2);
 * stream.end();
 * ```
 */
export function createFakeStream(): FakeStream {
  return new FakeStream();
}
