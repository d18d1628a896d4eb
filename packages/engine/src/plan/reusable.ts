import type { Freshness } from './freshness.js';
import type { ResultCell } from './results.js';
import type { KeptResult } from './run-record.js';

/** A result that can be used again, and where it is kept: it may not be for ever. */
export class Reused {
  readonly result: KeptResult;
  readonly #cell: ResultCell;

  constructor(cell: ResultCell, result: KeptResult) {
    this.#cell = cell;
    this.result = result;
  }

  /** Whether it is still kept. */
  get isKept(): boolean {
    const { record, index } = this.result;
    const { record: newest, index: at, older } = this.#cell;
    if (newest === record && at === index) return true;
    return record.kept?.[index] === 1 || older?.find(record, index) !== undefined;
  }
}

/** The result of a node that holds and whose values are there. */
export function reusable(fresh: Freshness, node: number): Reused | undefined {
  if (!fresh.keys.isKept(node) || !fresh.holds(node)) return undefined;
  const execution = fresh.execution(node);
  if (!execution?.record) return undefined;
  const { record, index } = execution;
  // It may have been made while it was not to be kept.
  if (!record.keys.isKept(index)) return undefined;
  return new Reused(fresh.cells[node] as ResultCell, { record, index }); // every index has a cell
}
