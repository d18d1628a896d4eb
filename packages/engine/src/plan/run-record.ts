import type { PortId } from '@loom/graph';
import type { DirectExecution } from '../executor.js';
import { skip } from '../skip.js';
import type { OutputSummary, ValueRef } from '../value.js';
import type { KeyTable } from './keys.js';
import { RunOrigin } from './run-origin.js';

export type Outputs = Readonly<Record<PortId, OutputSummary>>;

/** In the place of a value that an executor holds. */
export const ELSEWHERE: unique symbol = Symbol('elsewhere');

/** What a value is taken for when nobody says how large it is. */
const UNKNOWN_BYTES = 1024;

/**
 * What the nodes of one run gave, by index of the flow. Values of direct calls are kept as they are and described when
 * somebody asks; outputs of batches are described by their executors. There is no object for each node: a large flow that
 * runs again and again would be busy with nothing but collecting them.
 */
export class RunRecord {
  /** Counts runs of the engine; tells the executions of one run from those of the next. */
  readonly version: number;
  /** What is known of the run itself. */
  readonly origin: RunOrigin;
  /** Where to find the keys of the nodes as they were then. */
  readonly keys: KeyTable;
  /** The first output of each node, or {@link ELSEWHERE}. Most nodes have one. */
  readonly first: unknown[];
  /** Whether the run goes on, and so needs all of it. */
  isOpen = true;
  /** How many of its results are kept, as the newest of their nodes or as older ones. */
  live = 0;
  /** In a large run, 1 for results that are kept. */
  bits: Uint8Array | undefined;
  /** The large run before with the same keys, if it has handles: these are let go one by one. */
  before: RunRecord | undefined;
  /** The newest run that used it. */
  usedAt: number;
  /** Whether there is nothing in it but numbers. */
  #isLight = true;
  /** Results that were superseded and not swept yet. */
  superseded: number[] = [];
  /** What its result would show, when it has not yet been asked for it. */
  unshown: WeakRef<object> | undefined;
  readonly #rest = new Map<number, readonly unknown[]>();
  readonly #outputs = new Map<number, Outputs>();
  /** Runs that hold on to a result, apart from the one that it comes from. */
  readonly #users = new Map<number, number>();
  readonly #retired = new Set<number>();
  /** What executors hold of nodes whose outputs are not all in one place, by place. */
  readonly #summaries = new Map<number, readonly (OutputSummary | undefined)[]>();
  /** What else goes with a result. */
  readonly #attached = new Map<number, () => void>();
  /** Who takes values of this realm in: any of those that are in it will do. */
  #holder: DirectExecution | undefined;
  readonly #release: (refs: readonly ValueRef[]) => void;

  /** `nodes` are those that the run is to give something of. */
  constructor(version: number, keys: KeyTable, nodes: Int32Array, release: (refs: readonly ValueRef[]) => void) {
    this.version = version;
    this.usedAt = version;
    this.keys = keys;
    this.origin = new RunOrigin(version, keys, nodes);
    this.#release = release;
    // A run of a few nodes must not take the space of all: a list with such holes is a table.
    this.first = 4 * nodes.length >= keys.flow.ids.length ? new Array<unknown>(keys.flow.ids.length) : [];
  }

  /** Takes values of a direct call in. */
  setValues(
    node: number,
    holder: DirectExecution | undefined,
    first: unknown,
    rest: readonly unknown[] | undefined,
  ): void {
    this.first[node] = first;
    if (typeof first !== 'number') this.#isLight = false;
    if (holder) this.#holder = holder;
    if (rest) this.#rest.set(node, rest);
  }

  /**
   * Takes values in by place, some of which may be {@link ELSEWHERE}: those have summaries. The lists are not copied.
   */
  setPlaces(
    node: number,
    holder: DirectExecution | undefined,
    values: readonly unknown[],
    summaries: readonly (OutputSummary | undefined)[] | undefined,
  ): void {
    this.setValues(node, holder, values[0], values.length > 1 ? values.slice(1) : undefined);
    if (summaries) this.#summaries.set(node, summaries);
    // Of what it gave at first, when it is a stream.
    this.#outputs.delete(node);
  }

  /** About how much memory all that is kept takes. */
  bytesOfAll(): number {
    if (this.#isLight) return 8 * this.live;
    let sum = 0;
    for (const node of this.origin.nodes) if (this.bits?.[node] === 1) sum += this.bytesOf(node);
    return sum;
  }

  /** Ends with the result of a node: what is called when a newer one takes its place. */
  attach(node: number, letGo: () => void): void {
    this.#attached.get(node)?.();
    this.#attached.set(node, letGo);
  }

  /** Takes outputs of a batch in. */
  setOutputs(node: number, outputs: Outputs): void {
    this.first[node] = ELSEWHERE;
    this.#isLight = false;
    this.#outputs.set(node, outputs);
  }

  /** Takes over what another record has. */
  take({ record, index }: KeptResult, node: number): void {
    this.origin.take(node, record.version);
    this.first[node] = record.first[index];
    if (record.#holder) this.#holder = record.#holder;
    const rest = record.#rest.get(index);
    if (rest) this.#rest.set(node, rest);
    // Described there, so that one value has one handle.
    this.#outputs.set(node, record.outputsOf(index));
  }

  /** The value at an output: itself, {@link ELSEWHERE}, or `skip`. */
  valueAt(node: number, place: number): unknown {
    const first = this.first[node];
    if (place === 0) return first;
    const rest = this.#rest.get(node);
    if (rest) return rest[place - 1];
    return first === ELSEWHERE ? ELSEWHERE : undefined;
  }

  /** Whether something beside the record has to be let go with a result. */
  get hasHandles(): boolean {
    return this.#outputs.size > 0 || this.#summaries.size > 0 || this.#attached.size > 0;
  }

  /** Whether there is a value at an output: a node may skip some. */
  givesAt(node: number, place: number): boolean {
    const value = this.valueAt(node, place);
    if (value !== ELSEWHERE) return value !== skip;
    const port = this.keys.flow.types[node]?.outputs[place]?.id;
    const outputs = this.#outputs.get(node);
    return outputs
      ? port !== undefined && Object.hasOwn(outputs, port)
      : this.#summaries.get(node)?.[place] !== undefined;
  }

  /** About how much memory a result takes. */
  bytesOf(node: number): number {
    const first = this.first[node];
    if (typeof first === 'number' || typeof first === 'boolean') return 8;
    let sum = 0;
    for (const summary of Object.values(this.#outputs.get(node) ?? {})) sum += summary.bytes ?? UNKNOWN_BYTES;
    for (const summary of this.#summaries.get(node) ?? []) sum += summary ? (summary.bytes ?? UNKNOWN_BYTES) : 0;
    // What was described is counted by now.
    if (sum > 0) return sum;
    for (const value of [first, ...(this.#rest.get(node) ?? [])]) sum += this.#holder?.sizeOf(value) ?? UNKNOWN_BYTES;
    return sum;
  }

  /** The outputs for the outside. */
  outputsOf(node: number): Outputs {
    let outputs = this.#outputs.get(node);
    if (!outputs) {
      outputs = this.#describe(node);
      this.#outputs.set(node, outputs);
      // Whoever asks so late gets the picture alone.
      if (!this.isOpen && this.live === 0 && !this.#users.has(node)) this.#release(this.refsOf(node));
    }
    return outputs;
  }

  /** Whether values of this realm can be given handles. */
  get givesHandles(): boolean {
    return this.#holder !== undefined;
  }

  /** The handles that were given out. */
  refsOf(node: number): readonly ValueRef[] {
    const outputs = this.#outputs.size > 0 ? this.#outputs.get(node) : undefined;
    if (outputs) return Object.values(outputs).map(({ ref }) => ref);
    const summaries = this.#summaries.size > 0 ? this.#summaries.get(node) : undefined;
    return summaries?.flatMap((summary) => (summary ? [summary.ref] : [])) ?? [];
  }

  hold(node: number): void {
    this.#users.set(node, (this.#users.get(node) ?? 0) + 1);
  }

  letGo(node: number): void {
    const users = (this.#users.get(node) ?? 0) - 1;
    if (users > 0) {
      this.#users.set(node, users);
      return;
    }
    this.#users.delete(node);
    if (this.#retired.delete(node)) this.retire(node);
  }

  /** A newer result took its place, or its value is lost. Handles go when nobody uses them any more. */
  retire(node: number): void {
    if (this.isOpen || (this.#users.size > 0 && this.#users.has(node))) {
      this.#retired.add(node);
      return;
    }
    if (this.#outputs.size > 0 || this.#summaries.size > 0) this.#release(this.refsOf(node));
    if (this.#attached.size > 0) {
      this.#attached.get(node)?.();
      this.#attached.delete(node);
    }
  }

  /** Lets everything go, so that the next pass over the same nodes begins with nothing. */
  clear(): void {
    if (this.#outputs.size > 0 || this.#summaries.size > 0) {
      for (const node of new Set([...this.#outputs.keys(), ...this.#summaries.keys()]))
        this.#release(this.refsOf(node));
      this.#outputs.clear();
      this.#summaries.clear();
    }
    if (this.#attached.size > 0) {
      for (const letGo of this.#attached.values()) letGo();
      this.#attached.clear();
    }
    if (this.#rest.size > 0) this.#rest.clear();
    this.first.fill(undefined);
  }

  /** The run is over, and does not use its results any more. */
  close(): void {
    this.isOpen = false;
    this.origin.isOpen = false;
    const retired = [...this.#retired];
    this.#retired.clear();
    for (const node of retired) this.retire(node);
  }

  /** Lets values of superseded results go while others of this record are still the newest. */
  sweep(): void {
    const { superseded } = this;
    this.superseded = [];
    // As a whole it goes by itself.
    if (this.live === 0) return;
    const isShown = this.unshown?.deref() === undefined;
    for (const node of superseded) {
      if (this.isOpen || this.#users.has(node)) {
        this.superseded.push(node);
        continue;
      }
      if (!isShown && !this.#outputs.has(node)) {
        this.outputsOf(node);
        this.#release(this.refsOf(node));
      } else if (isShown && this.first[node] !== ELSEWHERE) this.#outputs.delete(node);
      this.first[node] = undefined;
      this.#rest.delete(node);
    }
  }

  #describe(node: number): Outputs {
    const outputs: Record<PortId, OutputSummary> = {};
    const summaries = this.#summaries.get(node);
    (this.keys.flow.types[node]?.outputs ?? []).forEach(({ id, inner }, place) => {
      if (inner) return;
      const value = this.valueAt(node, place);
      if (value === skip) return;
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
