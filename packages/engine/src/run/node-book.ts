import type { NodeId, PortId } from '@loom/graph';
import type { RunResult } from '../api.js';
import type { RunCounts, RunStatus } from '../event.js';
import type { NodeError } from '../node-error.js';
import type { RunPlan } from '../plan/plan.js';
import type { KeptResult, ResultStore } from '../plan/results.js';
import type { OutputSummary } from '../value.js';

type Outputs = Readonly<Record<PortId, OutputSummary>>;

/** What is written down of each node's end: outputs, errors, counts. */
export class NodeBook {
  readonly results: (KeptResult | undefined)[];
  readonly errors = new Map<number, NodeError>();
  readonly #plan: RunPlan;
  readonly #store: ResultStore;
  readonly #counts = { success: 0, error: 0, skipped: 0, cancelled: 0, cached: 0 };

  constructor(plan: RunPlan, store: ResultStore) {
    this.#plan = plan;
    this.#store = store;
    this.results = new Array<KeptResult | undefined>(plan.flow.ids.length);
  }

  outputsOf(node: number): Outputs | undefined {
    return this.results[node]?.outputs;
  }

  /** Writes down outputs that were just computed, and keeps them for later runs. */
  computed(node: number, outputs: Outputs): void {
    this.#counts.success++;
    this.#replace(node, this.#keep(node, outputs));
  }

  reused(node: number, result: KeptResult): void {
    this.#counts.success++;
    this.#counts.cached++;
    this.#store.hold(result);
    this.#replace(node, result);
  }

  /** Takes the place of a value that was lost; counts nothing. */
  recomputed(node: number, result: KeptResult): void {
    this.#store.hold(result);
    this.#replace(node, result);
  }

  failed(node: number, error: NodeError): void {
    this.#counts.error++;
    this.errors.set(node, error);
  }

  skipped(): void {
    this.#counts.skipped++;
  }

  cancelled(): void {
    this.#counts.cancelled++;
  }

  get counts(): RunCounts {
    return { ...this.#counts };
  }

  result(runId: string, status: RunStatus, durationMs: number): RunResult {
    const { flow, scope } = this.#plan;
    const outputs: [NodeId, Outputs][] = [];
    const errors: { node: NodeId; error: NodeError }[] = [];
    for (const node of scope) {
      const id = flow.ids[node] as NodeId; // every index has an id
      const result = this.results[node];
      if (result) outputs.push([id, result.outputs]);
      const error = this.errors.get(node);
      if (error) errors.push({ node: id, error });
    }
    return { runId, status, counts: this.counts, durationMs, outputs: Object.fromEntries(outputs), errors };
  }

  /** Lets results go that only this run held on to. */
  close(): void {
    for (const node of this.#plan.scope) {
      const result = this.results[node];
      if (result) this.#store.letGo(result);
    }
  }

  #keep(node: number, outputs: Outputs): KeptResult {
    const { flow, keys } = this.#plan;
    const start = flow.inStart[node] as number; // typed arrays of fixed length, here and below
    const end = flow.inStart[node + 1] as number;
    const consumed: number[] = [];
    for (let k = start; k < end; k++) {
      const source = flow.edgeSource[flow.inEdges[k] as number] as number;
      consumed.push(this.results[source]?.version ?? 0);
    }
    return this.#store.keep(flow.ids[node] as NodeId, outputs, keys, node, consumed);
  }

  #replace(node: number, result: KeptResult): void {
    const before = this.results[node];
    this.results[node] = result;
    if (before) this.#store.letGo(before);
  }
}
