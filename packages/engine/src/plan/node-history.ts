import type { RunOrigin } from './run-origin.js';
import type { RunRecord } from './run-record.js';

/** Results that are noted of each node, and ends without one; the oldest makes room. */
const MAX_ENTRIES = 16;

/** How a node ended in some run, and what it gave there. */
export interface Execution {
  readonly origin: RunOrigin;
  /** The node, by index in the flow of the origin. */
  readonly index: number;
  /** Undefined when it gave nothing, or the values are gone. */
  readonly record: RunRecord | undefined;
  /** Set when it gave nothing: it was skipped, or there was an error in it or before it. */
  readonly outcome: 'skipped' | 'failed' | undefined;
}

/** A result of a node. */
export interface NotedResult extends Execution {
  origin: RunOrigin;
  index: number;
  record: RunRecord;
  readonly outcome: undefined;
  /** What it counts among older results; 0 for the one that was used last. */
  olderBytes: number;
}

/** How a node ended in runs of few nodes, each time with another key. */
export class NodeHistory {
  /** What was used last comes last. */
  readonly results: NotedResult[] = [];
  /** Without results, or with some that are gone. */
  readonly ends: Execution[] = [];

  get last(): NotedResult | undefined {
    return this.results[this.results.length - 1];
  }

  get isEmpty(): boolean {
    return this.results.length === 0 && this.ends.length === 0;
  }

  /** The result that has to make room for another; undefined while there is room. */
  get surplus(): NotedResult | undefined {
    return this.results.length < MAX_ENTRIES ? undefined : this.results[0];
  }

  /** Takes a new one in; `surplus` must have been let go, and is written over. */
  add(record: RunRecord, index: number): void {
    const { results } = this;
    const spare = results.length < MAX_ENTRIES ? undefined : results.shift();
    if (spare) {
      spare.origin = record.origin;
      spare.index = index;
      spare.record = record;
      spare.olderBytes = 0;
      results.push(spare);
    } else {
      results.push({ origin: record.origin, index, record, outcome: undefined, olderBytes: 0 });
    }
  }

  addEnd(end: Execution): void {
    if (this.ends.length >= MAX_ENTRIES) this.ends.shift();
    this.ends.push(end);
  }

  find(record: RunRecord, index: number): NotedResult | undefined {
    return this.results.find((result) => result.record === record && result.index === index);
  }

  remove(result: NotedResult): void {
    const place = this.results.indexOf(result);
    if (place >= 0) this.results.splice(place, 1);
  }

  removeEnd(end: Execution): void {
    const place = this.ends.indexOf(end);
    if (place >= 0) this.ends.splice(place, 1);
  }
}
