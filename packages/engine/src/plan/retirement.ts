import { OlderSpace } from './older-space.js';
import type { RunRecord } from './run-record.js';

/** Lets results go that are not kept any more: their handles at once, values with the end of a run. */
export class Retirement {
  readonly space: OlderSpace<RunRecord>;
  /** Records with results that were superseded. */
  #unswept: RunRecord[] = [];

  constructor(cacheBytes: number) {
    this.space = new OlderSpace(cacheBytes);
  }

  drop(record: RunRecord, index: number): void {
    if (record.bits) record.bits[index] = 0;
    record.live--;
    if (record.superseded.length === 0) this.#unswept.push(record);
    record.superseded.push(index);
    record.retire(index);
  }

  sweep(): void {
    for (const record of this.#unswept) record.sweep();
    // What others still use is looked at again.
    this.#unswept = this.#unswept.filter(({ superseded }) => superseded.length > 0);
  }
}
