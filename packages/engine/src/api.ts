import type { EdgeId, Json, NodeId, PortId } from '@loom/graph';
import type { FrameStep, RunCounts, RunEvent, RunStatus, RunTrigger } from './event.js';
import type { ParameterAnswer } from './executor.js';
import type { NodeError } from './node-error.js';
import type { OutputSummary } from './value.js';

/**
 * Which nodes a run is for. What they need is run too, or taken from kept results where these still hold: that is, where
 * neither the node nor anything that feeds it has changed or was executed since. A node in a zone stands for the outermost
 * zone that it is in.
 */
export type RunTargets =
  | { readonly kind: 'all' }
  /** These nodes run, with what they need; `to` says the same from the end of what runs. */
  | { readonly kind: 'nodes' | 'to'; readonly nodes: readonly NodeId[] }
  /** These nodes and all that depends on them run, with what they need. */
  | { readonly kind: 'from'; readonly nodes: readonly NodeId[] }
  /** Exactly these run: what they need is taken as it is, also where one of these is before it, and runs only without a result. */
  | { readonly kind: 'selection'; readonly nodes: readonly NodeId[] }
  /** All nodes are in scope; those whose results hold are reused. */
  | { readonly kind: 'changed' };

/** What a run is for, and how it goes. */
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
  /** Where to pause, by node: always, or where a condition holds; beside and above those of the document. */
  readonly breakpoints?: Readonly<Record<NodeId, boolean | string>>;
  /** Does not pause at breakpoints of the document, only at those above: for runs that nobody resumes. @default false */
  readonly ignoreBreakpoints?: boolean;
  /** Begins paused. @default false */
  readonly paused?: boolean;
  /** `stop` skips everything that has not started after the first error. @default the document's setting, else 'continue' */
  readonly onError?: 'continue' | 'stop';
}

/** What a plan depends on. */
export type PlanOptions = Pick<RunOptions, 'targets' | 'inputs' | 'pins'>;

/** What a run would do with a node, and why. */
export type PlannedNode =
  | { readonly action: 'run'; readonly reason: 'target' | 'needed' | 'changed' }
  | { readonly action: 'reuse'; readonly reason: 'unchanged' }
  /** Gives these values without being run; outputs that are not among them are skipped. */
  | { readonly action: 'pinned'; readonly values: Readonly<Record<PortId, Json>> }
  /** Hands on what it gets, by output. */
  | { readonly action: 'bypass'; readonly routes: Readonly<Record<PortId, PlannedRoute>> }
  | { readonly action: 'blocked'; readonly error: NodeError }
  | { readonly action: 'skip'; readonly reason: 'muted' | 'waits-for-event' };

/** What an output of a bypassed node hands on: what comes by wire into an input, the literal of one, or nothing. */
export type PlannedRoute =
  | { readonly kind: 'wire'; readonly input: PortId }
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'skip' };

/** What would run, in an order in which every node comes after those it needs. Made without running anything. */
export interface Plan {
  readonly order: readonly NodeId[];
  readonly nodes: ReadonlyMap<NodeId, PlannedNode>;
}

/** Why a run would compute a node, and not take its result from before. */
export type RunCause =
  /** It is asked for, whether or not its result holds. */
  | { readonly kind: 'target' }
  /** It has none yet. */
  | { readonly kind: 'no-result' }
  /** The last run did not get a result: there was an error in it or before it. */
  | { readonly kind: 'failed' }
  /** The last run skipped it; it is skipped again when nothing before it gives something else. */
  | { readonly kind: 'skipped' }
  /** The values went with their worker. */
  | { readonly kind: 'lost' }
  /** What it gave is never used again: it gives streams, or its cache is set so. */
  | { readonly kind: 'not-kept' }
  /** Its code, or what is in its body. */
  | { readonly kind: 'code' }
  | { readonly kind: 'literal'; readonly port: PortId }
  /** A setting that results follow from. */
  | { readonly kind: 'setting'; readonly setting: 'mode' | 'join' | 'streams' | 'pinned' | 'cases' | 'zone' }
  | { readonly kind: 'wiring'; readonly port: PortId }
  /** What its Python requires. */
  | { readonly kind: 'environment' }
  /**
   * A node that feeds it: `changed` when that one computes something else by now, `ran-anew` when it is not pure and was
   * executed since, `runs` when it is not pure and this run computes it.
   */
  | { readonly kind: 'upstream'; readonly node: NodeId; readonly change: 'changed' | 'ran-anew' | 'runs' };

/** What a run would do with a node, and every cause of it. */
export interface Explanation {
  /** The node that is explained: for one in a zone, the outermost zone that it is in. */
  readonly node: NodeId;
  /** Undefined when the run would not look at it. */
  readonly planned: PlannedNode | undefined;
  /** Empty when it would not be computed. */
  readonly causes: readonly RunCause[];
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

/** A node that would start if the run went on. */
export interface WaitingNode {
  readonly node: NodeId;
  readonly frame?: readonly FrameStep[];
}

/** What to look at: what a wire brings, or what a node gave at an output. */
export type InspectTarget = { readonly edge: EdgeId } | { readonly node: NodeId; readonly port: PortId };

/** One pass over a flow. */
export interface Run {
  readonly id: string;
  readonly plan: Plan;
  /** Resolves when no node is queued or running any more. Rejects only on a fault of the engine itself (`engine/fault`). */
  readonly result: Promise<RunResult>;
  /** Asks everything to stop; {@link Run.result} then resolves as `cancelled`. */
  cancel(): void;
  /** True while nothing more starts: it was asked to pause, or is at a breakpoint. */
  readonly isPaused: boolean;
  /** What would start next. */
  readonly waiting: readonly WaitingNode[];
  /** Lets what runs go on to its end, and starts nothing more. */
  pause(): void;
  resume(): void;
  /** Lets one waiting node start, and stays paused. False when none waits. */
  step(): boolean;
  /** Goes on until this node is about to start, in whichever frame. */
  runTo(node: NodeId): void;
  /**
   * What is on a wire or at an output, during the run and after it; undefined when nothing is there. `frame` is the path of an
   * iteration that goes on, or was the last of its zone.
   */
  inspect(target: InspectTarget, frame?: readonly FrameStep[]): OutputSummary | undefined;
  /** Hands a parameter to a running node, which may take it or not. Without a frame: in all iterations that run. */
  setParameter(node: NodeId, name: string, value: Json, frame?: readonly FrameStep[]): Promise<ParameterAnswer>;
  /**
   * Answers a question that a node has asked (`node-asked`); null ends its input. False when the node does not run, or has
   * no way to ask.
   *
   * @example
   * ```ts
   * run.subscribe((events) => {
   *   for (const event of events)
   *     if (event.kind === 'node-asked') run.answer(event.node, event.question, prompt(event.prompt), event.frame);
   * });
   * ```
   */
  answer(node: NodeId, question: number, text: string | null, frame?: readonly FrameStep[]): boolean;
  subscribe(listener: (events: readonly RunEvent[]) => void): () => void;
}
