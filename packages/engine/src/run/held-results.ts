import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { KeptResult, RunRecord } from '../plan/run-record.js';

/** Results of other runs that a run uses: nobody takes their values away before it is over. */
export class HeldResults {
  readonly #record: RunRecord;
  // Made when there is something for it: most runs are short.
  /** Records whose results are used from the beginning. */
  #reused: Set<RunRecord> | undefined;
  /** What took the place of lost values, by node. */
  #held: Map<number, KeptResult> | undefined;

  /** `record` is that of the run which uses them. */
  constructor(record: RunRecord) {
    this.#record = record;
  }

  /** Takes over what the run uses from the beginning. */
  reuse(results: ReadonlyMap<number, KeptResult>): void {
    this.#record.reuse(results);
    this.#reused = new Set();
    for (const { record } of results.values()) this.#reused.add(record);
    for (const record of this.#reused) record.holdAll();
  }

  /** Takes a result over in the place of one that was lost. */
  recomputed(flow: CompiledFlow, node: number, result: KeptResult): void {
    noteFeeds(flow, this.#record, node);
    result.record.hold(result.index);
    this.#record.take(result, node);
    this.#held ??= new Map();
    const before = this.#held.get(node);
    this.#held.set(node, result);
    before?.record.letGo(before.index);
  }

  /** The run is over. */
  close(): void {
    for (const { record, index } of this.#held?.values() ?? []) record.letGo(index);
    for (const record of this.#reused ?? []) record.letGoAll();
  }
}

/** What was made of the value before was made of another execution. */
function noteFeeds(flow: CompiledFlow, record: RunRecord, node: number): void {
  const { outStart, outEdges, edgeTarget, inStart, inEdges, edgeSource } = flow;
  const { origin } = record;
  const end = outStart[node + 1] as number; // typed arrays of fixed length, here and below
  for (let k = outStart[node] as number; k < end; k++) {
    const target = edgeTarget[outEdges[k] as number] as number;
    if (!record.has(target)) continue;
    const versions = new Map<number, number>();
    const last = inStart[target + 1] as number;
    for (let j = inStart[target] as number; j < last; j++) {
      const source = edgeSource[inEdges[j] as number] as number;
      versions.set(source, origin.versionOf(source));
    }
    origin.keepFeeds(target, versions);
  }
}
