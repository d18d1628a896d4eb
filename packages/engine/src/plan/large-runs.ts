import type { CompiledFlow } from '../flow/compiled-flow.js';
import { indexIn } from './index-in.js';
import type { KeyTable } from './keys.js';
import { ENTRY_BYTES } from './older-space.js';
import type { Retirement } from './retirement.js';
import type { RunRecord } from './run-record.js';

/** Runs of so many nodes are kept as a whole: a note for each of their results would cost more than the nodes themselves. */
export const LARGE_RUN = 256;

/** Large runs that are kept while nothing needs them. */
const MAX_RECORDS = 32;

/** Results of large runs: each stays in the record of its run, which knows what of it is kept. */
export class LargeRuns {
  /** In the order of the runs. */
  readonly #records: RunRecord[] = [];
  readonly #retirement: Retirement;

  constructor(retirement: Retirement) {
    this.#retirement = retirement;
  }

  get records(): readonly RunRecord[] {
    return this.#records;
  }

  /** Begins to keep results of a run. */
  open(record: RunRecord): void {
    // In whole words, which are compared at once.
    record.bits = new Uint8Array((record.keys.flow.ids.length + 3) & ~3);
    const before = this.#before(record);
    // What has handles may be large, and is not to be there twice while the run goes on.
    if (before?.hasHandles) record.before = before;
    this.#records.push(record);
  }

  /** The newest that has a result with the key of a node; `after` leaves out what is not newer. */
  find(keys: KeyTable, node: number, after: number): RunRecord | undefined {
    for (let i = this.#records.length - 1; i >= 0; i--) {
      const record = this.#records[i] as RunRecord; // within the bounds of the loop, here and below
      if (record.version <= after) return undefined;
      const index = keptIn(record, keys.flow, node);
      if (index >= 0 && keys.isSame(node, record.keys, index)) return record;
    }
    return undefined;
  }

  /** The newest that has a result of a node, whatever its key. */
  newest(flow: CompiledFlow, node: number): RunRecord | undefined {
    for (let i = this.#records.length - 1; i >= 0; i--) {
      const record = this.#records[i] as RunRecord;
      if (keptIn(record, flow, node) >= 0) return record;
    }
    return undefined;
  }

  /** A small run has a result of a node: one with the same key is of no use any more, and the newest is an older one. */
  yieldTo(keys: KeyTable, node: number, newest: RunRecord | undefined): void {
    const same = this.find(keys, node, 0);
    if (same) this.#retirement.drop(same, indexIn(same.keys.flow, keys.flow, node));
    if (!newest || newest === same) return;
    const index = indexIn(newest.keys.flow, keys.flow, node);
    this.#retirement.space.add(newest, ENTRY_BYTES + newest.bytesOf(index));
  }

  /** A run is over: of results with the same key only the newest is worth its place. Gives the run since which all is known. */
  settle(record: RunRecord): number {
    record.before = undefined;
    const before = this.#before(record);
    // Then that one has met all that was before it.
    const since = before && covers(before, record) ? before.version : 0;
    for (const other of [...this.#records]) {
      if (other === record || other.version < since) continue;
      if (other.version < record.version) this.#supersede(other, record);
      else this.#supersede(record, other);
    }
    if (record.live === 0) this.#remove(record);
    return since;
  }

  /** Lets go of what a run has beside the results that were used last. */
  dropOlder(record: RunRecord, isNoted: (index: number) => boolean): void {
    const { bits, usedAt, keys } = record;
    if (!bits) return;
    const newer = this.#records.filter((other) => other.usedAt > usedAt);
    if (newer.some((other) => covers(other, record))) {
      this.dropAll(record);
      return;
    }
    for (const index of record.origin.nodes) {
      if (bits[index] !== 1) continue;
      const isOlder = isNoted(index) || newer.some((other) => keptIn(other, keys.flow, index) >= 0);
      if (isOlder) this.#retirement.drop(record, index);
    }
    if (record.live === 0) this.#remove(record);
  }

  /** The one that was used least recently, when there are too many. */
  get surplus(): RunRecord | undefined {
    if (this.#records.length <= MAX_RECORDS) return undefined;
    let least: RunRecord | undefined;
    for (const record of this.#records) {
      if (!record.isOpen && record.usedAt < (least?.usedAt ?? Number.POSITIVE_INFINITY)) least = record;
    }
    return least;
  }

  /** Gives the results of a run up, which others note one by one. */
  giveUp(record: RunRecord): number[] {
    const nodes = Array.from(record.origin.nodes).filter((index) => record.bits?.[index] === 1);
    this.#remove(record);
    record.bits = undefined;
    return nodes;
  }

  dropAll(record: RunRecord): void {
    const { bits, origin } = record;
    // Else the values go by themselves, as a whole.
    const nodes = record.isOpen || record.isUsed ? origin.nodes : record.handled;
    for (const index of nodes) if (bits?.[index] === 1) this.#retirement.drop(record, index);
    record.live = 0;
    if (!record.isOpen) record.bits = undefined;
    this.#remove(record);
  }

  #remove(record: RunRecord): void {
    this.#retirement.space.remove(record);
    if (record.isOpen) return;
    const place = this.#records.indexOf(record);
    if (place >= 0) this.#records.splice(place, 1);
  }

  /** The newest run before another that had the same keys. */
  #before({ keys, version }: RunRecord): RunRecord | undefined {
    return this.#records.findLast((other) => other.keys === keys && other.version < version);
  }

  /** A newer run has results of the same nodes: those with the same keys go, others are older ones now. */
  #supersede(old: RunRecord, now: RunRecord): void {
    const isOwn = old.keys.flow === now.keys.flow;
    const difference = isOwn ? now.keys.differenceFrom(old.keys) : undefined;
    if (isOwn && difference === undefined && covers(now, old)) {
      this.dropAll(old);
      return;
    }
    // The same inputs again and again, with other values each time: nothing is the same behind them, and all else is.
    const isApart = difference !== undefined && now.keys.cone === difference;
    let isMet = false;
    for (const node of isApart ? now.keys.outsideCone(now.origin.nodes) : now.origin.nodes) {
      if (now.bits?.[node] !== 1) continue;
      const index = keptIn(old, now.keys.flow, node);
      if (index < 0) continue;
      if (now.keys.isSame(node, old.keys, index)) this.#retirement.drop(old, index);
      else isMet = true;
    }
    const { space } = this.#retirement;
    if (old.live === 0) this.#remove(old);
    else if (!space.has(old) && (isMet || (isApart && meets(now, old))))
      space.add(old, old.bytesOfAll() + ENTRY_BYTES * old.live);
  }
}

const templates = new WeakMap<Int32Array, Uint8Array>();

/** The bits of a run that has got a result of each of its nodes. */
export function allBits({ origin, keys }: RunRecord): Uint8Array {
  let bits = templates.get(origin.nodes);
  if (!bits) {
    bits = new Uint8Array((keys.flow.ids.length + 3) & ~3);
    for (const node of origin.nodes) bits[node] = 1;
    templates.set(origin.nodes, bits);
  }
  return bits;
}

/** The index under which a large run keeps a result of a node; -1 when it keeps none. */
function keptIn({ bits, keys }: RunRecord, flow: CompiledFlow, node: number): number {
  const index = indexIn(keys.flow, flow, node);
  return index >= 0 && bits?.[index] === 1 ? index : -1;
}

/** Whether two runs keep results of the same node. */
function meets(record: RunRecord, other: RunRecord): boolean {
  const { flow } = record.keys;
  return record.origin.nodes.some((node) => record.bits?.[node] === 1 && keptIn(other, flow, node) >= 0);
}

/** Whether a run has everything that another one of the same flow keeps. */
function covers(record: RunRecord, other: RunRecord): boolean {
  if (!record.bits || !other.bits || record.keys.flow !== other.keys.flow) return false;
  const words = new Int32Array(record.bits.buffer);
  const others = new Int32Array(other.bits.buffer);
  for (let i = 0; i < words.length; i++) if (((others[i] as number) & ~(words[i] as number)) !== 0) return false;
  return true;
}
