import type { NodeId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { ValueRef } from '../value.js';
import type { KeyTable } from './keys.js';
import { type KeptResult, RunRecord } from './run-record.js';
import type { ValueLayout } from './value-layout.js';

/** Nodes whose results are known at once. Those that came first go first: a flow that loses nodes must not keep theirs for ever. */
const MAX_NODES = 200_000;

/** The place of a node's newest result, so that runs of a flow look their nodes up by name only once. */
export interface ResultCell {
  readonly node: NodeId;
  /** The run that it comes from, and the index of the node there. */
  record: RunRecord | undefined;
  index: number;
  /** False when it had to make room for others. */
  isListed: boolean;
}

/**
 * The newest result of each node, so that a run of a part takes what it needs from before. Values of results that were
 * superseded are let go as soon as no run uses them.
 */
export class ResultStore {
  readonly #cells = new Map<NodeId, ResultCell>();
  readonly #cellsOfFlow = new WeakMap<CompiledFlow, readonly ResultCell[]>();
  readonly #release: (refs: readonly ValueRef[]) => void;
  #version = 0;

  constructor(release: (refs: readonly ValueRef[]) => void) {
    this.#release = release;
  }

  get(node: NodeId): KeptResult | undefined {
    const cell = this.#cells.get(node);
    return cell?.record && { record: cell.record, index: cell.index };
  }

  /** For the results of a run; see {@link RunRecord}. */
  open(keys: KeyTable, layout: ValueLayout, values: unknown[]): RunRecord {
    return new RunRecord(++this.#version, keys, layout, values, this.#release);
  }

  /** The places of a flow's nodes, by index. */
  cells(flow: CompiledFlow): readonly ResultCell[] {
    let cells = this.#cellsOfFlow.get(flow);
    if (!cells) {
      cells = flow.ids.map(
        (node) => this.#cells.get(node) ?? this.#list({ node, record: undefined, index: 0, isListed: true }),
      );
      this.#cellsOfFlow.set(flow, cells);
    }
    return cells;
  }

  /** Makes a result the newest of its node; gives the record that had the one before. */
  keep(place: ResultCell, record: RunRecord, index: number): RunRecord | undefined {
    const cell = place.isListed ? place : (this.#cells.get(place.node) ?? this.#list(place));
    const before = cell.record;
    if (before) retire(before, cell.index);
    cell.record = record;
    cell.index = index;
    record.live++;
    return before;
  }

  forgetAll(): void {
    for (const cell of this.#cells.values()) forget(cell);
  }

  /** Drops the results whose values are gone, and names their nodes. */
  lose(executor: string, handles: ReadonlySet<string> | 'all'): NodeId[] {
    const lost: NodeId[] = [];
    for (const cell of this.#cells.values()) {
      const refs = cell.record?.refsOf(cell.index) ?? [];
      if (!refs.some((ref) => ref.executor === executor && (handles === 'all' || handles.has(ref.handle)))) continue;
      lost.push(cell.node);
      forget(cell);
    }
    return lost;
  }

  #list(cell: ResultCell): ResultCell {
    cell.isListed = true;
    this.#cells.set(cell.node, cell);
    if (this.#cells.size > MAX_NODES) {
      const [oldest] = this.#cells.values();
      if (oldest) {
        this.#cells.delete(oldest.node);
        oldest.isListed = false;
        forget(oldest);
      }
    }
    return cell;
  }
}

function forget(cell: ResultCell): void {
  const { record } = cell;
  cell.record = undefined;
  if (!record) return;
  retire(record, cell.index);
  record.sweep();
}

function retire(record: RunRecord, index: number): void {
  record.live--;
  record.superseded.push(index);
  record.retire(index);
}
