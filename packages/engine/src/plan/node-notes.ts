import type { NodeId } from '@loom/graph';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import { isFedAlike } from './fed-alike.js';
import type { KeyTable } from './keys.js';
import { type Execution, NodeHistory, type NotedResult } from './node-history.js';
import { ENTRY_BYTES } from './older-space.js';
import type { Retirement } from './retirement.js';
import type { RunOrigin } from './run-origin.js';
import type { RunRecord } from './run-record.js';

/** Nodes of which there are notes at once. Those that came first go first: a flow that loses nodes must not keep theirs for ever. */
const MAX_NODES = 200_000;

/** Results of runs of few nodes, noted by node, and how nodes ended without one in any run. */
export class NodeNotes {
  readonly #histories = new Map<NodeId, NodeHistory>();
  readonly #retirement: Retirement;

  constructor(retirement: Retirement) {
    this.#retirement = retirement;
  }

  get size(): number {
    return this.#histories.size;
  }

  of(flow: CompiledFlow, node: number): NodeHistory | undefined {
    return this.#histories.size === 0 ? undefined : this.#histories.get(flow.ids[node] as NodeId); // every index has an id
  }

  /** How a node ended last with the key that it has in a table. */
  find(keys: KeyTable, node: number): Execution | undefined {
    const history = this.of(keys.flow, node);
    if (!history) return undefined;
    let found: Execution | undefined;
    for (const result of history.results) {
      if (found && result.origin.version <= found.origin.version) continue;
      if (keys.isSame(node, result.origin.keys, result.index)) found = result;
    }
    for (const end of history.ends) {
      if (found && end.origin.version <= found.origin.version) continue;
      if (keys.isSame(node, end.origin.keys, end.index)) found = end;
    }
    return found;
  }

  /** Notes a new result. True when it takes the place of one with the same keys, and nothing else has changed. */
  replace(record: RunRecord, index: number): boolean {
    const last = this.of(record.keys.flow, index)?.last;
    if (last?.record.keys !== record.keys || last.index !== index || last.origin.version > record.version) return false;
    this.#letGo(last);
    last.record = record;
    last.origin = record.origin;
    return true;
  }

  /** Notes a new result; of those with the same key only the newest is worth its place. */
  add(record: RunRecord, index: number): void {
    const { keys } = record;
    const history = this.#historyFor(keys.flow, index);
    this.#removeSame(history, keys, index);
    const { last, surplus } = history;
    if (last) this.#setOlder(last, true);
    if (surplus) this.#letGo(surplus);
    history.add(record, index);
  }

  /** A result turned out to be none. */
  takeBack(record: RunRecord, index: number): void {
    const history = this.of(record.keys.flow, index);
    const result = history?.find(record, index);
    if (!history || !result) return;
    this.#letGo(result);
    history.remove(result);
  }

  /** Puts a result under those that are there. */
  insert(record: RunRecord, index: number): void {
    const history = this.#historyFor(record.keys.flow, index);
    if (history.surplus) {
      this.#retirement.drop(record, index);
      return;
    }
    const newer = [...history.results];
    history.results.length = 0;
    history.add(record, index);
    const own = history.last as NotedResult; // just added
    history.results.push(...newer);
    if (own !== history.last) this.#setOlder(own, true);
  }

  /** Notes that a node gave nothing in a run. */
  end(origin: RunOrigin, index: number, outcome: 'skipped' | 'failed', before: Execution | undefined): void {
    if (outcome === 'skipped' && before?.outcome === 'skipped' && isFedAlike(before, origin, index)) {
      // Skipped by the same as before, it is as it was.
      origin.take(index, before.origin.version);
      return;
    }
    origin.outcomes++;
    if (outcome === 'failed') origin.fail(index);
    this.addEnd({ origin, index, record: undefined, outcome });
  }

  addEnd(end: Execution): void {
    const { keys } = end.origin;
    const history = this.#historyFor(keys.flow, end.index);
    const same = history.ends.find((each) => keys.isSame(end.index, each.origin.keys, each.index));
    if (same) history.removeEnd(same);
    history.addEnd(end);
  }

  /** A result is used again. */
  use(record: RunRecord, index: number): void {
    const history = this.of(record.keys.flow, index);
    const last = history?.last;
    if (!history || !last || (last.record === record && last.index === index)) return;
    const result = history.find(record, index);
    if (!result) return;
    history.remove(result);
    history.results.push(result);
    this.#setOlder(result, false);
    this.#setOlder(last, true);
  }

  /** Takes in what a large run has: notes with its keys are of no use any more, and others are older now. */
  settle(record: RunRecord): void {
    const { keys, bits, version } = record;
    for (const [id, history] of this.#histories) {
      const index = keys.flow.indexOf.get(id);
      if (index === undefined || bits?.[index] !== 1) continue;
      this.#removeSame(history, keys, index, version);
      // A newer run was over before.
      const isOvertaken = history.results.some(({ origin, index: at }) => keys.isSame(index, origin.keys, at));
      if (isOvertaken) this.#retirement.drop(record, index);
      const { last } = history;
      if (last && last.origin.version < version) this.#setOlder(last, true);
      if (history.isEmpty) this.#histories.delete(id);
    }
  }

  /** Lets the results of a run go that are not those which were used last; `isNeeded` tells of the others. */
  dropOlder(record: RunRecord, isNeeded: (result: NotedResult) => boolean): void {
    const { flow } = record.keys;
    for (const index of record.origin.nodes) {
      const history = this.of(flow, index);
      const result = history?.find(record, index);
      if (!history || !result || (result === history.last && isNeeded(result))) continue;
      this.#letGo(result);
      history.remove(result);
    }
  }

  /** Lets go of results; what was made of them is as good as it was, so it stays known how they came about. */
  lose(isLost: (record: RunRecord, index: number) => boolean): NodeId[] {
    const lost: NodeId[] = [];
    for (const [id, history] of this.#histories) {
      const { last } = history;
      for (const result of [...history.results]) {
        if (!isLost(result.record, result.index)) continue;
        if (result === last) lost.push(id);
        const { origin, index } = result;
        this.#letGo(result);
        history.remove(result);
        history.addEnd({ origin, index, record: undefined, outcome: undefined });
      }
    }
    return lost;
  }

  forgetAll(): void {
    for (const history of this.#histories.values()) for (const result of history.results) this.#letGo(result);
    this.#histories.clear();
  }

  #historyFor(flow: CompiledFlow, node: number): NodeHistory {
    const id = flow.ids[node] as NodeId; // every index has an id
    let history = this.#histories.get(id);
    if (history) return history;
    history = new NodeHistory();
    this.#histories.set(id, history);
    if (this.#histories.size > MAX_NODES) {
      const [oldest] = this.#histories.keys();
      for (const result of this.#histories.get(oldest as NodeId)?.results ?? []) this.#letGo(result);
      this.#histories.delete(oldest as NodeId);
    }
    return history;
  }

  /** Removes what has the same key and is older than a version. */
  #removeSame(history: NodeHistory, keys: KeyTable, node: number, version = Number.POSITIVE_INFINITY): void {
    const { results, ends } = history;
    const isSame = ({ origin, index }: Execution): boolean =>
      origin.version < version && keys.isSame(node, origin.keys, index);
    for (let i = results.length - 1; i >= 0; i--) {
      const result = results[i] as NotedResult; // within the bounds of the loop, here and below
      if (!isSame(result)) continue;
      this.#letGo(result);
      results.splice(i, 1);
    }
    for (let i = ends.length - 1; i >= 0; i--) if (isSame(ends[i] as Execution)) ends.splice(i, 1);
  }

  #setOlder(result: NotedResult, isOlder: boolean): void {
    const { record, index, olderBytes } = result;
    const { space } = this.#retirement;
    if (isOlder === olderBytes > 0) return;
    result.olderBytes = isOlder ? ENTRY_BYTES + record.bytesOf(index) : 0;
    if (isOlder) space.add(record, result.olderBytes);
    else space.subtract(record, olderBytes);
  }

  #letGo(result: NotedResult): void {
    this.#setOlder(result, false);
    this.#retirement.drop(result.record, result.index);
  }
}
