import type { NodeId, PortId } from '@loom/graph';
import type { EnvironmentStatus, ExecutorStatus } from './executor.js';
import type { NodeError } from './node-error.js';
import type { OutputSummary } from './value.js';

/** How a run ended. */
export type RunStatus = 'succeeded' | 'failed' | 'cancelled' | 'timed-out';

/** The state of a node in a run. Staleness and caching are apart from it. */
export type NodeRunStatus = 'idle' | 'queued' | 'running' | 'success' | 'error' | 'skipped' | 'cancelled';

/** How many nodes in scope ended how. */
export type RunCounts = Readonly<Record<'success' | 'error' | 'skipped' | 'cancelled' | 'cached', number>>;

/** Why a node was skipped. `node` is the one that is to blame. */
export type SkipReason =
  | { readonly kind: 'upstream-error'; readonly node: NodeId }
  | { readonly kind: 'upstream-skipped'; readonly node: NodeId }
  | { readonly kind: 'upstream-cancelled'; readonly node: NodeId }
  | { readonly kind: 'muted' }
  | { readonly kind: 'stopped' }
  /** Its zone began no iteration. */
  | { readonly kind: 'not-entered'; readonly node: NodeId }
  /** An event node outside of a live flow. */
  | { readonly kind: 'waits-for-event' };

/** What an executor is given before the first task of a run. */
export type StartupStage = 'types' | 'environment' | 'values';

/** One step of the way to a body node: its container, and which of its iterations. */
export interface FrameStep {
  readonly node: NodeId;
  /** From 0; always 0 in an instance of a subgraph. */
  readonly index: number;
}

/** What made a live flow begin a run. */
export interface RunTrigger {
  readonly node: NodeId;
  /** Counts the firings of this node from 0. */
  readonly firing: number;
}

interface InRun {
  /** The iteration that a node is in, outermost first; absent for nodes that are in none. */
  readonly frame?: readonly FrameStep[];
  readonly runId: string;
  /** Counts the events of one run from 0 without gaps. */
  readonly sequence: number;
  /** Milliseconds of the engine's clock. */
  readonly at: number;
}

/** Everything that a run says. One stream serves editor, log, timeline, tests and wire. */
export type RunEvent = InRun &
  (
    | { readonly kind: 'run-started'; readonly nodes: readonly NodeId[]; readonly trigger?: RunTrigger }
    | { readonly kind: 'node-queued'; readonly node: NodeId }
    | { readonly kind: 'node-started'; readonly node: NodeId }
    | {
        readonly kind: 'node-output';
        readonly node: NodeId;
        readonly stream: 'stdout' | 'stderr' | 'log';
        readonly text: string;
      }
    | { readonly kind: 'node-progress'; readonly node: NodeId; readonly fraction: number; readonly message?: string }
    | {
        readonly kind: 'node-metric';
        readonly node: NodeId;
        readonly name: string;
        /** Null for what is no finite number. */
        readonly value: number | null;
        readonly step: number;
      }
    /** The node waits for the user; `Run.answer` answers. Questions of a node are told apart by number. */
    | { readonly kind: 'node-asked'; readonly node: NodeId; readonly question: number; readonly prompt: string }
    | { readonly kind: 'node-answered'; readonly node: NodeId; readonly question: number }
    | {
        readonly kind: 'node-succeeded';
        readonly node: NodeId;
        readonly durationMs: number;
        readonly cached: boolean;
        readonly outputs: Readonly<Record<PortId, OutputSummary>>;
      }
    | { readonly kind: 'node-failed'; readonly node: NodeId; readonly durationMs: number; readonly error: NodeError }
    | { readonly kind: 'node-skipped'; readonly node: NodeId; readonly reason: SkipReason }
    | { readonly kind: 'node-cancelled'; readonly node: NodeId }
    /** It failed and will be tried again; `attempt` counts from 1. */
    | { readonly kind: 'node-retrying'; readonly node: NodeId; readonly attempt: number; readonly error: NodeError }
    /** An iteration of the container `node`; `frame` is its own path, down to and with the iteration. */
    | { readonly kind: 'frame-started'; readonly node: NodeId }
    | {
        readonly kind: 'frame-finished';
        readonly node: NodeId;
        readonly status: 'succeeded' | 'failed' | 'cancelled';
      }
    | {
        readonly kind: 'run-paused';
        readonly reason: 'asked' | 'breakpoint' | 'step';
        readonly node?: NodeId;
        readonly message?: string;
      }
    | { readonly kind: 'run-resumed' }
    | {
        readonly kind: 'run-finished';
        readonly status: RunStatus;
        readonly counts: RunCounts;
        readonly durationMs: number;
      }
  );

/** Everything that an engine says: runs, and the executors' lives. */
export type EngineEvent =
  | RunEvent
  | {
      readonly kind: 'executor-status';
      readonly executor: string;
      readonly status: ExecutorStatus;
      readonly at: number;
    }
  /** How far an executor has come with what the flow requires. */
  | {
      readonly kind: 'environment';
      readonly executor: string;
      readonly status: EnvironmentStatus;
      readonly at: number;
    }
  /** The tier of stored results is not used any more. */
  | { readonly kind: 'tier-failed'; readonly error: NodeError; readonly at: number }
  /** Something that a run needs of an executor before its first task. What is there already is not told. */
  | {
      readonly kind: 'startup';
      readonly executor: string;
      /** Its node types are told, its environment is prepared, or first values are brought. */
      readonly stage: StartupStage;
      readonly state: 'started' | 'done' | 'failed';
      /** How many types or values. */
      readonly count?: number;
      /** Why it failed. */
      readonly error?: NodeError;
      readonly at: number;
    }
  /** Results that were kept are gone; their nodes compute again when needed. */
  | { readonly kind: 'values-lost'; readonly nodes: readonly NodeId[]; readonly at: number };
