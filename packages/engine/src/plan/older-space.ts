import type { CompiledFlow } from '../flow/compiled-flow.js';

/** What an older result takes beside its values. */
export const ENTRY_BYTES = 96;

/** What a flow takes for each of its nodes: the results of a run hold on to the flow that it ran. */
const FLOW_NODE_BYTES = 256;

/** What a record counts, between those that were used before it and after it. */
export interface OlderEntry<Spaced> {
  readonly record: Spaced;
  bytes: number;
  before: OlderEntry<Spaced> | undefined;
  after: OlderEntry<Spaced> | undefined;
}

/** A record that may have older results. */
interface Spaced<Self> {
  readonly keys: { readonly flow: CompiledFlow };
  /** What it counts, when it has some. */
  older: OlderEntry<Self> | undefined;
}

/**
 * How much memory older results take, and which of them to let go of: those of the run that was used least recently.
 *
 * A list of links rather than a map: where keys come and go with each run, the tables of a map hold on to one another until all
 * garbage is collected.
 */
export class OlderSpace<RunRecord extends Spaced<RunRecord>> {
  readonly #limit: number;
  #total = 0;
  /** In the order of use. */
  #first: OlderEntry<RunRecord> | undefined;
  #last: OlderEntry<RunRecord> | undefined;
  readonly #flows = new Map<CompiledFlow, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  has(record: RunRecord): boolean {
    return record.older !== undefined;
  }

  /** Results of a record are older ones now: these came last into use. */
  add(record: RunRecord, bytes: number): void {
    let entry = record.older;
    if (!entry) {
      this.#countFlow(record, 1);
      entry = { record, bytes: 0, before: undefined, after: undefined };
      record.older = entry;
      this.#append(entry);
    } else if (entry !== this.#last) {
      this.#unlink(entry);
      this.#append(entry);
    }
    entry.bytes += bytes;
    this.#total += bytes;
  }

  subtract(record: RunRecord, bytes: number): void {
    const entry = record.older;
    if (!entry) return;
    if (bytes >= entry.bytes) {
      this.remove(record);
      return;
    }
    entry.bytes -= bytes;
    this.#total -= bytes;
  }

  remove(record: RunRecord): void {
    const entry = record.older;
    if (!entry) return;
    record.older = undefined;
    this.#unlink(entry);
    this.#total -= entry.bytes;
    this.#countFlow(record, -1);
  }

  /** To be let go of last. */
  touch(record: RunRecord): void {
    if (record.older) this.add(record, 0);
  }

  /** Asks to let go of records until the rest is within the limit. */
  shrink(letGo: (record: RunRecord) => void): void {
    while (this.#total > this.#limit && this.#first) {
      const { record } = this.#first;
      letGo(record);
      // What is left of it is needed.
      this.remove(record);
    }
  }

  #append(entry: OlderEntry<RunRecord>): void {
    entry.before = this.#last;
    if (this.#last) this.#last.after = entry;
    else this.#first = entry;
    this.#last = entry;
  }

  #unlink(entry: OlderEntry<RunRecord>): void {
    const { before, after } = entry;
    if (before) before.after = after;
    else this.#first = after;
    if (after) after.before = before;
    else this.#last = before;
    entry.before = undefined;
    entry.after = undefined;
  }

  #countFlow({ keys: { flow } }: RunRecord, change: 1 | -1): void {
    const before = this.#flows.get(flow) ?? 0;
    if (before + change === 0) this.#flows.delete(flow);
    else this.#flows.set(flow, before + change);
    if (before === 0 || before + change === 0) this.#total += change * FLOW_NODE_BYTES * flow.ids.length;
  }
}
