import type { ValueRef } from '../value.js';
import type { OlderEntry } from './older-space.js';
import { RecordValues, type ValuesOptions } from './record-values.js';
import { isLight, NUMBER_BYTES } from './result-size.js';
import { Attachments, ResultUses } from './result-uses.js';
import { RunOrigin } from './run-origin.js';

/** What a record is made of. */
export interface RecordOptions extends ValuesOptions {
  /** The nodes that the run is to give something of. */
  readonly nodes: Int32Array;
}

/** The results of one run: how they came about, which of them are kept, who uses them, and when they go. */
export class RunRecord extends RecordValues {
  /** Counts runs of the engine; tells the executions of one run from those of the next. */
  readonly version: number;
  /** What is known of the run itself. */
  readonly origin: RunOrigin;
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
  /** What it counts among older results, if it does. */
  older: OlderEntry<RunRecord> | undefined;
  /** Results that were superseded and not swept yet. */
  superseded: number[] = [];
  // Made when there is something for them: most runs are short.
  #uses: ResultUses | undefined;
  #attached: Attachments | undefined;
  /** There as long as somebody may ask what the run gave, and has not done so. */
  #unshown: WeakRef<object> | undefined;

  constructor(version: number, options: RecordOptions, release: (refs: readonly ValueRef[]) => void) {
    super(options, release);
    this.version = version;
    this.usedAt = version;
    this.origin = new RunOrigin(version, options.keys, options.nodes);
  }

  /** Ends with the result of a node: what is called when a newer one takes its place. */
  attach(node: number, letGo: () => void): void {
    this.#attached ??= new Attachments();
    this.#attached.set(node, letGo);
  }

  /** Takes over what other records have. */
  reuse(results: ReadonlyMap<number, KeptResult>): void {
    this.origin.reuse(results);
    this.takeAll(results);
  }

  /** Takes over what another record has. */
  override take(result: KeptResult, node: number): void {
    this.origin.take(node, result.record.version);
    super.take(result, node);
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
    return this.isTold || this.#attached !== undefined;
  }

  /** Whether other runs use results of it. */
  get isUsed(): boolean {
    return this.#uses !== undefined && !this.#uses.isEmpty;
  }

  /** The nodes with something that has to be let go with their results. */
  get handled(): readonly number[] {
    return this.hasHandles ? [...new Set([...this.told, ...(this.#attached?.nodes ?? [])])] : [];
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
    this.releaseOf(node);
    this.#attached?.end(node);
  }

  /** Hands over what goes with results that there are none of. */
  detach(isWanted: (node: number) => boolean, take: (node: number, letGo: () => void) => void): void {
    this.#attached?.detach(isWanted, take);
  }

  override clear(): void {
    super.clear();
    this.#attached?.endAll();
    this.#attached = undefined;
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
      if (this.isOpen || this.#uses?.has(node)) this.superseded.push(node);
      else this.end(node, isShown);
    }
  }

  /** Whether nobody needs the values of a node any more. */
  protected override isOver(node: number): boolean {
    return !this.isOpen && this.live === 0 && !this.#uses?.has(node);
  }
}

/** The result of a node in some run. */
export interface KeptResult {
  readonly record: RunRecord;
  /** The node, by index in the flow of the record. */
  readonly index: number;
}
