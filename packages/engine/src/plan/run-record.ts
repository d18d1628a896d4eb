import type { PortId } from '@loom/graph';
import type { DirectExecution } from '../executor.js';
import { skip } from '../skip.js';
import type { OutputSummary, ValueRef } from '../value.js';
import type { KeyTable } from './keys.js';
import type { OlderEntry } from './older-space.js';
import { bytesOfResult, isLight, NUMBER_BYTES } from './result-size.js';
import { Attachments, ResultUses } from './result-uses.js';
import { RunOrigin } from './run-origin.js';
import type { ValueLayout } from './value-layout.js';

export type Outputs = Readonly<Record<PortId, OutputSummary>>;

/** In the place of a value that an executor holds. */
export const ELSEWHERE: unique symbol = Symbol('elsewhere');

/** In the place of a value that there is not: its node has given nothing. */
export const NOTHING: unique symbol = Symbol('nothing');

/** In the place of a value that was let go, because a newer one took its place. */
const GONE: unique symbol = Symbol('gone');

/** What a record is made of. */
export interface RecordOptions {
  /** Where to find the keys of the nodes as they were then. */
  readonly keys: KeyTable;
  /** The nodes that the run is to give something of. */
  readonly nodes: Int32Array;
  readonly layout: ValueLayout;
  /** Has {@link NOTHING} at each place of the layout. What is behind these belongs to who made the list. */
  readonly values: unknown[];
}

/**
 * What the nodes of one run gave, in one list. Values of direct calls are kept as they are and described when somebody asks;
 * outputs of batches are described by their executors. There is no object for each node: a large flow that runs again and
 * again would be busy with nothing but collecting them.
 */
export class RunRecord {
  /** Counts runs of the engine; tells the executions of one run from those of the next. */
  readonly version: number;
  /** What is known of the run itself. */
  readonly origin: RunOrigin;
  /** Where to find the keys of the nodes as they were then. */
  readonly keys: KeyTable;
  readonly layout: ValueLayout;
  /**
   * What was given, at the places of the layout: the value, {@link ELSEWHERE}, or {@link NOTHING}. What is behind these belongs
   * to who made the list.
   */
  readonly values: unknown[];
  /** Whether the run goes on, and so needs all of it. */
  isOpen = true;
  /** Whether executors hold some of the values. */
  hasElsewhere = false;
  /** Whether something that was taken over was skipped. */
  #hasSkipped = false;
  /** How many of its results are kept, as the newest of their nodes or as older ones. */
  live = 0;
  /** In a large run, 1 for results that are kept. */
  bits: Uint8Array | undefined;
  /** The large run before with the same keys, if it has handles: these are let go one by one. */
  before: RunRecord | undefined;
  /** The newest run that used it. */
  usedAt: number;
  /** What it counts among older results, if it does. */
  older: OlderEntry<RunRecord> | undefined;
  /** Results that were superseded and not swept yet. */
  superseded: number[] = [];
  // Tables of what few nodes have are made when there is something for them: most runs are short.
  #outputs: Map<number, Outputs> | undefined;
  #uses: ResultUses | undefined;
  /** What executors hold of nodes whose outputs are not all in one place, by place. */
  #summaries: Map<number, readonly (OutputSummary | undefined)[]> | undefined;
  #attached: Attachments | undefined;
  /** Results of other records that are used here, and described there: one value has one handle. */
  #taken: Map<number, KeptResult> | undefined;
  #reused: ReadonlyMap<number, KeptResult> | undefined;
  /** Who takes values of this realm in: any of those that are in it will do. */
  #holder: DirectExecution | undefined;
  /** There as long as somebody may ask what the run gave, and has not done so. */
  #unshown: WeakRef<object> | undefined;
  readonly #release: (refs: readonly ValueRef[]) => void;

  constructor(
    version: number,
    { keys, nodes, layout, values }: RecordOptions,
    release: (refs: readonly ValueRef[]) => void,
  ) {
    this.version = version;
    this.usedAt = version;
    this.keys = keys;
    this.origin = new RunOrigin(version, keys, nodes);
    this.layout = layout;
    this.values = values;
    this.#release = release;
  }

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

  /** Ends with the result of a node: what is called when a newer one takes its place. */
  attach(node: number, letGo: () => void): void {
    this.#attached ??= new Attachments();
    this.#attached.set(node, letGo);
  }

  /** Takes outputs of a batch in. */
  setOutputs(node: number, outputs: Outputs): void {
    this.#fill(node, ELSEWHERE);
    this.hasElsewhere = true;
    this.#outputs ??= new Map();
    this.#outputs.set(node, outputs);
  }

  /** Takes over what other records have. */
  reuse(results: ReadonlyMap<number, KeptResult>): void {
    this.#reused = results;
    this.origin.reuse(results);
    for (const [node, result] of results) {
      this.#copy(result, node);
      if (result.record.hasElsewhere) this.#describeAs(result, node);
    }
  }

  /** Takes over what another record has. */
  take(result: KeptResult, node: number): void {
    this.origin.take(node, result.record.version);
    this.#taken ??= new Map();
    this.#taken.set(node, result);
    this.#outputs?.delete(node);
    this.#copy(result, node);
    this.#describeAs(result, node);
  }

  #copy({ record, index }: KeptResult, node: number): void {
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
  #describeAs({ record, index }: KeptResult, node: number): void {
    if (record.#summaries?.has(index)) record.outputsOf(index);
    const outputs = record.#outputs?.get(index);
    if (!outputs) return;
    this.#outputs ??= new Map();
    this.#outputs.set(node, outputs);
  }

  #takenAt(node: number): KeptResult | undefined {
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

  /** About how much memory all that is kept takes. */
  bytesOfAll(): number {
    if (isLight(this.values, this.layout.size)) return NUMBER_BYTES * this.live;
    let sum = 0;
    for (const node of this.origin.nodes) if (this.bits?.[node] === 1) sum += this.bytesOf(node);
    return sum;
  }

  /** Whether something beside the record may have to be let go with a result. */
  get hasHandles(): boolean {
    return this.#outputs !== undefined || this.#summaries !== undefined || this.#attached !== undefined;
  }

  /** Whether other runs use results of it. */
  get isUsed(): boolean {
    return this.#uses !== undefined && !this.#uses.isEmpty;
  }

  /** The nodes with something that has to be let go with their results. */
  get handled(): readonly number[] {
    if (!this.hasHandles) return [];
    const [outputs, summaries, attached] = [this.#outputs?.keys(), this.#summaries?.keys(), this.#attached?.nodes];
    return [...new Set([...(outputs ?? []), ...(summaries ?? []), ...(attached ?? [])])];
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
    if (!isThere && (taken || this.#isOver(node))) this.#release(this.refsOf(node));
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

  /** Another run uses a result. */
  hold(node: number): void {
    this.#uses ??= new ResultUses();
    this.#uses.hold(node);
  }

  letGo(node: number): void {
    if (this.#uses?.letGo(node)) this.retire(node);
  }

  /** Another run uses many results. */
  holdAll(): void {
    this.#uses ??= new ResultUses();
    this.#uses.holdAll();
  }

  letGoAll(): void {
    for (const node of this.#uses?.letGoAll() ?? []) this.retire(node);
  }

  /** A newer result took its place, or its value is lost. Handles go when nobody uses them any more. */
  retire(node: number): void {
    if (this.isOpen || this.#uses?.has(node)) {
      this.#uses ??= new ResultUses();
      this.#uses.retire(node);
      return;
    }
    if (this.#outputs || this.#summaries) this.#release(this.refsOf(node));
    this.#attached?.end(node);
  }

  /** Hands over what goes with results that there are none of. */
  detach(isWanted: (node: number) => boolean, take: (node: number, letGo: () => void) => void): void {
    this.#attached?.detach(isWanted, take);
  }

  /** Lets everything go, so that the next pass over the same nodes begins with nothing. */
  clear(): void {
    if (this.#outputs || this.#summaries) {
      const nodes = new Set([...(this.#outputs?.keys() ?? []), ...(this.#summaries?.keys() ?? [])]);
      for (const node of nodes) this.#release(this.refsOf(node));
      this.#outputs = undefined;
      this.#summaries = undefined;
    }
    this.#attached?.endAll();
    this.#attached = undefined;
    this.values.fill(NOTHING, 0, this.layout.size);
    this.hasElsewhere = false;
  }

  /** What shows all that the run gave: until it was called, or nobody can call it any more, values that go leave their pictures. */
  showOnce<Shown>(show: () => Shown): () => Shown {
    // The values of a single node go with the record, which whoever shows them holds on to.
    if (this.origin.nodes.length <= 1) return show;
    const token = {};
    this.#unshown = new WeakRef(token);
    return () => {
      // It needs the token as long as it is there itself.
      if (this.#unshown?.deref() === token) this.#unshown = undefined;
      return show();
    };
  }

  /** The run is over, and does not use its results any more. */
  close(): void {
    this.isOpen = false;
    this.origin.isOpen = false;
    for (const node of this.#uses?.takeRetired() ?? []) this.retire(node);
  }

  /** Lets values of superseded results go while others of this record are still the newest. */
  sweep(): void {
    const { superseded } = this;
    this.superseded = [];
    // As a whole it goes by itself.
    if (this.live === 0) return;
    const isShown = this.#unshown?.deref() === undefined;
    for (const node of superseded) {
      if (this.isOpen || this.#uses?.has(node)) {
        this.superseded.push(node);
        continue;
      }
      const isElsewhere = this.values[this.layout.startOf(node)] === ELSEWHERE;
      if (!isShown && !this.#outputs?.has(node)) {
        this.outputsOf(node);
        this.#release(this.refsOf(node));
      } else if (isShown && !isElsewhere) this.#outputs?.delete(node);
      this.#fill(node, GONE);
    }
  }

  /** Whether nobody needs the values of a node any more. */
  #isOver(node: number): boolean {
    return !this.isOpen && this.live === 0 && !this.#uses?.has(node);
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

/** The result of a node in some run. */
export interface KeptResult {
  readonly record: RunRecord;
  /** The node, by index in the flow of the record. */
  readonly index: number;
}
