import type { NodeId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { ValueRef } from '../value.js';
import { indexIn } from './index-in.js';
import type { KeyTable } from './keys.js';
import { allBits, LARGE_RUN, LargeRuns } from './large-runs.js';
import type { Execution } from './node-history.js';
import { NodeNotes } from './node-notes.js';
import { Retirement } from './retirement.js';
import { RunJournal } from './run-journal.js';
import type { RunOrigin } from './run-origin.js';
import { type KeptResult, type RecordOptions, RunRecord } from './run-record.js';

/** Bytes of older results that are kept when nothing else is asked for. */
const CACHE_BYTES = 256 * 1024 * 1024;

/** Nodes without a result that have left something. */
const MAX_LEFTOVERS = 1_000;

export interface ResultStoreOptions {
  /** Bytes of older results that are kept, estimated. @default 256 MiB */
  readonly cacheBytes?: number | undefined;
}

/**
 * The newest result of each node, so that a run of a part takes what it needs from before, and within a bound those of
 * earlier keys, so that undo finds them again. Values that are not kept any more are let go as soon as no run uses them.
 *
 * Results of large runs stay in the records of these, all together; those of small ones are noted by node. A large flow
 * that runs again and again has nothing to do for each node but to say that there is a result.
 */
export class ResultStore {
  readonly journal = new RunJournal();
  readonly #retirement: Retirement;
  readonly #large: LargeRuns;
  readonly #notes: NodeNotes;
  readonly #leftovers = new Map<NodeId, () => void>();
  readonly #release: (refs: readonly ValueRef[]) => void;
  #version = 0;
  #epoch = 0;
  /** The newest run that there is a note of. */
  #noted = 0;

  constructor(release: (refs: readonly ValueRef[]) => void, { cacheBytes = CACHE_BYTES }: ResultStoreOptions = {}) {
    this.#release = release;
    this.#retirement = new Retirement(cacheBytes);
    this.#large = new LargeRuns(this.#retirement);
    this.#notes = new NodeNotes(this.#retirement);
  }

  /** The version of the newest run. */
  get version(): number {
    return this.#version;
  }

  /** Counts how often everything was forgotten. */
  get epoch(): number {
    return this.#epoch;
  }

  /** For the results of a run. */
  open(options: RecordOptions): RunRecord {
    const record = new RunRecord(++this.#version, options, this.#release);
    this.journal.add(record.origin);
    if (options.nodes.length >= LARGE_RUN) this.#large.open(record);
    return record;
  }

  /** Makes a result the newest of its node. */
  keep(record: RunRecord, index: number): void {
    const { bits, before } = record;
    record.live++;
    if (bits === undefined) {
      this.#note(record, index);
      return;
    }
    bits[index] = 1;
    if (before !== undefined && before.bits?.[index] === 1) this.#retirement.drop(before, index);
  }

  /** The same for all nodes of a run. */
  keepAll(record: RunRecord): void {
    const { bits, before, origin } = record;
    if (bits === undefined || before !== undefined) {
      for (const node of origin.nodes) this.keep(record, node);
      return;
    }
    bits.set(allBits(record));
    record.live += origin.nodes.length;
  }

  /** What a node began to give did not come to its end. */
  takeBack(record: RunRecord, index: number): void {
    if (record.bits?.[index] === 1) this.#retirement.drop(record, index);
    else if (!record.bits) this.#notes.takeBack(record, index);
  }

  /** Notes that a node gave nothing in a run: what it gave before with this key is not the newest of it any more. */
  ended(origin: RunOrigin, index: number, outcome: 'skipped' | 'failed'): void {
    this.#noted = origin.version;
    this.#notes.end(origin, index, outcome, this.find(origin.keys, index));
  }

  /** How a node ended last with the key that it has in a table. */
  find(keys: KeyTable, node: number): Execution | undefined {
    const noted = this.#notes.find(keys, node);
    const record = this.#large.find(keys, node, noted?.origin.version ?? 0);
    return record ? inRecord(record, keys.flow, node) : noted;
  }

  /** The newest result of a node with any key. */
  newest(flow: CompiledFlow, node: number): Execution | undefined {
    const noted = this.#notes.of(flow, node)?.last;
    const record = this.#large.newest(flow, node);
    return record && record.version > (noted?.origin.version ?? 0) ? inRecord(record, flow, node) : noted;
  }

  /** How a node ended last, with any key and whether or not it gave something. */
  lastEnd(flow: CompiledFlow, node: number): Execution | undefined {
    const newest = this.newest(flow, node);
    const end = this.#notes.of(flow, node)?.ends.at(-1);
    return end && end.origin.version > (newest?.origin.version ?? 0) ? end : newest;
  }

  isKept({ record, index }: KeptResult): boolean {
    if (record.bits) return record.bits[index] === 1;
    return this.#notes.of(record.keys.flow, index)?.find(record, index) !== undefined;
  }

  /** A run uses results from before. */
  use(results: Iterable<KeptResult>): void {
    let last: RunRecord | undefined;
    for (const { record, index } of results) {
      if (!record.bits) this.#notes.use(record, index);
      if (record === last) continue;
      last = record;
      record.usedAt = this.#version;
      this.#retirement.space.touch(record);
    }
  }

  /** A run is over. Lets values go of results that are not kept any more. */
  close(record: RunRecord): void {
    if (record.bits) {
      const since = this.#large.settle(record);
      if (this.#noted > since) this.#notes.settle(record);
    }
    const { surplus } = this.#large;
    if (surplus) this.#scatter(surplus);
    this.#retirement.space.shrink((old) => this.#dropOlder(old));
    this.#retirement.sweep();
  }

  /** Keeps what a node without a result has left, until it has something else, or others have left more. */
  leave(node: NodeId, letGo?: () => void): void {
    this.#leftovers.get(node)?.();
    this.#leftovers.delete(node);
    if (!letGo) return;
    this.#leftovers.set(node, letGo);
    const [oldest] = this.#leftovers.keys();
    if (this.#leftovers.size > MAX_LEFTOVERS && oldest !== undefined) this.leave(oldest);
  }

  forgetAll(): void {
    for (const node of [...this.#leftovers.keys()]) this.leave(node);
    this.#epoch++;
    this.#notes.forgetAll();
    for (const record of [...this.#large.records]) this.#large.dropAll(record);
    this.#retirement.sweep();
  }

  /** Drops the results whose values are gone, and names their nodes. */
  lose(executor: string, handles: ReadonlySet<string> | 'all'): NodeId[] {
    const isLost = (record: RunRecord, index: number): boolean =>
      record.refsOf(index).some((ref) => ref.executor === executor && (handles === 'all' || handles.has(ref.handle)));
    const lost = new Set(this.#notes.lose(isLost));
    for (const record of this.#large.records) {
      if (!record.hasHandles) continue;
      const { keys, origin } = record;
      for (const index of origin.nodes) {
        if (record.bits?.[index] !== 1 || !isLost(record, index)) continue;
        if (this.newest(keys.flow, index)?.record === record) lost.add(keys.flow.ids[index] as NodeId); // every index has an id
        this.#retirement.drop(record, index);
        // What was made of it is as good as it was, so it stays known how it came about.
        this.#notes.addEnd({ origin, index, record: undefined, outcome: undefined });
      }
    }
    this.#noted = this.#version;
    this.#retirement.sweep();
    return [...lost];
  }

  #note(record: RunRecord, index: number): void {
    record.origin.outcomes++;
    this.#noted = record.version;
    if (this.#notes.replace(record, index)) return;
    const { keys } = record;
    const noted = this.#notes.of(keys.flow, index)?.last?.origin.version ?? 0;
    const newest = this.#large.newest(keys.flow, index);
    if (Math.max(noted, newest?.version ?? 0) > record.version) {
      this.#noteLate(record, index);
      return;
    }
    if (newest) this.#large.yieldTo(keys, index, newest.version > noted ? newest : undefined);
    this.#notes.add(record, index);
  }

  /** A newer run has got a result of the node already. */
  #noteLate(record: RunRecord, index: number): void {
    const same = this.find(record.keys, index);
    if (same && same.origin.version > record.version) this.#retirement.drop(record, index);
    else this.#notes.insert(record, index);
  }

  /** There are too many large runs: what is needed of one of them is noted by node, when it is little. */
  #scatter(record: RunRecord): void {
    this.#dropOlder(record);
    if (!record.bits || record.live >= LARGE_RUN) return;
    for (const index of this.#large.giveUp(record)) this.#notes.insert(record, index);
    this.#noted = this.#version;
  }

  #dropOlder(record: RunRecord): void {
    const { flow } = record.keys;
    if (record.bits) {
      this.#large.dropOlder(record, (index) => (this.#notes.of(flow, index)?.last?.record.usedAt ?? 0) > record.usedAt);
      return;
    }
    this.#notes.dropOlder(record, ({ index }) => (this.#large.newest(flow, index)?.version ?? 0) < record.usedAt);
  }
}

function inRecord(record: RunRecord, flow: CompiledFlow, node: number): Execution {
  return { origin: record.origin, index: indexIn(record.keys.flow, flow, node), record, outcome: undefined };
}
