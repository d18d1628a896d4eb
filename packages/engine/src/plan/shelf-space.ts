import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { OlderResult } from './older-results.js';
import type { RunRecord } from './run-record.js';

/** What an older result takes beside its values. */
const ENTRY_BYTES = 96;

/** What a flow takes for each of its nodes: the results of a run hold on to the flow that it ran. */
const FLOW_NODE_BYTES = 256;

/** How much memory older results take, and which of them to let go of: those of the run that was used least recently. */
export class ShelfSpace {
  readonly #limit: number;
  #bytes = 0;
  /** In the order of use. */
  readonly #records = new Set<RunRecord>();
  readonly #whole = new Map<RunRecord, number>();
  readonly #flows = new Map<CompiledFlow, number>();
  #last: RunRecord | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Takes one older result in. */
  enter(entry: OlderResult, record: RunRecord): void {
    entry.record = record;
    entry.bytes = ENTRY_BYTES + record.bytesOf(entry.index);
    this.#bytes += entry.bytes;
    if (record.shelved++ === 0 && !record.kept) this.#countFlow(record, 1);
    this.#touch(record);
  }

  leave(entry: OlderResult): void {
    const { record } = entry;
    if (!record) return;
    this.#bytes -= entry.bytes;
    entry.bytes = 0;
    entry.record = undefined;
    if (--record.shelved === 0 && !record.kept) this.#forget(record);
  }

  /** Takes a record in as a whole. */
  enterWhole(record: RunRecord, bytes: number): void {
    if (record.shelved === 0) this.#countFlow(record, 1);
    this.#bytes += bytes;
    this.#whole.set(record, bytes);
    this.#touch(record);
  }

  leaveWhole(record: RunRecord): void {
    this.#bytes -= this.#whole.get(record) ?? 0;
    this.#whole.delete(record);
    if (record.shelved === 0) this.#forget(record);
  }

  /** Asks to let go of records until the rest is within the limit. */
  shrink(letGo: (record: RunRecord) => void): void {
    while (this.#bytes > this.#limit) {
      const [record] = this.#records;
      if (!record) return;
      letGo(record);
      // What could not be found is not there any more.
      this.#records.delete(record);
    }
  }

  #touch(record: RunRecord): void {
    if (record === this.#last) return;
    this.#last = record;
    // It was in use until now.
    this.#records.delete(record);
    this.#records.add(record);
  }

  #forget(record: RunRecord): void {
    this.#countFlow(record, -1);
    this.#records.delete(record);
    if (this.#last === record) this.#last = undefined;
  }

  #countFlow({ keys: { flow } }: RunRecord, change: 1 | -1): void {
    const before = this.#flows.get(flow) ?? 0;
    if (before + change === 0) this.#flows.delete(flow);
    else this.#flows.set(flow, before + change);
    if (before === 0 || before + change === 0) this.#bytes += change * FLOW_NODE_BYTES * flow.ids.length;
  }
}
