import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { RunRecord } from './run-record.js';

/** What an older result takes beside its values. */
export const ENTRY_BYTES = 96;

/** What a flow takes for each of its nodes: the results of a run hold on to the flow that it ran. */
const FLOW_NODE_BYTES = 256;

/** How much memory older results take, and which of them to let go of: those of the run that was used least recently. */
export class OlderSpace {
  readonly #limit: number;
  #total = 0;
  /** In the order of use, with what they count. */
  readonly #bytes = new Map<RunRecord, number>();
  readonly #flows = new Map<CompiledFlow, number>();
  #last: RunRecord | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  has(record: RunRecord): boolean {
    return this.#bytes.has(record);
  }

  /** Results of a record are older ones now: these came last into use. */
  add(record: RunRecord, bytes: number): void {
    const before = this.#bytes.get(record);
    if (before === undefined) this.#countFlow(record, 1);
    if (record !== this.#last) {
      this.#bytes.delete(record);
      this.#last = record;
    }
    this.#bytes.set(record, (before ?? 0) + bytes);
    this.#total += bytes;
  }

  subtract(record: RunRecord, bytes: number): void {
    const before = this.#bytes.get(record);
    if (before === undefined) return;
    if (bytes >= before) {
      this.remove(record);
      return;
    }
    this.#bytes.set(record, before - bytes);
    this.#total -= bytes;
  }

  remove(record: RunRecord): void {
    const before = this.#bytes.get(record);
    if (before === undefined) return;
    this.#bytes.delete(record);
    this.#total -= before;
    this.#countFlow(record, -1);
    if (this.#last === record) this.#last = undefined;
  }

  /** To be let go of last. */
  touch(record: RunRecord): void {
    if (record !== this.#last && this.#bytes.has(record)) this.add(record, 0);
  }

  /** Asks to let go of records until the rest is within the limit. */
  shrink(letGo: (record: RunRecord) => void): void {
    while (this.#total > this.#limit) {
      const [record] = this.#bytes.keys();
      if (!record) return;
      letGo(record);
      // What is left of it is needed.
      this.remove(record);
    }
  }

  #countFlow({ keys: { flow } }: RunRecord, change: 1 | -1): void {
    const before = this.#flows.get(flow) ?? 0;
    if (before + change === 0) this.#flows.delete(flow);
    else this.#flows.set(flow, before + change);
    if (before === 0 || before + change === 0) this.#total += change * FLOW_NODE_BYTES * flow.ids.length;
  }
}
