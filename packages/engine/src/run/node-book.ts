import type { NodeId } from '@loom/graph';
import type { RunResult } from '../api.js';
import type { RunCounts, RunStatus, SkipReason } from '../event.js';
import type { DirectExecution } from '../executor.js';
import type { NodeError } from '../node-error.js';
import type { RunPlan } from '../plan/plan.js';
import type { ResultStore } from '../plan/results.js';
import { type KeptResult, type Outputs, RunRecord } from '../plan/run-record.js';
import type { OutputSummary, ValueRef } from '../value.js';

/** What is written down of each node's end: outputs, errors, counts. */
export class NodeBook {
  readonly errors = new Map<number, NodeError>();
  readonly record: RunRecord;
  readonly #plan: RunPlan;
  /** Undefined for frames, whose results nobody uses again. */
  readonly #store: ResultStore | undefined;
  readonly #hasResult: Uint8Array;
  readonly #counts = { success: 0, error: 0, skipped: 0, cancelled: 0, cached: 0 };
  /** Results of other runs that this one uses, by node. */
  readonly #held = new Map<number, KeptResult>();

  private constructor(plan: RunPlan, record: RunRecord, store: ResultStore | undefined) {
    this.#plan = plan;
    this.#store = store;
    this.record = record;
    this.#hasResult = new Uint8Array(plan.flow.ids.length);
  }

  /** The book of a run: results are kept for later ones. */
  static ofRun(plan: RunPlan, store: ResultStore): NodeBook {
    return new NodeBook(plan, store.open(plan.keys, plan.shape.giving), store);
  }

  /** The book of a frame: results are let go with it. */
  static ofFrame(plan: RunPlan, release: (refs: readonly ValueRef[]) => void): NodeBook {
    return new NodeBook(plan, new RunRecord(0, plan.keys, plan.shape.giving, release), undefined);
  }

  /** Forgets everything, for the next pass over the same nodes. */
  restart(): void {
    this.#hasResult.fill(0);
    this.errors.clear();
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
    this.#hasResult[entry] = 1;
  }

  outputsOf(node: number): Outputs | undefined {
    return this.#hasResult[node] === 1 ? this.record.outputsOf(node) : undefined;
  }

  hasResult(node: number): boolean {
    return this.#hasResult[node] === 1;
  }

  /** Handles that were given out for a node. */
  refsOf(node: number): readonly ValueRef[] {
    return this.#hasResult[node] === 1 ? this.record.refsOf(node) : [];
  }

  /** Writes down outputs of a batch, and keeps them for later runs. */
  computed(node: number, outputs: Outputs): void {
    this.record.setOutputs(node, outputs);
    this.#keep(node);
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
    this.record.setPlaces(node, holder, values, summaries);
    this.#keep(node);
  }

  /** Writes down values that a direct call gave, the first of them and the others. */
  called(node: number, holder: DirectExecution, first: unknown, rest: readonly unknown[] | undefined): void {
    this.record.setValues(node, holder, first, rest);
    this.#keep(node);
  }

  reused(node: number, result: KeptResult): void {
    this.#counts.success++;
    this.#counts.cached++;
    this.#store?.use(result);
    this.#take(node, result);
  }

  /** Takes the place of a value that was lost; counts nothing. */
  recomputed(node: number, result: KeptResult): void {
    this.#noteFeeds(node);
    this.#take(node, result);
  }

  #take(node: number, result: KeptResult): void {
    result.record.hold(result.index);
    this.record.take(result, node);
    this.#hasResult[node] = 1;
    const before = this.#held.get(node);
    this.#held.set(node, result);
    before?.record.letGo(before.index);
  }

  failed(node: number, error: NodeError): void {
    this.#takeBack(node);
    this.#counts.error++;
    this.errors.set(node, error);
    this.#ended(node, 'failed');
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

  /** Counts a node of a body, over all its frames. */
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
    if (this.errors.size > 0) {
      for (const node of this.#plan.scope) {
        const error = this.errors.get(node);
        if (error) errors.push({ node: ids[node] as NodeId, error }); // every index has an id
      }
    }
    errors.push(...inBodies);
    const { record } = this;
    let outputs: RunResult['outputs'] | undefined;
    const putTogether = (): RunResult['outputs'] => {
      outputs ??= this.#outputs();
      record.unshown = undefined;
      return outputs;
    };
    const result: RunResult = {
      runId,
      status,
      counts: this.counts,
      durationMs,
      get outputs() {
        return putTogether();
      },
      errors,
    };
    record.unshown = new WeakRef(result);
    return result;
  }

  /** Lets results go that only this run held on to. */
  close(): void {
    this.record.close();
    for (const { record, index } of this.#held.values()) record.letGo(index);
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

  /** A stream that did not come to its end is no success. */
  #takeBack(node: number): void {
    if (this.#hasResult[node] === 0) return;
    this.#hasResult[node] = 0;
    this.#counts.success--;
  }

  #keep(node: number): void {
    // What gives streams is written down when it begins, and again when it ends.
    if (this.#hasResult[node] === 1) return;
    this.#counts.success++;
    this.#hasResult[node] = 1;
    this.#store?.keep(this.record, node);
  }

  /** A node gave nothing in this run. */
  #ended(node: number, outcome: 'skipped' | 'failed'): void {
    if (this.#store && this.#plan.decisions.get(node)?.action === 'run') {
      this.#store.ended(this.record.origin, node, outcome);
    }
  }

  /** What was made of the value before was made of another execution. */
  #noteFeeds(node: number): void {
    const { outStart, outEdges, edgeTarget, inStart, inEdges, edgeSource } = this.#plan.flow;
    const { origin } = this.record;
    const end = outStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = outStart[node] as number; k < end; k++) {
      const target = edgeTarget[outEdges[k] as number] as number;
      if (this.#hasResult[target] === 0) continue;
      const versions = new Map<number, number>();
      const last = inStart[target + 1] as number;
      for (let j = inStart[target] as number; j < last; j++) {
        const source = edgeSource[inEdges[j] as number] as number;
        versions.set(source, origin.versionOf(source));
      }
      origin.keepFeeds(target, versions);
    }
  }
}
