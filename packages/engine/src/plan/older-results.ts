import type { RunOrigin } from './run-origin.js';
import type { RunRecord } from './run-record.js';

/** Results of earlier keys that are remembered of each node; the oldest makes room. */
const MAX_OLDER = 16;

/** How a node ended in some run, and what it gave there. */
export interface Execution {
  readonly origin: RunOrigin;
  /** The node, by index in the flow of the origin. */
  readonly index: number;
  /** Undefined when it gave nothing, or the values are gone. */
  readonly record: RunRecord | undefined;
  /** Set when it gave nothing: it was skipped, or there was an error in it or before it. */
  readonly outcome?: 'skipped' | 'failed' | undefined;
}

/** One of {@link OlderResults}. */
export interface OlderResult extends Execution {
  origin: RunOrigin;
  index: number;
  record: RunRecord | undefined;
  outcome: 'skipped' | 'failed' | undefined;
  /** What it counts in the bound of all. */
  bytes: number;
}

/** What a node gave before its newest result, and how it ended without one: the oldest first. */
export class OlderResults {
  readonly entries: OlderResult[] = [];

  /** The entry that has to make room for another; undefined while there is room. */
  get surplus(): OlderResult | undefined {
    return this.entries.length < MAX_OLDER ? undefined : this.entries[0];
  }

  /** Takes a new one in; `surplus` must have been let go, and is written over. */
  add(origin: RunOrigin, index: number, outcome: 'skipped' | 'failed' | undefined): OlderResult {
    const { entries } = this;
    const spare = entries.length < MAX_OLDER ? undefined : entries.shift();
    if (!spare) {
      const made: OlderResult = { origin, index, record: undefined, outcome, bytes: 0 };
      entries.push(made);
      return made;
    }
    spare.origin = origin;
    spare.index = index;
    spare.outcome = outcome;
    entries.push(spare);
    return spare;
  }

  find(record: RunRecord, index: number): OlderResult | undefined {
    return this.entries.find((entry) => entry.record === record && entry.index === index);
  }

  remove(entry: OlderResult): void {
    const place = this.entries.indexOf(entry);
    if (place >= 0) this.entries.splice(place, 1);
  }
}
