import { type ContentKeys, contentKeys, type NodeRunState } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import type { KeptRun, KeptRuns } from './run-archive.js';

/** Results of earlier runs that the flow gives again, such as after undo: by node, in place of what the newest run left. */
export type RecalledResults = ReadonlyMap<NodeId, NodeRunState>;

export const noRecalledResults: RecalledResults = new Map();

/** What feeds a node. */
export interface Feed {
  readonly node: NodeId;
  /** Whether it gives the same however often it is executed: then its key says all. */
  readonly isPure: boolean;
  /** What it shows now; undefined when that is out of date. */
  readonly shown: NodeRunState | undefined;
}

/** Finds results of kept runs, the newest first. */
export interface Recall {
  /** The newest kept result that a node with this key would have, made from what its feeds show. */
  find(node: NodeId, key: string | undefined, feeds: readonly Feed[]): NodeRunState | undefined;
}

export function createRecall(kept: KeptRuns): Recall {
  const runs: { readonly run: KeptRun; readonly keys: ContentKeys }[] = [];
  for (const run of [...kept.values()].reverse()) {
    if (run.nodes !== undefined) runs.push({ run, keys: contentKeys(run.document, run.library) });
  }
  return {
    find(node, key, feeds) {
      for (const { run, keys } of runs) {
        const state = run.nodes?.get(node);
        // A run knows only of what it had in scope with which flow that was made.
        if (state?.status !== 'success' || state.runId !== run.id || keys.of(node) !== key) continue;
        const isFedAlike = feeds.every(
          ({ node: source, isPure, shown }) => isPure || sameOutputs(shown, run.nodes?.get(source)),
        );
        if (isFedAlike) return state;
      }
      return undefined;
    },
  };
}

function sameOutputs(a: NodeRunState | undefined, b: NodeRunState | undefined): boolean {
  if (a?.outputs === undefined || b?.outputs === undefined) return false;
  if (a.outputs === b.outputs) return true;
  const { outputs } = b;
  return Object.entries(a.outputs).every(([port, { ref }]) => {
    const other = outputs[port]?.ref;
    return other?.executor === ref.executor && other.handle === ref.handle;
  });
}
