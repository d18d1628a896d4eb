import type { NodeId, PortId } from '@loom/graph';
import type { OutputSummary, ValueRef } from '../value.js';
import type { KeyTable } from './keys.js';

/** Results kept at once. Nodes that came first go first: a flow that loses nodes must not keep theirs for ever. */
const MAX_RESULTS = 200_000;

/** What a node gave when it last succeeded. */
export interface KeptResult {
  readonly node: NodeId;
  readonly outputs: Readonly<Record<PortId, OutputSummary>>;
  /** Where to find the key of the node as it was then. */
  readonly keys: KeyTable;
  readonly index: number;
  /** Counts results of the engine; tells this execution from the next. */
  readonly version: number;
  /** The versions that fed it, in the order of its incoming edges. */
  readonly consumed: readonly number[];
  /** Runs that hold on to it. */
  users: number;
  /** True when a newer result took its place, or its values were lost; its values go when nobody uses it any more. */
  retired: boolean;
}

/**
 * The newest result of each node, so that a run of a part takes what it needs from before. Values of results that were
 * superseded are let go as soon as no run uses them.
 */
export class ResultStore {
  readonly #results = new Map<NodeId, KeptResult>();
  readonly #release: (refs: readonly ValueRef[]) => void;
  #version = 0;

  constructor(release: (refs: readonly ValueRef[]) => void) {
    this.#release = release;
  }

  get(node: NodeId): KeptResult | undefined {
    return this.#results.get(node);
  }

  /** Takes a result in, held by the run that made it, in the place of the node's last one. */
  keep(
    node: NodeId,
    outputs: KeptResult['outputs'],
    keys: KeyTable,
    index: number,
    consumed: readonly number[],
  ): KeptResult {
    const result: KeptResult = {
      node,
      outputs,
      keys,
      index,
      consumed,
      version: ++this.#version,
      users: 1,
      retired: false,
    };
    const before = this.#results.get(node);
    if (before) this.#retire(before);
    this.#results.set(node, result);
    if (this.#results.size > MAX_RESULTS) {
      const [oldest] = this.#results.values();
      if (oldest) this.forget(oldest);
    }
    return result;
  }

  hold(result: KeptResult): void {
    result.users++;
  }

  letGo(result: KeptResult): void {
    result.users--;
    if (result.retired && result.users === 0) this.#release(refsOf(result));
  }

  forget(result: KeptResult): void {
    if (this.#results.get(result.node) === result) this.#results.delete(result.node);
    this.#retire(result);
  }

  forgetAll(): void {
    for (const result of [...this.#results.values()]) this.forget(result);
  }

  /** Drops the results whose values are gone, and names their nodes. */
  lose(executor: string, handles: ReadonlySet<string> | 'all'): NodeId[] {
    const lost: NodeId[] = [];
    for (const result of [...this.#results.values()]) {
      const isLost = refsOf(result).some(
        (ref) => ref.executor === executor && (handles === 'all' || handles.has(ref.handle)),
      );
      if (!isLost) continue;
      lost.push(result.node);
      this.forget(result);
    }
    return lost;
  }

  #retire(result: KeptResult): void {
    if (result.retired) return;
    result.retired = true;
    if (result.users === 0) this.#release(refsOf(result));
  }
}

function refsOf({ outputs }: KeptResult): ValueRef[] {
  return Object.values(outputs).map(({ ref }) => ref);
}
