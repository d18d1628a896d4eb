import { OlderSpace } from './older-space.js';
import type { RunRecord } from './run-record.js';

/** Lets results go that are not kept any more: their handles at once, values with the end of a run. */
export class Retirement {
  readonly space: OlderSpace;
  readonly #unswept = new Set<RunRecord>();
  #last: RunRecord | undefined;

  constructor(cacheBytes: number) {
    this.space = new OlderSpace(cacheBytes);
  }

  drop(record: RunRecord, index: number): void {
    if (record.bits) record.bits[index] = 0;
    record.live--;
    record.superseded.push(index);
    record.retire(index);
    if (record === this.#last) return;
    this.#last = record;
    this.#unswept.add(record);
  }

  sweep(): void {
    this.#last = undefined;
    for (const record of this.#unswept) {
      record.sweep();
      // What others still use is looked at again.
      if (record.superseded.length === 0) this.#unswept.delete(record);
    }
  }
}
