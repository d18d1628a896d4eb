import { LoomError } from '@loom/graph';
import type { TaskEvent } from '../executor.js';
import { NodeFault } from '../node-fault.js';
import { isStream, typeName } from '../preview/describe.js';
import { javascriptFault } from './fault.js';
import { ItemStream, type RawItems, type StreamOrigin } from './item-stream.js';
import { givesItems } from './iteration.js';
import type { Slices } from './slices.js';

/** Items of one take. Each gets a picture, and the page waits for all of them. */
const MAX_TAKEN = 1_000;

/** Where the last take of something without positions has come to. */
interface Cursor {
  readonly steps: Iterator<unknown>;
  readonly position: number;
}

/** Takes items out of values: out of lists and the like by position, out of streams in order. */
export class Items {
  readonly #slices: Slices;
  readonly #streams = new WeakMap<object, ItemStream>();
  readonly #cursors = new WeakMap<object, Cursor>();

  constructor(slices: Slices) {
    this.#slices = slices;
  }

  /** Says who made a stream. The first to say so counts: a node may hand on the stream that it was given. */
  adopt(stream: unknown, origin: StreamOrigin): boolean {
    if (!isStream(stream) || this.#streams.has(stream)) return false;
    this.#streams.set(stream, new ItemStream(stream, this.#slices, origin));
    return true;
  }

  /** Hears what the code behind a stream says, and that behind those which it reads. Returns how to end that. */
  listen(value: unknown, listener: (events: readonly TaskEvent[]) => void): () => void {
    const stops: (() => void)[] = [];
    const heard = new Set(isStream(value) ? [value] : []);
    // A set that grows is gone through to its end.
    for (const stream of heard) {
      const { output, reads = [] } = this.#streams.get(stream)?.origin ?? {};
      if (output) stops.push(output.listen(listener));
      for (const read of reads) heard.add(read);
    }
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** The value itself. @throws LoomError `value/not-iterable` */
  iterable(value: unknown): object {
    if (givesItems(value)) return value;
    const name = typeName(value);
    throw new LoomError('value/not-iterable', `There are no items to take from a value of type ${name}.`, {
      context: { typeName: name },
    });
  }

  async take(given: unknown, from: number, max: number, signal: AbortSignal): Promise<RawItems> {
    const value = this.iterable(given);
    const count = Math.min(Math.max(1, Math.trunc(max)), MAX_TAKEN);
    if (isStream(value)) return this.#streamOf(value).take(from, count, signal);
    signal.throwIfAborted();
    if (!Number.isInteger(from) || from < 0) {
      throw new LoomError('value/position', `Items are counted from 0, and ${from} is no such place.`);
    }
    if (Array.isArray(value)) return slice(value, from, count);
    if (ArrayBuffer.isView(value) && 'length' in value)
      return slice(value as unknown as ArrayLike<unknown>, from, count);
    try {
      return this.#walk(value as Iterable<unknown>, from, count);
    } catch (thrown) {
      throw new NodeFault(javascriptFault(thrown));
    }
  }

  /** Ends a stream; of anything else there is nothing to end. */
  close(value: unknown, reason: LoomError): void {
    if (isStream(value)) this.#streamOf(value).close(reason);
  }

  #streamOf(stream: object): ItemStream {
    let known = this.#streams.get(stream);
    if (!known) {
      known = new ItemStream(stream, this.#slices);
      this.#streams.set(stream, known);
    }
    return known;
  }

  /** Goes on where the last take has ended, or begins anew. */
  #walk(value: Iterable<unknown>, from: number, max: number): RawItems {
    const last = this.#cursors.get(value);
    this.#cursors.delete(value);
    const goesOn = last?.position === from;
    const steps = goesOn ? last.steps : value[Symbol.iterator]();
    let position = goesOn ? from : 0;
    const values: unknown[] = [];
    while (values.length < max) {
      const { done, value: item } = steps.next();
      if (done) return { values, isDone: true };
      if (position >= from) values.push(item);
      position++;
    }
    this.#cursors.set(value, { steps, position });
    return { values, isDone: value instanceof Set && position >= value.size };
  }
}

function slice(items: ArrayLike<unknown>, from: number, max: number): RawItems {
  const end = Math.min(from + max, items.length);
  const values: unknown[] = [];
  for (let place = from; place < end; place++) values.push(items[place]);
  return { values, isDone: from + max >= items.length };
}
