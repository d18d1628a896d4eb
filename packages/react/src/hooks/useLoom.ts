import type { NodeRunState } from '@loom/engine';
import type { FlowNode, NodeId } from '@loom/graph';
import { useCallback, useSyncExternalStore } from 'react';
import { nodeRun } from '../run/node-run.js';
import { shownRun } from '../run/shown-run.js';
import type { LoomState } from '../store/state.js';
import { useLoomStore } from './context.js';

/**
 * Reads a part of the state and renders again when that part is another object. Select the smallest part; a selector
 * that makes a new object each time renders for ever.
 *
 * @example
 * ```tsx
 * function NodeCount() {
 *   const count = useLoom((state) => Object.keys(state.flow.document.nodes).length);
 *   return <p>{count} nodes</p>;
 * }
 * ```
 */
export function useLoom<T>(selector: (state: LoomState) => T): T {
  const store = useLoomStore();
  const read = () => selector(store.getState());
  return useSyncExternalStore(store.subscribe, read, read);
}

/**
 * A node of the document; undefined when it is gone.
 *
 * @example
 * ```tsx
 * function Label({ id }: { id: string }) {
 *   return <span>{useNode(id)?.label ?? id}</span>;
 * }
 * ```
 */
export function useNode(id: NodeId): FlowNode | undefined {
  return useLoom(useCallback((state: LoomState) => state.flow.document.nodes[id], [id]));
}

/**
 * What is known of the last run of a node; undefined when it never ran.
 *
 * @example
 * ```tsx
 * function Status({ id }: { id: string }) {
 *   return <span>{useNodeRun(id)?.status ?? 'idle'}</span>;
 * }
 * ```
 */
export function useNodeRun(id: NodeId): NodeRunState | undefined {
  return useLoom(useCallback((state: LoomState) => nodeRun(state.runs.run, id), [id]));
}

/** What a node shows of its runs: what it did in the iteration that is looked at, else in its newest run. */
export function useShownRun(id: NodeId): NodeRunState | undefined {
  return useLoom(useCallback((state: LoomState) => shownRun(state, id), [id]));
}

/** Whether the flow, as it is now, would not give the result that this node shows. */
export function useIsStale(id: NodeId): boolean {
  return useLoom(
    useCallback(
      ({ runs }: LoomState) => {
        const madeBy = runs.stale.get(id);
        return madeBy !== undefined && madeBy === nodeRun(runs.run, id)?.runId;
      },
      [id],
    ),
  );
}
