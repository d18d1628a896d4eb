import type { PortId } from '@loom/graph';
import type { OutputSummary } from '../../value.js';
import type { Passed } from '../passed.js';

/** In the place of an item that gave nothing, or has not come yet. */
const HOLE = Symbol('hole');

/** What one result of a for-each gathers, by the index of the item, in whatever order they come. */
export class Gathered {
  readonly port: PortId;
  #values: unknown[] = [];
  /** Those of values that executors hold. */
  #summaries: Map<number, OutputSummary> | undefined;

  constructor(port: PortId) {
    this.port = port;
  }

  /** Takes what an iteration gave; it is to be held for this. */
  take(index: number, given: Passed | undefined): void {
    this.takeValue(index, given ? given.value : HOLE);
    if (!given?.summary) return;
    this.#summaries ??= new Map();
    this.#summaries.set(index, given.summary);
  }

  /** Takes a value of this realm. */
  takeValue(index: number, value: unknown): void {
    while (this.#values.length < index) this.#values.push(HOLE);
    this.#values[index] = value;
  }

  /** Whether executors hold some of the values. */
  get isElsewhere(): boolean {
    return this.#summaries !== undefined;
  }

  /** The values in order; those that executors hold are not there. */
  list(): unknown[] {
    return this.#values.includes(HOLE) ? this.#values.filter((value) => value !== HOLE) : this.#values;
  }

  /** The same as they are passed on. */
  passed(): Passed[] {
    return this.#values.flatMap((value, index) =>
      value === HOLE ? [] : [{ value, summary: this.#summaries?.get(index) }],
    );
  }

  /** What is held for this. Nothing is gathered any more. */
  clear(): OutputSummary[] {
    const held = [...(this.#summaries?.values() ?? [])];
    this.#summaries = undefined;
    this.#values = [];
    return held;
  }
}
