import type { NodeId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { ValueRef } from '../value.js';
import { isFedAlike } from './fed-alike.js';
import { givenNodes } from './given.js';
import type { KeyTable } from './keys.js';
import { type Execution, type OlderResult, OlderResults } from './older-results.js';
import { indexIn, LARGE_RUN, RecordShelf } from './record-shelf.js';
import { RunJournal } from './run-journal.js';
import type { RunOrigin } from './run-origin.js';
import { type KeptResult, type RecordOptions, RunRecord } from './run-record.js';
import { ShelfSpace } from './shelf-space.js';

/** Nodes whose results are known at once. Those that came first go first: a flow that loses nodes must not keep theirs for ever. */
const MAX_NODES = 200_000;

/** Bytes of older results that are kept when nothing else is asked for. */
const CACHE_BYTES = 256 * 1024 * 1024;

/** The place of a node's newest result, so that runs of a flow look their nodes up by name only once. */
export interface ResultCell {
  readonly node: NodeId;
  /** The run that it comes from, and the index of the node there; without a record the values are gone. */
  record: RunRecord | undefined;
  origin: RunOrigin | undefined;
  index: number;
  /** False when it had to make room for others. */
  isListed: boolean;
  older: OlderResults | undefined;
}

export interface ResultStoreOptions {
  /** Bytes of older results that are kept, estimated. @default 256 MiB */
  readonly cacheBytes?: number | undefined;
}

/** Nodes without a result that have left something. */
const MAX_LEFTOVERS = 1_000;

/**
 * The newest result of each node, so that a run of a part takes what it needs from before, and within a bound those of
 * earlier keys, so that undo finds them again. Values that are not kept any more are let go as soon as no run uses them.
 */
export class ResultStore {
  readonly #leftovers = new Map<NodeId, () => void>();
  readonly journal = new RunJournal();
  readonly #cells = new Map<NodeId, ResultCell>();
  readonly #cellsOfFlow = new WeakMap<CompiledFlow, ResultCell[]>();
  readonly #release: (refs: readonly ValueRef[]) => void;
  readonly #space: ShelfSpace;
  readonly #shelf = new RecordShelf();
  /** Records with results that are not kept any more. */
  readonly #unswept = new Set<RunRecord>();
  #lastUnswept: RunRecord | undefined;
  #version = 0;
  #epoch = 0;

  constructor(release: (refs: readonly ValueRef[]) => void, { cacheBytes = CACHE_BYTES }: ResultStoreOptions = {}) {
    this.#release = release;
    this.#space = new ShelfSpace(cacheBytes);
  }

  /** The version of the newest run. */
  get version(): number {
    return this.#version;
  }

  /** Counts how often everything was forgotten. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The newest result of a node, if its values are there. */
  get(node: NodeId): KeptResult | undefined {
    const cell = this.#cells.get(node);
    return cell?.record && { record: cell.record, index: cell.index };
  }

  /** For the results of a run. */
  open(options: Omit<RecordOptions, 'version'>): RunRecord {
    const record = new RunRecord({ ...options, version: ++this.#version }, this.#release);
    this.journal.add(record.origin);
    return record;
  }

  /** The places of a flow's nodes, by index. */
  cells(flow: CompiledFlow): readonly ResultCell[] {
    let cells = this.#cellsOfFlow.get(flow);
    if (!cells) {
      cells = flow.ids.map((node) => this.#cells.get(node) ?? this.#list(emptyCell(node)));
      this.#cellsOfFlow.set(flow, cells);
    }
    return cells;
  }

  /** How a node ended last with the key that it has in a table. */
  find(cell: ResultCell, keys: KeyTable, node: number): Execution | undefined {
    const { origin, older } = cell;
    let found: Execution | undefined;
    if (origin && (origin.keys === keys ? cell.index === node : keys.isSame(node, origin.keys, cell.index))) {
      found = cell as Execution; // it has an origin
    }
    if (older) {
      for (const entry of older.entries) {
        if (found && entry.origin.version <= found.origin.version) continue;
        if (keys.isSame(node, entry.origin.keys, entry.index)) found = entry;
      }
    }
    if (this.#shelf.records.length === 0) return found;
    const record = this.#shelf.find(keys, node, found?.origin.version ?? 0);
    return record ? { origin: record.origin, index: indexIn(record.keys.flow, keys.flow, node), record } : found;
  }

  /** Makes a result the newest of its node. */
  keep(place: ResultCell, record: RunRecord, index: number): void {
    const cell = this.#listed(place);
    const before = cell.record;
    if (before !== undefined) {
      if (before.keys === record.keys) this.#drop(before, cell.index);
      else this.#supersede(cell, before, record, index);
    }
    cell.record = record;
    cell.origin = record.origin;
    cell.index = index;
    if (record.kept) record.kept[index] = 1;
    record.live++;
    record.origin.outcomes++;
  }

  /** Notes that a node gave nothing in a run: what it gave before with this key is not the newest of it any more. */
  ended(place: ResultCell, origin: RunOrigin, index: number, outcome: 'skipped' | 'failed'): void {
    const cell = this.#listed(place);
    const before = outcome === 'skipped' ? this.find(cell, origin.keys, index) : undefined;
    if (before?.outcome === 'skipped' && isFedAlike(before, origin, index)) {
      // Skipped by the same as before, it is as it was.
      origin.take(index, before.origin.version);
      return;
    }
    origin.outcomes++;
    if (outcome === 'failed') origin.fail(index);
    const known = cell.older?.entries.find(
      (entry) => entry.outcome !== undefined && origin.keys.isSame(index, entry.origin.keys, entry.index),
    );
    if (known) cell.older?.remove(known);
    this.#addOlder(cell, origin, index, outcome);
  }

  /** A run uses a result: an older one becomes the newest again. */
  use(place: ResultCell, { record, index }: KeptResult): void {
    if (place.record === record && place.index === index) return;
    const cell = this.#listed(place);
    const entry = cell.older?.find(record, index);
    // When it is not kept any more, the run holds on to it.
    if (!entry && record.kept?.[index] !== 1) return;
    if (entry) {
      this.#space.leave(entry);
      cell.older?.remove(entry);
    }
    if (cell.record) this.#shelve(cell, cell.record, record);
    cell.record = record;
    cell.origin = record.origin;
    cell.index = index;
  }

  /** Lets values go of results that are not kept any more. */
  sweep(): void {
    this.#space.shrink((record) => this.#dropOlder(record));
    this.#lastUnswept = undefined;
    for (const record of this.#unswept) {
      record.sweep();
      if (record.superseded.length === 0) this.#unswept.delete(record);
    }
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
    for (const cell of this.#cells.values()) this.#forget(cell);
    for (const record of [...this.#shelf.records]) this.#dropWhole(record);
    this.sweep();
  }

  /** Drops the results whose values are gone, and names their nodes. */
  lose(executor: string, handles: ReadonlySet<string> | 'all'): NodeId[] {
    const lost: NodeId[] = [];
    const isLost = (record: RunRecord | undefined, index: number): boolean =>
      record
        ?.refsOf(index)
        .some((ref) => ref.executor === executor && (handles === 'all' || handles.has(ref.handle))) ?? false;
    for (const cell of this.#cells.values()) {
      const { older, record } = cell;
      for (const entry of [...(older?.entries ?? [])]) {
        if (!isLost(entry.record, entry.index)) continue;
        this.#letGo(entry);
        older?.remove(entry);
      }
      if (!record || !isLost(record, cell.index)) continue;
      lost.push(cell.node);
      this.#drop(record, cell.index);
      // What was made of it is as good as it was, so it stays known how it came about.
      cell.record = undefined;
    }
    for (const record of this.#shelf.records) {
      for (const node of record.origin.nodes) {
        if (record.kept?.[node] === 1 && isLost(record, node)) this.#drop(record, node);
      }
    }
    this.sweep();
    return lost;
  }

  #listed(place: ResultCell): ResultCell {
    return place.isListed ? place : (this.#cells.get(place.node) ?? this.#list(place));
  }

  #list(cell: ResultCell): ResultCell {
    cell.isListed = true;
    this.#cells.set(cell.node, cell);
    if (this.#cells.size > MAX_NODES) {
      const [oldest] = this.#cells.values();
      if (oldest) {
        this.#cells.delete(oldest.node);
        oldest.isListed = false;
        this.#forget(oldest);
      }
    }
    return cell;
  }

  #forget(cell: ResultCell): void {
    if (cell.record) this.#drop(cell.record, cell.index);
    cell.record = undefined;
    cell.origin = undefined;
    for (const entry of cell.older?.entries ?? []) this.#letGo(entry);
    cell.older = undefined;
  }

  /** A result of other keys takes the place of the newest, which is kept beside it unless it is of no use. */
  #supersede(cell: ResultCell, before: RunRecord, record: RunRecord, index: number): void {
    const { keys } = record;
    if (this.#mayRepeat(record)) this.#dropSame(cell, keys, index);
    const isSame = keys.isSame(index, before.keys, cell.index);
    if (!isSame && before.keys.isKept(cell.index)) {
      this.#shelve(cell, before, record);
      return;
    }
    // That it was executed is worth knowing for what was made of it.
    if (!isSame) this.#addOlder(cell, before.origin, cell.index, undefined);
    this.#drop(before, cell.index);
  }

  /** Keeps what a cell has beside what comes in its place. */
  #shelve(cell: ResultCell, before: RunRecord, after: RunRecord): void {
    if (before.kept?.[cell.index] === 1) return;
    if (before.origin.nodes.length >= LARGE_RUN && after.origin.nodes.length >= LARGE_RUN) {
      this.#shelveWhole(before);
      return;
    }
    this.#space.enter(this.#addOlder(cell, before.origin, cell.index, undefined), before);
  }

  #addOlder(cell: ResultCell, origin: RunOrigin, index: number, outcome: OlderResult['outcome']): OlderResult {
    cell.older ??= new OlderResults();
    const { surplus } = cell.older;
    if (surplus) this.#letGo(surplus);
    return cell.older.add(origin, index, outcome);
  }

  #shelveWhole(record: RunRecord): void {
    const { surplus } = this.#shelf;
    if (surplus) this.#dropWhole(surplus);
    const { flow } = record.keys;
    const cells = this.cells(flow);
    const kept = new Uint8Array(flow.ids.length);
    let bytes = 0;
    for (const node of record.origin.nodes) {
      const cell = cells[node] as ResultCell; // every index has a cell
      if (cell.record !== record || cell.index !== node) continue;
      kept[node] = 1;
      bytes += record.bytesOf(node);
    }
    this.#shelf.add(record, kept);
    this.#space.enterWhole(record, bytes);
  }

  /** Lets all of a record go that is not the newest. */
  #dropWhole(record: RunRecord): void {
    const { kept } = record;
    if (!kept) return;
    const cells = this.cells(record.keys.flow);
    for (const node of record.origin.nodes) {
      const cell = cells[node] as ResultCell; // every index has a cell
      if (kept[node] === 1 && (cell.record !== record || cell.index !== node)) this.#drop(record, node);
    }
    this.#shelf.remove(record);
    this.#space.leaveWhole(record);
  }

  /** Of results with the same key only the newest is worth its place. */
  #dropSame({ older }: ResultCell, keys: KeyTable, node: number): void {
    const isSame = (entry: OlderResult): boolean => keys.isSame(node, entry.origin.keys, entry.index);
    for (const entry of older?.entries.filter(isSame) ?? []) {
      this.#letGo(entry);
      older?.remove(entry);
    }
    const record = this.#shelf.find(keys, node, 0);
    const index = record && indexIn(record.keys.flow, keys.flow, node);
    if (index !== undefined && record?.live) this.#drop(record, index);
  }

  /**
   * Whether older results with the keys of a run may be there. When something is given to a run that nobody has given
   * before, nothing behind it can be there: it is enough to look at the nodes that it is given to.
   */
  #mayRepeat({ keys, origin }: RunRecord): boolean {
    if (origin.mayRepeat === undefined) {
      const cells = this.cells(keys.flow);
      const isThere = (node: number): boolean => {
        const found = this.find(cells[node] as ResultCell, keys, node); // every index has a cell
        return found !== undefined && found.origin !== origin;
      };
      origin.mayRepeat = keys.cone === undefined || givenNodes(keys.given).some(isThere);
    }
    return origin.mayRepeat;
  }

  /** Lets the values of an older result go. */
  #letGo(entry: OlderResult): void {
    const { record } = entry;
    if (!record) return;
    this.#space.leave(entry);
    this.#drop(record, entry.index);
  }

  #dropOlder(record: RunRecord): void {
    this.#dropWhole(record);
    if (record.shelved === 0) return;
    const cells = this.cells(record.keys.flow);
    for (const node of record.origin.nodes) {
      const older = cells[node]?.older;
      const entry = older?.find(record, node);
      if (!older || !entry) continue;
      this.#letGo(entry);
      older.remove(entry);
    }
  }

  #drop(record: RunRecord, index: number): void {
    if (record.kept) record.kept[index] = 0;
    record.live--;
    record.superseded.push(index);
    record.retire(index);
    if (record === this.#lastUnswept) return;
    this.#lastUnswept = record;
    this.#unswept.add(record);
  }
}

function emptyCell(node: NodeId): ResultCell {
  return { node, record: undefined, origin: undefined, index: 0, isListed: true, older: undefined };
}
