import type { Json } from '@loom/graph';

/** Names a value that stays where it was computed. Valid until released, or until its executor loses it. */
export interface ValueRef {
  /** The executor that holds the value. */
  readonly executor: string;
  /** Unique within that executor, never reused. */
  readonly handle: string;
}

/**
 * A bounded picture of a value: a MIME bundle by the Jupyter conventions. `data` has a form for each MIME type that the
 * value offers, the best first; texts are strings, images base64 strings, JSON types plain JSON.
 *
 * Loom's own types: `application/vnd.loom.table+json` is a {@link TablePage}; `application/vnd.loom.tree+json` is a
 * bounded JSON tree in which a cut is an object `{"$cut": n}`, n being how much is missing,
 * and `{"$text": "nan"}` stands for a value that JSON does not have; `application/vnd.loom.file+json` is
 * `{name, type, size}` of a file; `application/vnd.loom.gallery+json` is `{items, total}` of a list whose items have looks of
 * their own: the forms of each of the first items by MIME type.
 */
export interface Preview {
  readonly data: Readonly<Record<string, Json>>;
  /** True when something was left out to stay within the bound. */
  readonly truncated: boolean;
}

/** A page of a table: columns with their types, and rows as arrays of JSON cells. */
export interface TablePage {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Json[])[];
  /** Rows of the whole table; of an arranged one, those that its filters left. */
  readonly total: number;
  /** Index of the first row of this page. */
  readonly offset: number;
  /** Set when the rows were sorted or filtered as asked. */
  readonly arranged?: true;
}

/** What is known of an output without moving it. */
export interface OutputSummary {
  readonly ref: ValueRef;
  /** The value's own type, for people: `list[dict]`, `int`, `DataFrame`. */
  readonly typeName: string;
  /** Shape or size for people, such as `344 × 7`; absent where there is none. */
  readonly shape?: string;
  readonly preview: Preview;
  /** About how much memory the value takes, where the executor knows. */
  readonly bytes?: number;
  /** True for what gives items over time: they are taken with {@link Executor.take}, once and in order. */
  readonly isStream?: boolean;
}

/** Bytes beside a head. A `Blob` is a file that nobody has read yet: it travels without what is in it. */
export type PortableBuffer = ArrayBuffer | Blob;

/**
 * A value on the move between executors: a JSON head, and raw buffers that the head points into. Buffers are
 * transferred, not copied, where the carrier can. The tags of the head are described at {@link encodePortable}.
 */
export interface Portable {
  readonly head: string;
  readonly buffers: readonly PortableBuffer[];
}
