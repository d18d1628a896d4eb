import type { NodeId, PortId } from '@loom/graph';
import type { FrameStep, NodeRunStatus, RunCounts, RunEvent, RunStatus, SkipReason } from '../event.js';
import type { EnvironmentStatus, ExecutorStatus } from '../executor.js';
import type { NodeError } from '../node-error.js';
import type { OutputSummary } from '../value.js';
import { emptyLog, type NodeLog } from './node-log.js';
import type { NodeMetrics } from './node-metrics.js';
import { PersistentMap } from './persistent-map.js';

interface NodeRunBase {
  /** The run that this is about; empty while the node has never been in one. */
  readonly runId: string;
  readonly log: NodeLog;
  /** Absent when it told none in this run. */
  readonly metrics?: NodeMetrics;
  /**
   * The newest outputs. Unless the status is `success` they are those of an earlier run, so that a picture can stay until
   * there is a new one.
   */
  readonly outputs?: Readonly<Record<PortId, OutputSummary>>;
  /** True when the values of the outputs are gone: pictures are still there, the whole value is not. */
  readonly valuesLost?: true;
}

/** What a running node asks the user: `Run.answer` takes the answer. */
export interface NodeQuestion {
  readonly question: number;
  readonly prompt: string;
  readonly frame?: readonly FrameStep[];
}

/** What one node did in the newest run that had it in scope. Times are milliseconds. */
export type NodeRunState = NodeRunBase &
  (
    | { readonly status: 'idle' | 'queued' | 'cancelled' }
    | {
        readonly status: 'running';
        /** Of the engine's clock. */
        readonly startedAt: number;
        readonly progress?: { readonly fraction: number; readonly message?: string };
        /** What it waits for, the oldest first; absent when it asks nothing. */
        readonly questions?: readonly NodeQuestion[];
      }
    | { readonly status: 'success'; readonly durationMs: number; readonly cached: boolean }
    | { readonly status: 'error'; readonly durationMs: number; readonly error: NodeError }
    | { readonly status: 'skipped'; readonly reason: SkipReason }
  );

/** Why a run is paused: it was asked to, or is about to start `node`. `message` says what is wrong with a condition. */
export type PausedState = Pick<Extract<RunEvent, { kind: 'run-paused' }>, 'reason' | 'node' | 'frame' | 'message'>;

/** What the events of an engine add up to. Immutable; unchanged nodes keep their identity. */
export interface RunState {
  /** The newest run. */
  readonly runId?: string;
  readonly status: 'idle' | 'running' | RunStatus;
  /** When the newest run started, by the engine's clock. */
  readonly startedAt?: number;
  /** Of the newest run, once it has finished. */
  readonly durationMs?: number;
  readonly counts?: RunCounts;
  /** Why the newest run is paused, and before which node; undefined while it goes on. */
  readonly paused?: PausedState;
  /** How many nodes of the newest run are in scope, and how many of them have ended. */
  readonly total: number;
  readonly settled: number;
  /** Nodes that were in a run; those outside the newest run keep what an earlier one left. See {@link nodeRunState}. */
  readonly nodes: ReadonlyMap<NodeId, NodeRunState>;
  readonly executors: Readonly<Record<string, ExecutorStatus>>;
  /** What flows require, by executor; one that is not in it has not started with that. */
  readonly environments?: Readonly<Record<string, EnvironmentStatus>>;
}

/** A node that no run has touched. */
export const idleNode: NodeRunState & { readonly status: NodeRunStatus } = Object.freeze({
  runId: '',
  status: 'idle',
  log: emptyLog,
});

/** Before anything ran. */
export const emptyRunState: RunState = Object.freeze({
  status: 'idle',
  total: 0,
  settled: 0,
  nodes: PersistentMap.from<NodeId, NodeRunState>([]),
  executors: Object.freeze({}),
});

/**
 * What is known of a node; the same idle state for every node that no run has touched.
 *
 * @example
 * ```ts
 * const { status, error } = nodeRunState(state, 'mean');
 * ```
 */
export function nodeRunState(state: RunState, node: NodeId): NodeRunState {
  return state.nodes.get(node) ?? idleNode;
}
