import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { KeyTable } from './keys.js';
import type { RunRecord } from './run-record.js';

/** Runs of so many nodes are kept as a whole: a note for each of their results would cost more than the nodes themselves. */
export const LARGE_RUN = 256;

/** Large runs that are looked through for older results. */
const MAX_RECORDS = 32;

/** Records of large runs whose results are not the newest any more, though they are kept. In the order of their runs. */
export class RecordShelf {
  readonly records: RunRecord[] = [];

  /** The record that has to make room for another; undefined while there is room. */
  get surplus(): RunRecord | undefined {
    return this.records.length < MAX_RECORDS ? undefined : this.records[0];
  }

  add(record: RunRecord, kept: Uint8Array): void {
    record.kept = kept;
    let place = this.records.length;
    while (place > 0 && (this.records[place - 1] as RunRecord).version > record.version) place--;
    this.records.splice(place, 0, record);
  }

  remove(record: RunRecord): void {
    record.kept = undefined;
    const place = this.records.indexOf(record);
    if (place >= 0) this.records.splice(place, 1);
  }

  /** The newest that has a result with the key of a node; `after` leaves out what is not newer. */
  find(keys: KeyTable, node: number, after: number): RunRecord | undefined {
    for (let i = this.records.length - 1; i >= 0; i--) {
      const record = this.records[i] as RunRecord; // within the bounds of the loop
      if (record.version <= after) return undefined;
      const index = indexIn(record.keys.flow, keys.flow, node);
      if (index >= 0 && record.kept?.[index] === 1 && keys.isSame(node, record.keys, index)) return record;
    }
    return undefined;
  }
}

/** The index that a node has in another flow; -1 where it is not. */
export function indexIn(other: CompiledFlow, flow: CompiledFlow, node: number): number {
  if (other === flow) return node;
  const id = flow.ids[node] as string; // every index has an id
  // Most edits leave nodes where they are.
  return other.ids[node] === id ? node : (other.indexOf.get(id) ?? -1);
}
