import type { NodeId } from '@loom/graph';
import type { RunResult } from '../api.js';
import type { RunCounts, RunStatus, SkipReason } from '../event.js';
import type { DirectExecution } from '../executor.js';
import type { NodeError } from '../node-error.js';
import { NOTHING } from '../plan/place-marks.js';
import type { RunPlan } from '../plan/plan.js';
import type { Outputs } from '../plan/record-values.js';
import type { ResultStore } from '../plan/results.js';
import { type KeptResult, RunRecord } from '../plan/run-record.js';
import type { OutputSummary, ValueRef } from '../value.js';
import { BookedResult } from './booked-result.js';
import { recipesOf } from './calls/call-recipes.js';
import { HeldResults } from './held-results.js';

/** What is written down of each node's end: outputs, errors, counts. */
export class NodeBook {
  readonly record: RunRecord;
  readonly #plan: RunPlan;
  /** Undefined for frames, whose results nobody uses again. */
  readonly #store: ResultStore | undefined;
  readonly #counts = { success: 0, error: 0, skipped: 0, cancelled: 0, cached: 0 };
  // What few runs have is made when there is something for it: most are short.
  #errors: Map<number, NodeError> | undefined;
  /** Results of other runs that it uses. */
  #held: HeldResults | undefined;
  /** Nodes that were written down while a walk went on. */
  #written: Set<number> | undefined;

  private constructor(plan: RunPlan, record: RunRecord, store: ResultStore | undefined) {
    this.#plan = plan;
    this.#store = store;
    this.record = record;
  }

  /** The book of a run: results are kept for later ones, and what it reuses is held, so that nothing takes it away. */
  static ofRun(plan: RunPlan, store: ResultStore): NodeBook {
    const recipes = recipesOf(plan.flow, plan.scope);
    const values = recipes.newValues(plan.overrides);
    const { keys, shape } = plan;
    const record = store.open({ keys, nodes: shape.giving, layout: recipes.layout, values });
    const book = new NodeBook(plan, record, store);
    if (shape.reused.size > 0) book.#reuse(shape.reused);
    return book;
  }

  /** The book of a frame: results are let go with it. */
  static ofFrame(plan: RunPlan, release: (refs: readonly ValueRef[]) => void): NodeBook {
    const recipes = recipesOf(plan.flow, plan.scope);
    const values = recipes.newValues(plan.overrides);
    const { keys, shape } = plan;
    const options = { keys, nodes: shape.giving, layout: recipes.layout, values };
    return new NodeBook(plan, new RunRecord(0, options, release), undefined);
  }

  /** Forgets everything, for the next pass over the same nodes. */
  restart(): void {
    this.#errors = undefined;
    Object.assign(this.#counts, { success: 0, error: 0, skipped: 0, cancelled: 0, cached: 0 });
    this.record.clear();
  }

  /** Takes in what enters a body; `values` by place of the entry's outputs. */
  entered(
    entry: number,
    holder: DirectExecution | undefined,
    values: readonly unknown[],
    summaries: readonly (OutputSummary | undefined)[] | undefined,
  ): void {
    this.record.setPlaces(entry, holder, values, summaries);
  }

  outputsOf(node: number): Outputs | undefined {
    return this.record.has(node) ? this.record.outputsOf(node) : undefined;
  }

  hasResult(node: number): boolean {
    return this.record.has(node);
  }

  refsOf(node: number): readonly ValueRef[] {
    return this.record.has(node) ? this.record.refsOf(node) : [];
  }

  /** Writes down outputs of a batch, and keeps them for later runs. */
  computed(node: number, outputs: Outputs): void {
    // What gives streams is written down when it begins, and again when it ends.
    const isNew = !this.record.has(node);
    this.record.setOutputs(node, outputs);
    if (isNew) this.#keep(node);
  }

  /** Writes down what was stored before: it counts as reused. */
  found(node: number, outputs: Outputs): void {
    this.computed(node, outputs);
    this.#counts.cached++;
  }

  /** Writes down values that were handed on or put together, by place of the outputs. */
  handedOn(
    node: number,
    holder: DirectExecution | undefined,
    values: readonly unknown[],
    summaries: readonly (OutputSummary | undefined)[] | undefined,
  ): void {
    // What gives streams is written down when it begins, and again when it ends.
    const isNew = !this.record.has(node);
    this.record.setPlaces(node, holder, values, summaries);
    if (isNew) this.#keep(node);
  }

  /** Writes down values that a direct call gave, the first of them and the others. */
  called(node: number, holder: DirectExecution, first: unknown, rest: readonly unknown[] | undefined): void {
    const isNew = !this.record.has(node);
    this.record.setValues(node, holder, first, rest);
    if (isNew) this.#keep(node);
  }

  #reuse(results: ReadonlyMap<number, KeptResult>): void {
    this.#counts.success += results.size;
    this.#counts.cached += results.size;
    this.#store?.use(results.values());
    this.#held = new HeldResults(this.record);
    this.#held.reuse(results);
  }

  /**
   * Writes down what nodes have given whose values are in the record already: those from one position of the layout up to
   * another. Gives the number of nodes that were computed, with those that were written down before.
   */
  walked(from: number, end: number): number {
    const { record } = this;
    const { giving } = this.#plan.shape;
    const { start } = record.layout;
    const gap = record.values.indexOf(NOTHING, start[from]);
    const isWhole = gap < 0 || gap >= (start[end] as number); // typed arrays of fixed length
    const computed = isWhole && !this.#written ? this.#countNew(from, end) : -1;
    if (computed !== giving.length) return this.#walkedSome(from, end);
    this.#counts.success += computed;
    this.#store?.keepAll(record);
    return computed;
  }

  #walkedSome(from: number, end: number): number {
    const { record } = this;
    const { nodes } = record.layout;
    const { reused } = this.#plan.shape;
    let computed = 0;
    for (let position = from; position < end; position++) {
      const node = nodes[position] as number; // typed arrays of fixed length
      if (!record.has(node) || reused.has(node)) continue;
      computed++;
      if (this.#written?.has(node)) continue;
      this.#written?.add(node);
      this.#keep(node);
    }
    return computed;
  }

  /** How many of the nodes between two positions are not from earlier runs; -1 when that is not known at once. */
  #countNew(from: number, end: number): number {
    const { scope, shape } = this.#plan;
    if (end - from === scope.length) return end - from - shape.reused.size;
    return shape.reused.size === 0 ? end - from : -1;
  }

  /** The same while the walk goes on, because others want to know. */
  walkedSoFar(from: number, end: number): void {
    this.#written ??= new Set();
    this.walked(from, end);
  }

  /** Takes the place of a value that was lost; counts nothing. */
  recomputed(node: number, result: KeptResult): void {
    this.#held ??= new HeldResults(this.record);
    this.#held.recomputed(this.#plan.flow, node, result);
  }

  failed(node: number, error: NodeError): void {
    this.#takeBack(node);
    this.#counts.error++;
    this.#errors ??= new Map();
    this.#errors.set(node, error);
    this.#ended(node, 'failed');
  }

  /** Why a node failed. */
  errorOf(node: number): NodeError | undefined {
    return this.#errors?.get(node);
  }

  /** `blame` is the node where it began. */
  skipped(node: number, reason: SkipReason, blame: number): void {
    this.#takeBack(node);
    this.#counts.skipped++;
    // What will never run skips the same things again.
    const isConstant = this.#plan.decisions.get(blame)?.action === 'blocked';
    if (reason.kind === 'upstream-error') this.#ended(node, isConstant ? 'skipped' : 'failed');
    else if (reason.kind === 'upstream-skipped') this.#ended(node, 'skipped');
  }

  cancelled(node: number): void {
    this.#takeBack(node);
    this.#counts.cancelled++;
  }

  count(state: 'success' | 'error' | 'skipped' | 'cancelled'): void {
    this.#counts[state]++;
  }

  get counts(): RunCounts {
    return { ...this.#counts };
  }

  /** Outputs are put together when they are asked for: most of a large flow is never looked at. */
  result(
    runId: string,
    status: RunStatus,
    durationMs: number,
    inBodies: readonly { readonly node: NodeId; readonly error: NodeError }[],
  ): RunResult {
    const { ids } = this.#plan.flow;
    const errors: { node: NodeId; error: NodeError }[] = [];
    if (this.#errors) {
      for (const node of this.#plan.scope) {
        const error = this.#errors.get(node);
        if (error) errors.push({ node: ids[node] as NodeId, error }); // every index has an id
      }
    }
    errors.push(...inBodies);
    const { counts } = this;
    const outputs = this.record.showOnce(() => this.#outputs());
    return new BookedResult({ runId, status, counts, durationMs, errors, outputs });
  }

  /** Lets results go that only this run held on to. */
  close(): void {
    this.#keepLeftovers();
    this.record.close();
    this.#held?.close();
    this.#store?.close(this.record);
  }

  #outputs(): RunResult['outputs'] {
    const { flow, scope } = this.#plan;
    const outputs: [NodeId, Outputs][] = [];
    for (const node of scope) {
      const own = this.outputsOf(node);
      if (own) outputs.push([flow.ids[node] as NodeId, own]); // every index has an id
    }
    return Object.fromEntries(outputs);
  }

  #keepLeftovers(): void {
    const { flow } = this.#plan;
    if (!this.#store || !flow.containers) return;
    const store = this.#store;
    for (const node of flow.containers.keys()) if (this.hasResult(node)) store.leave(flow.ids[node] as NodeId);
    this.record.detach(
      (node) => this.hasResult(node),
      (node, letGo) => store.leave(flow.ids[node] as NodeId, letGo), // every index has an id
    );
  }

  #takeBack(node: number): void {
    if (!this.record.has(node)) return;
    this.#store?.takeBack(this.record, node);
    this.record.forget(node);
    this.#counts.success--;
  }

  #keep(node: number): void {
    this.#counts.success++;
    this.#store?.keep(this.record, node);
  }

  /** A node gave nothing in this run. */
  #ended(node: number, outcome: 'skipped' | 'failed'): void {
    if (!this.#store || this.#plan.decisions.get(node)?.action !== 'run') return;
    this.#store.ended(this.record.origin, node, outcome);
  }
}
