import type { FlowDocument, Json, Library, NodeId, PortId } from '@loom/graph';
import type { EngineEvent, RunCounts, RunEvent, RunStatus, RunTrigger } from './event.js';
import type { PreviewRequest } from './executor.js';
import type { NodeError } from './node-error.js';
import type { OutputSummary, Portable, Preview, ValueRef } from './value.js';

/** Which nodes a run is for. Everything that they need is run too, or taken from kept results where these still hold. */
export type RunTargets =
  | { readonly kind: 'all' }
  /** These nodes run; what they need is reused where its result still holds. */
  | { readonly kind: 'nodes'; readonly nodes: readonly NodeId[] }
  /** These nodes and all that depends on them run; what else these need is reused where its result still holds. */
  | { readonly kind: 'from'; readonly nodes: readonly NodeId[] };

export interface RunOptions {
  /** @default { kind: 'all' } */
  readonly targets?: RunTargets;
  /** Values for promoted inputs by name; they win over literals. */
  readonly inputs?: Readonly<Record<string, Json>>;
  /** Values by node and output port that stand in for running the node; they win over the node's own `pinned` setting. */
  readonly pins?: Readonly<Record<NodeId, Readonly<Record<PortId, Json>>>>;
  /** The firing of a live flow that the run is for; told in `run-started`. */
  readonly trigger?: RunTrigger;
  readonly signal?: AbortSignal;
  /** The whole run, from the start of the first node. @default none */
  readonly timeoutMs?: number;
  /** `stop` skips everything that has not started after the first error. @default the document's setting, else 'continue' */
  readonly onError?: 'continue' | 'stop';
}

/** What a run would do with a node, and why. */
export type PlannedNode =
  | { readonly action: 'run'; readonly reason: 'target' | 'needed' | 'changed' }
  | { readonly action: 'reuse'; readonly reason: 'unchanged' }
  | { readonly action: 'blocked'; readonly error: NodeError }
  | { readonly action: 'skip'; readonly reason: 'muted' };

/** What would run, in an order in which every node comes after those it needs. Made without running anything. */
export interface Plan {
  readonly order: readonly NodeId[];
  readonly nodes: ReadonlyMap<NodeId, PlannedNode>;
}

/** How a run ended, with every result. */
export interface RunResult {
  readonly runId: string;
  readonly status: RunStatus;
  readonly counts: RunCounts;
  readonly durationMs: number;
  readonly outputs: Readonly<Record<NodeId, Readonly<Record<PortId, OutputSummary>>>>;
  readonly errors: readonly { readonly node: NodeId; readonly error: NodeError }[];
}

/** One pass over a flow. */
export interface Run {
  readonly id: string;
  readonly plan: Plan;
  /** Resolves when no node is queued or running any more. Rejects only on a fault of the engine itself. */
  readonly result: Promise<RunResult>;
  /** Asks everything to stop; {@link Run.result} then resolves as `cancelled`. */
  cancel(): void;
  subscribe(listener: (events: readonly RunEvent[]) => void): () => void;
}

/** Runs flows. The local engine and the remote one share this interface: plain data in, promises, events and refs out. */
export interface Engine {
  readonly library: Library;
  plan(document: FlowDocument, options?: Pick<RunOptions, 'targets' | 'inputs'>): Plan;
  run(document: FlowDocument, options?: RunOptions): Run;
  /** Starts executors before the first run needs them. */
  warmUp(): Promise<void>;
  preview(ref: ValueRef, request?: PreviewRequest): Promise<Preview>;
  /** The whole value as plain JavaScript; see {@link decodePortable} for what each type becomes. */
  read(ref: ValueRef): Promise<unknown>;
  /** The whole value as it travels. */
  readPortable(ref: ValueRef): Promise<Portable>;
  /** Receives events in groups, in order. One listener's fault never reaches another. */
  subscribe(listener: (events: readonly EngineEvent[]) => void): () => void;
  /** Ends runs, executors and listeners. Twice is fine. */
  dispose(): Promise<void>;
}
