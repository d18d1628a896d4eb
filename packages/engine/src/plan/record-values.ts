import type { PortId } from '@loom/graph';
import type { DirectExecution } from '../executor.js';
import { skip } from '../skip.js';
import type { OutputSummary, ValueRef } from '../value.js';
import type { KeyTable } from './keys.js';
import { ELSEWHERE, GONE, NOTHING } from './place-marks.js';
import { bytesOfResult } from './result-size.js';
import type { ValueLayout } from './value-layout.js';

export type Outputs = Readonly<Record<PortId, OutputSummary>>;

/** What the values of a record are made of. */
export interface ValuesOptions {
  /** Where to find the keys of the nodes as they were then. */
  readonly keys: KeyTable;
  readonly layout: ValueLayout;
  /** Has {@link NOTHING} at each place of the layout. What is behind these belongs to who made the list. */
  readonly values: unknown[];
}

/** Where the values of a node are. */
interface Place {
  readonly record: RecordValues;
  /** The node, by index in the flow of the record. */
  readonly index: number;
}

/**
 * What the nodes of one run gave, in one list. Values of direct calls are kept as they are and described when somebody asks;
 * outputs of batches are described by their executors. There is no object for each node: a large flow that runs again and
 * again would be busy with nothing but collecting them.
 */
export abstract class RecordValues {
  /** Where to find the keys of the nodes as they were then. */
  readonly keys: KeyTable;
  readonly layout: ValueLayout;
  /**
   * What was given, at the places of the layout: the value, {@link ELSEWHERE}, or {@link NOTHING}. What is behind these belongs
   * to who made the list.
   */
  readonly values: unknown[];
  /** Whether executors hold some of the values. */
  hasElsewhere = false;
  /** Whether something that was taken over was skipped. */
  #hasSkipped = false;
  // Tables of what few nodes have are made when there is something for them: most runs are short.
  #outputs: Map<number, Outputs> | undefined;
  /** What executors hold of nodes whose outputs are not all in one place, by place. */
  #summaries: Map<number, readonly (OutputSummary | undefined)[]> | undefined;
  /** Values of other records that are used here, and described there: one value has one handle. */
  #taken: Map<number, Place> | undefined;
  #reused: ReadonlyMap<number, Place> | undefined;
  /** Who takes values of this realm in: any of those that are in it will do. */
  #holder: DirectExecution | undefined;
  readonly #release: (refs: readonly ValueRef[]) => void;

  constructor({ keys, layout, values }: ValuesOptions, release: (refs: readonly ValueRef[]) => void) {
    this.keys = keys;
    this.layout = layout;
    this.values = values;
    this.#release = release;
  }

  /** Whether nobody needs the values of a node any more. */
  protected abstract isOver(node: number): boolean;

  /** Whether a node has given something. */
  has(node: number): boolean {
    const start = this.layout.startOf(node);
    return start >= 0 && this.values[start] !== NOTHING;
  }

  /** Takes back what a node has given. */
  forget(node: number): void {
    this.#fill(node, NOTHING);
  }

  /** Takes values of a direct call in: the first of them, and the others. */
  setValues(
    node: number,
    holder: DirectExecution | undefined,
    first: unknown,
    rest: readonly unknown[] | undefined,
  ): void {
    const start = this.layout.startOf(node);
    this.values[start] = first;
    if (rest) for (let i = 0; i < rest.length; i++) this.values[start + 1 + i] = rest[i];
    if (holder) this.#holder = holder;
  }

  /** Notes who takes in the values that were written into the list. */
  heldBy(holder: DirectExecution): void {
    this.#holder = holder;
  }

  /** Takes values in by place, some of which may be {@link ELSEWHERE}: those have summaries. */
  setPlaces(
    node: number,
    holder: DirectExecution | undefined,
    values: readonly unknown[],
    summaries: readonly (OutputSummary | undefined)[] | undefined,
  ): void {
    const start = this.layout.startOf(node);
    this.values[start] = undefined;
    for (let place = 0; place < values.length; place++) this.values[start + place] = values[place];
    // Of what it gave at first, when it is a stream.
    this.#outputs?.delete(node);
    if (holder) this.#holder = holder;
    if (!summaries) return;
    this.hasElsewhere = true;
    this.#summaries ??= new Map();
    this.#summaries.set(node, summaries);
  }

  /** Takes outputs of a batch in. */
  setOutputs(node: number, outputs: Outputs): void {
    this.#fill(node, ELSEWHERE);
    this.hasElsewhere = true;
    this.#outputs ??= new Map();
    this.#outputs.set(node, outputs);
  }

  /** Takes over what other records have. */
  protected takeAll(results: ReadonlyMap<number, Place>): void {
    this.#reused = results;
    for (const [node, result] of results) {
      this.#copy(result, node);
      if (result.record.hasElsewhere) this.#describeAs(result, node);
    }
  }

  /** Takes over what another record has. */
  take(result: Place, node: number): void {
    this.#taken ??= new Map();
    this.#taken.set(node, result);
    this.#outputs?.delete(node);
    this.#copy(result, node);
    this.#describeAs(result, node);
  }

  #copy({ record, index }: Place, node: number): void {
    const from = record.layout.startOf(index);
    const start = this.layout.startOf(node);
    const count = Math.min(this.layout.countOf(node), record.layout.countOf(index));
    for (let place = 0; place < count; place++) {
      const value = record.values[from + place];
      this.values[start + place] = value;
      if (value === skip) this.#hasSkipped = true;
    }
    if (record.#holder) this.#holder = record.#holder;
    this.hasElsewhere ||= record.hasElsewhere;
  }

  /** What executors hold has its description already: it stays when the result is let go. */
  #describeAs({ record, index }: Place, node: number): void {
    if (record.#summaries?.has(index)) record.outputsOf(index);
    const outputs = record.#outputs?.get(index);
    if (!outputs) return;
    this.#outputs ??= new Map();
    this.#outputs.set(node, outputs);
  }

  #takenAt(node: number): Place | undefined {
    return this.#taken?.get(node) ?? this.#reused?.get(node);
  }

  /** The value at an output: itself, {@link ELSEWHERE}, or `skip`. */
  valueAt(node: number, place: number): unknown {
    const start = this.layout.startOf(node);
    return start < 0 ? undefined : this.values[start + place];
  }

  /** Whether there is a value at an output: a node may skip some. */
  givesAt(node: number, place: number): boolean {
    const value = this.valueAt(node, place);
    if (value !== ELSEWHERE) return value !== skip;
    const port = this.keys.flow.types[node]?.outputs[place]?.id;
    const outputs = this.#outputs?.get(node);
    return outputs
      ? port !== undefined && Object.hasOwn(outputs, port)
      : this.#summaries?.get(node)?.[place] !== undefined;
  }

  /** About how much memory a result takes. */
  bytesOf(node: number): number {
    const { layout, values } = this;
    return bytesOfResult({
      values,
      start: layout.startOf(node),
      count: layout.countOf(node),
      summaries: [...Object.values(this.#outputs?.get(node) ?? {}), ...(this.#summaries?.get(node) ?? [])],
      holder: this.#holder,
    });
  }

  /** The outputs for the outside. */
  outputsOf(node: number): Outputs {
    const known = this.#outputs?.get(node);
    if (known) return known;
    const taken = this.#takenAt(node);
    const isThere = taken && taken.record.values[taken.record.layout.startOf(taken.index)] !== GONE;
    const outputs = isThere ? taken.record.outputsOf(taken.index) : this.#describe(node);
    this.#outputs ??= new Map();
    this.#outputs.set(node, outputs);
    // Whoever asks so late gets the picture alone.
    if (!isThere && (taken || this.isOver(node))) this.#release(this.refsOf(node));
    return outputs;
  }

  /** Whether all that was taken over is there, and of this realm. */
  get hasOnlyValues(): boolean {
    return !this.hasElsewhere && !this.#hasSkipped;
  }

  /** Whether values of this realm can be given handles. */
  get givesHandles(): boolean {
    return this.#holder !== undefined;
  }

  /** The handles that were given out. */
  refsOf(node: number): readonly ValueRef[] {
    const outputs = this.#outputs?.get(node);
    if (outputs) return Object.values(outputs).map(({ ref }) => ref);
    const taken = this.#takenAt(node);
    if (taken) return taken.record.refsOf(taken.index);
    return this.#summaries?.get(node)?.flatMap((summary) => (summary ? [summary.ref] : [])) ?? [];
  }

  /** Whether something was said of a value, or executors hold some. */
  get isTold(): boolean {
    return this.#outputs !== undefined || this.#summaries !== undefined;
  }

  /** The nodes that this is so of. */
  get told(): ReadonlySet<number> {
    return new Set([...(this.#outputs?.keys() ?? []), ...(this.#summaries?.keys() ?? [])]);
  }

  /** Lets the handles of a node go. */
  protected releaseOf(node: number): void {
    if (this.isTold) this.#release(this.refsOf(node));
  }

  /** Lets the values of a node go. Unless they were shown, their picture stays. */
  protected end(node: number, isShown: boolean): void {
    const isElsewhere = this.values[this.layout.startOf(node)] === ELSEWHERE;
    if (!isShown && !this.#outputs?.has(node)) {
      this.outputsOf(node);
      this.#release(this.refsOf(node));
    } else if (isShown && !isElsewhere) this.#outputs?.delete(node);
    this.#fill(node, GONE);
  }

  /** Lets everything go, so that the next pass over the same nodes begins with nothing. */
  clear(): void {
    for (const node of this.isTold ? this.told : []) this.#release(this.refsOf(node));
    this.#outputs = undefined;
    this.#summaries = undefined;
    this.values.fill(NOTHING, 0, this.layout.size);
    this.hasElsewhere = false;
  }

  #fill(node: number, mark: symbol): void {
    const start = this.layout.startOf(node);
    this.values.fill(mark, start, start + this.layout.countOf(node));
  }

  #describe(node: number): Outputs {
    const outputs: Record<PortId, OutputSummary> = {};
    const summaries = this.#summaries?.get(node);
    (this.keys.flow.types[node]?.outputs ?? []).forEach(({ id, inner }, place) => {
      if (inner) return;
      const value = this.valueAt(node, place);
      if (value === skip || value === NOTHING || value === GONE) return;
      const summary = value === ELSEWHERE ? summaries?.[place] : this.#holder?.describe(value);
      if (summary) outputs[id] = summary;
    });
    return outputs;
  }
}
