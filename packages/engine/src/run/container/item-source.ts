import { LoomError } from '@loom/graph';
import { ELSEWHERE } from '../../plan/place-marks.js';
import type { ValueRef } from '../../value.js';
import type { Passed } from '../passed.js';
import type { RunValues } from '../run-values.js';
import type { ChannelReader } from '../stream/channel.js';

/** Items that are fetched at once from an executor: enough to make the round trip cheap. */
const MOST_AT_ONCE = 64;

/** Gives items one by one. */
export interface ItemSource {
  /** The next item; `wait` when it is not there yet, `done` when there is none. */
  next(): Passed | 'wait' | 'done';
  /** Lets go of what was fetched and not given. */
  close(): void;
}

/** The items of a value. `onReady` is called after `next` said that one has to wait, `onFault` when that was in vain. */
export function itemSource(
  items: Passed,
  values: RunValues,
  onReady: () => void,
  onFault: (thrown: unknown) => void,
): ItemSource {
  if (items.summary) return new HeldItems(items.summary.ref, values, onReady, onFault);
  return new ListItems(listOf(items.value));
}

function listOf(value: unknown): ArrayLike<unknown> {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return value as unknown as ArrayLike<unknown>;
  if (value instanceof Set) return [...value];
  const kind = value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
  throw new LoomError('zone/not-a-list', `"Items" needs a list, and this is ${kind}.`);
}

/** The items of a stream. Whoever takes one holds it. */
export class StreamItems implements ItemSource {
  readonly #reader: ChannelReader;
  readonly #onFailed: (blame: number) => void;
  readonly #onCancelled: () => void;

  constructor(reader: ChannelReader, onReady: () => void, onFailed: (blame: number) => void, onCancelled: () => void) {
    this.#reader = reader;
    this.#onFailed = onFailed;
    this.#onCancelled = onCancelled;
    reader.attach(onReady);
  }

  next(): Passed | 'wait' | 'done' {
    const item = this.#reader.next();
    if (item) return item;
    const { end } = this.#reader;
    if (end?.kind === 'done') return 'done';
    if (end?.kind === 'failed') this.#onFailed(end.blame);
    else if (end) this.#onCancelled();
    return 'wait';
  }

  close(): void {
    this.#reader.close();
  }
}

class ListItems implements ItemSource {
  readonly #list: ArrayLike<unknown>;
  #position = 0;

  constructor(list: ArrayLike<unknown>) {
    this.#list = list;
  }

  next(): Passed | 'done' {
    if (this.#position >= this.#list.length) return 'done';
    return { value: this.#list[this.#position++], summary: undefined };
  }

  close(): void {
    this.#position = this.#list.length;
  }
}

/** Items of a value that an executor holds: fetched some at a time, while those before are worked on. */
class HeldItems implements ItemSource {
  readonly #ref: ValueRef;
  readonly #values: RunValues;
  readonly #onReady: () => void;
  readonly #onFault: (thrown: unknown) => void;
  readonly #abort = new AbortController();
  #fetched: Passed[] = [];
  #given: Passed[] = [];
  #from = 0;
  #isDone = false;
  #isFetching = false;

  constructor(ref: ValueRef, values: RunValues, onReady: () => void, onFault: (thrown: unknown) => void) {
    this.#ref = ref;
    this.#values = values;
    this.#onReady = onReady;
    this.#onFault = onFault;
  }

  next(): Passed | 'wait' | 'done' {
    if (this.#given.length === 0) {
      this.#given = this.#fetched.reverse();
      this.#fetched = [];
    }
    if (!this.#isDone && !this.#isFetching && this.#fetched.length === 0) void this.#fetch();
    return this.#given.pop() ?? (this.#isDone ? 'done' : 'wait');
  }

  close(): void {
    this.#isDone = true;
    this.#abort.abort();
    const left = [...this.#given, ...this.#fetched];
    this.#given = [];
    this.#fetched = [];
    this.#values.release(left.flatMap(({ summary }) => (summary ? [summary.ref] : [])));
  }

  async #fetch(): Promise<void> {
    this.#isFetching = true;
    const isAwaited = this.#given.length === 0;
    try {
      const options = { from: this.#from, max: MOST_AT_ONCE, signal: this.#abort.signal };
      const { items, isDone } = await this.#values.take(this.#ref, options);
      if (this.#abort.signal.aborted) {
        this.#values.release(items.map(({ ref }) => ref));
        return;
      }
      this.#from += items.length;
      this.#isDone = isDone || items.length === 0;
      for (const summary of items) this.#fetched.push({ value: ELSEWHERE, summary });
      this.#isFetching = false;
      if (isAwaited || this.#given.length === 0) this.#onReady();
    } catch (thrown) {
      if (!this.#abort.signal.aborted) this.#onFault(thrown);
    }
  }
}
