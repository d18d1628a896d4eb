import type { NodeRunState } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import { noFrameRecords } from './frame-records.js';
import type { RecalledResults } from './recalled-results.js';
import type { KeptRun } from './run-archive.js';
import { noStaleResults, type StaleResults } from './stale-results.js';
import type { LoomState, RunSlice } from './state.js';

/** The earlier run that one looks at; undefined when one looks at what is there now. */
export function pastRun({ session, runs }: Pick<LoomState, 'session' | 'runs'>): KeptRun | undefined {
  return session.pastRun === undefined ? undefined : runs.kept.get(session.pastRun);
}

/**
 * What parts of the editor show of runs: what an earlier run left, while one looks at it; else the newest results, and in
 * place of those that are out of date what an earlier run left and the flow gives again.
 */
export function shownResults(state: Pick<LoomState, 'session' | 'runs'>): RunSlice {
  const { runs } = state;
  const { nodes, frames = noFrameRecords } = pastRun(state) ?? {};
  if (nodes !== undefined) return { ...runs, run: { ...runs.run, nodes }, frames, stale: noStaleResults };
  if (runs.recalled.size === 0) return runs;
  return { ...runs, run: { ...runs.run, nodes: new WithRecalled(runs.run.nodes, runs.stale, runs.recalled) } };
}

/** Results with some in the place of stale ones, without copying all of them. */
class WithRecalled implements ReadonlyMap<NodeId, NodeRunState> {
  readonly #nodes: ReadonlyMap<NodeId, NodeRunState>;
  readonly #stale: StaleResults;
  readonly #recalled: RecalledResults;

  constructor(nodes: ReadonlyMap<NodeId, NodeRunState>, stale: StaleResults, recalled: RecalledResults) {
    this.#nodes = nodes;
    this.#stale = stale;
    this.#recalled = recalled;
  }

  get size(): number {
    return this.#nodes.size;
  }

  has(node: NodeId): boolean {
    return this.#nodes.has(node);
  }

  get(node: NodeId): NodeRunState | undefined {
    const newest = this.#nodes.get(node);
    // A run that has the node in scope by now makes the comparison void.
    return newest !== undefined && this.#stale.get(node) === newest.runId
      ? (this.#recalled.get(node) ?? newest)
      : newest;
  }

  *entries(): MapIterator<[NodeId, NodeRunState]> {
    for (const [node, newest] of this.#nodes) yield [node, this.get(node) ?? newest];
  }

  keys(): MapIterator<NodeId> {
    return this.#nodes.keys();
  }

  *values(): MapIterator<NodeRunState> {
    for (const [, state] of this.entries()) yield state;
  }

  [Symbol.iterator](): MapIterator<[NodeId, NodeRunState]> {
    return this.entries();
  }

  forEach(callback: (state: NodeRunState, node: NodeId, map: ReadonlyMap<NodeId, NodeRunState>) => void): void {
    for (const [node, state] of this.entries()) callback(state, node, this);
  }
}
