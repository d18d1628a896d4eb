import type { FrameStep } from '../event.js';

const FIRST_CAPACITY = 64;

/** A span by numbers. */
export interface Span {
  /** Index of the node's id. */
  readonly node: number;
  readonly isFrame: boolean;
  /** Index of the state. */
  readonly state: number;
  readonly start: number;
  readonly end: number;
  /** NaN where it is not known. */
  readonly waitedMs: number;
  readonly frame: readonly FrameStep[] | undefined;
}

/** State and kind share a byte. */
const FRAME_BIT = 0x80;

interface Columns {
  readonly node: Uint32Array;
  readonly kind: Uint8Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly waited: Float32Array;
  /** Iterations share their path with all spans in them. */
  readonly frame: (readonly FrameStep[] | undefined)[];
}

/** Spans in the order in which they ended, in typed arrays: 25 bytes each and a reference. The oldest can be let go. */
export class SpanRing {
  #columns = columnsOf(FIRST_CAPACITY);
  #capacity = FIRST_CAPACITY;
  #first = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(span: Span): void {
    if (this.#size === this.#capacity) this.#grow();
    const at = (this.#first + this.#size++) % this.#capacity;
    const { node, kind, start, end, waited, frame } = this.#columns;
    node[at] = span.node;
    kind[at] = span.state | (span.isFrame ? FRAME_BIT : 0);
    start[at] = span.start;
    end[at] = span.end;
    waited[at] = span.waitedMs;
    frame[at] = span.frame;
  }

  /** The span at a place, counted from the oldest. */
  at(place: number): Span {
    const at = (this.#first + place) % this.#capacity;
    const { node, kind, start, end, waited, frame } = this.#columns;
    // Places are below the size, so every column has them.
    const packed = kind[at] as number;
    return {
      node: node[at] as number,
      isFrame: (packed & FRAME_BIT) !== 0,
      state: packed & ~FRAME_BIT,
      start: start[at] as number,
      end: end[at] as number,
      waitedMs: waited[at] as number,
      frame: frame[at],
    };
  }

  dropOldest(): void {
    this.#columns.frame[this.#first] = undefined;
    this.#first = (this.#first + 1) % this.#capacity;
    this.#size--;
  }

  #grow(): void {
    const before = this.#columns;
    const split = this.#capacity - this.#first;
    const after = columnsOf(this.#capacity * 2);
    for (const column of ['node', 'kind', 'start', 'end', 'waited'] as const) {
      after[column].set(before[column].subarray(this.#first), 0);
      after[column].set(before[column].subarray(0, this.#first), split);
    }
    for (let i = 0; i < this.#capacity; i++) after.frame[i] = before.frame[(this.#first + i) % this.#capacity];
    this.#columns = after;
    this.#capacity *= 2;
    this.#first = 0;
  }
}

function columnsOf(capacity: number): Columns {
  return {
    node: new Uint32Array(capacity),
    kind: new Uint8Array(capacity),
    start: new Float64Array(capacity),
    end: new Float64Array(capacity),
    waited: new Float32Array(capacity),
    frame: [],
  };
}
