import { LoomError } from '@loom/graph';
import type { NodeError } from '../../node-error.js';
import type { Holder, Passed } from '../passed.js';

/** How a channel came to its end. */
export type ChannelEnd =
  | { readonly kind: 'done' }
  /** `blame` is the node that failed, in the frame of the channel. */
  | { readonly kind: 'failed'; readonly error: NodeError; readonly blame: number }
  | { readonly kind: 'cancelled' };

/** Bounds of what waits in a channel. */
export interface ChannelBounds {
  /** Items that wait for the slowest reader before no more are asked for. */
  readonly buffer: number;
  /** Items that are kept for readers that take none yet, or want all of them at the end. */
  readonly most: number;
}

/** Brings the items of one output to everyone who reads them, each at its own pace. */
export class Channel {
  readonly readers: ChannelReader[] = [];
  readonly values: Holder;
  readonly bounds: ChannelBounds;
  /** Called when there may be room again. */
  onRoom: () => void = () => {};
  #end: ChannelEnd | undefined;

  constructor(values: Holder, bounds: ChannelBounds) {
    this.values = values;
    this.bounds = bounds;
  }

  get end(): ChannelEnd | undefined {
    return this.#end;
  }

  /** How many items may come before somebody is overrun. */
  get room(): number {
    let room = this.bounds.buffer;
    for (const reader of this.readers) room = Math.min(room, reader.room);
    return room;
  }

  /** True when there were readers and all have gone. */
  get isAbandoned(): boolean {
    return this.readers.length > 0 && this.readers.every(({ isClosed }) => isClosed);
  }

  read(takes: 'each' | 'latest' | 'all'): ChannelReader {
    const reader = new ChannelReader(this, takes);
    this.readers.push(reader);
    return reader;
  }

  /** Hands an item to everyone. Whoever pushes goes on holding it, too. */
  push(item: Passed): void {
    for (const reader of this.readers) reader.push(item);
  }

  close(end: ChannelEnd): void {
    if (this.#end) return;
    this.#end = end;
    for (const reader of this.readers) reader.notify();
  }
}

/** One who reads a channel. */
export class ChannelReader {
  /** Called when there is something new, or the end. */
  onItem: () => void = () => {};
  readonly #channel: Channel;
  readonly #takes: 'each' | 'latest' | 'all';
  #items: Passed[] = [];
  #position = 0;
  /** Whether it takes items now. Who has not begun holds nobody up. */
  #isAttached = false;
  #isClosed = false;
  #brokenBy: number | undefined;

  constructor(channel: Channel, takes: 'each' | 'latest' | 'all') {
    this.#channel = channel;
    this.#takes = takes;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** How the channel ended, once everything before that has been taken. */
  get end(): ChannelEnd | undefined {
    return this.waiting === 0 ? this.#channel.end : undefined;
  }

  /** The node whose failure whoever reads has been told. */
  get brokenBy(): number | undefined {
    return this.#brokenBy;
  }

  /** Whoever reads is told now that the stream has failed. */
  break(blame: number): void {
    this.#brokenBy = blame;
  }

  get waiting(): number {
    return this.#items.length - this.#position;
  }

  get room(): number {
    if (this.#isClosed || !this.#isAttached || this.#takes !== 'each') return Number.POSITIVE_INFINITY;
    return this.#channel.bounds.buffer - this.waiting;
  }

  attach(onItem: () => void): void {
    this.onItem = onItem;
    this.#isAttached = true;
  }

  push(item: Passed): void {
    if (this.#isClosed) return;
    if (this.#takes === 'latest') this.#drop();
    if (this.waiting >= this.#channel.bounds.most) {
      const message = `More than ${this.#channel.bounds.most} items wait for somebody who takes none yet. Take them one by one, or give fewer.`;
      throw new LoomError('stream/overflow', message);
    }
    if (item.summary) this.#channel.values.retain([item.summary.ref]);
    this.#items.push(item);
    this.onItem();
  }

  /** The next item, which belongs to the caller then; undefined when there is none now. */
  next(): Passed | undefined {
    if (this.waiting === 0) return undefined;
    const item = this.#items[this.#position] as Passed; // within the bounds
    this.#position++;
    // Moving what is left costs little when it is done seldom.
    if (this.#position > 256 && this.#position * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#position);
      this.#position = 0;
    }
    this.#channel.onRoom();
    return item;
  }

  /** Everything that waits, which belongs to the caller then. */
  takeAll(): readonly Passed[] {
    const items = this.#items.slice(this.#position);
    this.#items = [];
    this.#position = 0;
    return items;
  }

  notify(): void {
    if (!this.#isClosed) this.onItem();
  }

  /** Takes nothing any more. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#drop();
    this.#channel.onRoom();
  }

  #drop(): void {
    const refs = this.takeAll().flatMap(({ summary }) => (summary ? [summary.ref] : []));
    if (refs.length > 0) this.#channel.values.release(refs);
  }
}
