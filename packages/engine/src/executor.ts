import type {
  Environment,
  Implementation,
  Json,
  JsonObject,
  NodeContext,
  NodeId,
  NodeType,
  PortId,
  TypeId,
} from '@loom/graph';
import type { NodeError } from './node-error.js';
import type { OutputSummary, Portable, Preview, ValueRef } from './value.js';

/** What an executor can do; the engine plans with it. */
export interface ExecutorCapabilities {
  /** Languages of source that it performs, and `function` for host functions. */
  readonly performs: readonly ('python' | 'javascript' | 'function')[];
  /** How many batches it works on at once. */
  readonly lanes: number;
  /** `interrupt`: running code is stopped in place. `restart`: by ending its worker, which loses values. `none`: only between tasks. */
  readonly cancel: 'interrupt' | 'restart' | 'none';
  /**
   * True when tasks of one batch run side by side as their inputs come, so that nothing is won by spreading independent
   * tasks over lanes. @default false
   */
  readonly concurrent?: boolean;
}

/** The code of a node type, sent before the first task that needs it. Sent again only when the revision changes. */
export interface Definition {
  readonly typeId: TypeId;
  readonly implementation: Extract<Implementation, { kind: 'source' | 'function' }>;
  /** Output ports in order: a sequence or mapping result is taken apart by them. */
  readonly outputs: readonly PortId[];
  /** Those of them that give items over time: what can be iterated is not gone through there. @default none */
  readonly streams?: readonly PortId[];
}

/** Where the value of an input comes from. */
export type InputSource =
  | { readonly kind: 'literal'; readonly value: Portable }
  /** A value that this executor already holds. */
  | { readonly kind: 'ref'; readonly ref: ValueRef }
  /** An output of an earlier task of the same batch. */
  | { readonly kind: 'task'; readonly task: string; readonly port: PortId }
  /** A multi-input: its items in order. */
  | { readonly kind: 'list'; readonly items: readonly InputSource[] };

/** One call of one node. */
export interface Task {
  /** Unique within the engine; it also names the outputs that other tasks of the batch use. */
  readonly id: string;
  readonly nodeId: NodeId;
  readonly typeId: TypeId;
  readonly revision: string;
  readonly inputs: Readonly<Record<PortId, InputSource>>;
}

/** Tasks sent together, in an order in which every `task` source comes before its use. */
export interface Batch {
  readonly id: string;
  readonly tasks: readonly Task[];
}

/**
 * What happens to a task. Every task of a batch ends with exactly one of `success`, `error`, `cancelled` or
 * `unresolved` (an input's task of the same batch gave no value), whatever happens to the executor.
 */
export type TaskEvent =
  | { readonly kind: 'started'; readonly task: string }
  | {
      readonly kind: 'output';
      readonly task: string;
      readonly stream: 'stdout' | 'stderr' | 'log';
      readonly text: string;
    }
  | { readonly kind: 'progress'; readonly task: string; readonly fraction: number; readonly message?: string }
  | MetricEvent
  /** The code asks the user something, and goes on with the answer; see {@link Executor.answer}. */
  | { readonly kind: 'asked'; readonly task: string; readonly question: number; readonly prompt: string }
  | { readonly kind: 'answered'; readonly task: string; readonly question: number }
  | {
      readonly kind: 'success';
      readonly task: string;
      readonly durationMs: number;
      /** An output that is not here was skipped: tasks of the batch that need it end as `unresolved`. */
      readonly outputs: Readonly<Record<PortId, OutputSummary>>;
    }
  | { readonly kind: 'error'; readonly task: string; readonly durationMs: number; readonly error: NodeError }
  | { readonly kind: 'cancelled'; readonly task: string }
  | { readonly kind: 'unresolved'; readonly task: string };

/** A number that code tells while it runs. When there are many, some are left out, never the last of a name. */
export interface MetricEvent {
  readonly kind: 'metric';
  readonly task: string;
  readonly name: string;
  /** Null for what is no finite number. */
  readonly value: number | null;
  readonly step: number;
}

/** The life of an executor, for status lines and logs. */
export type ExecutorStatus =
  | { readonly state: 'idle' }
  /** `stage` is for people (`Downloading Python`); `fraction` goes from 0 to 1 over the whole start where it is known. */
  | { readonly state: 'starting'; readonly stage: string; readonly fraction?: number }
  | { readonly state: 'ready' }
  | { readonly state: 'restarting'; readonly reason: string }
  | { readonly state: 'failed'; readonly error: NodeError }
  | { readonly state: 'disposed' };

/** How far what a flow requires has come. `detail` is a line for people, such as one for a log. */
export type EnvironmentStatus =
  | { readonly state: 'not-started' }
  /** Finds out which packages meet the requirements. */
  | { readonly state: 'resolving'; readonly detail: string }
  /** `fraction` goes from 0 to 1 over all packages. */
  | { readonly state: 'downloading' | 'installing'; readonly detail: string; readonly fraction: number }
  | {
      readonly state: 'ready';
      readonly packages: readonly { readonly name: string; readonly version: string }[];
      /** What was chosen, to be kept in the flow's `environment.python.lock`: then the same is chosen again. */
      readonly lock?: JsonObject;
    }
  | { readonly state: 'failed'; readonly error: NodeError };

/** What an executor says apart from its batches. */
export type ExecutorEvent =
  | { readonly kind: 'status'; readonly status: ExecutorStatus }
  | { readonly kind: 'environment'; readonly status: EnvironmentStatus }
  /**
   * A worker has ended, and these handles with it, if any: their values must be computed again when needed. `all` spares the list.
   */
  | { readonly kind: 'lost'; readonly handles: readonly string[] | 'all' };

/** Which items to take. */
export interface TakeOptions {
  readonly from: number;
  /** At most so many, and never more than 1,000; a stream gives what it has, at least one unless it has ended. */
  readonly max: number;
  /**
   * Aborting ends the waiting: the promise rejects with the signal's reason. Code that computes is stopped as in a batch,
   * and then its stream may have come to its end.
   */
  readonly signal: AbortSignal;
  /** Receives what the code behind a stream says (`output`, `progress`, `metric`), as of the task that made the stream. */
  readonly onEvents?: (events: readonly TaskEvent[]) => void;
}

/** Items that were taken. */
export interface TakenItems {
  readonly items: readonly OutputSummary[];
  /** Nothing comes after these. */
  readonly isDone: boolean;
}

/** What a running node says to a live parameter. */
export type ParameterAnswer =
  | { readonly status: 'applied' | 'no-handler' }
  | { readonly status: 'rejected'; readonly reason: string };

/** Which part of a value to show. Rows of tables, items of lists and trees. */
export interface PreviewRequest {
  readonly offset?: number;
  readonly limit?: number;
  /** Rows of a table by a column: numbers before texts, what is missing last; equal rows keep their order. */
  readonly sort?: { readonly column: number; readonly descending?: boolean };
  /** Only those rows of a table in which all of these hold. */
  readonly filters?: readonly TableFilter[];
}

/** What a cell of a row must be: `>5`, `>=5`, `<5`, `<=5`, `=x`, `!=x`, or else a part of its text in any case. */
export interface TableFilter {
  /** The place of the column. */
  readonly column: number;
  readonly text: string;
}

/** How a batch is accompanied. */
export interface ExecuteOptions {
  /** Aborting cancels what has not ended; the promise still resolves, after every task has its last event. */
  readonly signal: AbortSignal;
  /** Receives events in groups, in order. */
  readonly onEvents: (events: readonly TaskEvent[]) => void;
}

/** The code of a node type, ready to be called in this realm. */
export interface DirectCode {
  /** May give a promise. */
  run(inputs: Readonly<Record<PortId, unknown>>, context: NodeContext): unknown;
  /** Why a result cannot be taken apart into outputs; undefined when it can. */
  wrongResult(result: unknown): NodeError | undefined;
  /** The value of an output of such a result, by its place among the outputs; `skip` where it has none. */
  outputOf(result: unknown, place: number): unknown;
  /**
   * Given when a result is an object and each output a property of it, without streams: then who finds all of them there, and
   * no `skip`, knows them without asking.
   */
  readonly plainPorts?: readonly PortId[];
  /** What is told of something that {@link run} threw. */
  faultOf(thrown: unknown): NodeError;
}

/** The items of a value of this realm, without handles. */
export interface DirectItems {
  /** As {@link Executor.take}, which may be used beside it. */
  take(
    options: Omit<TakeOptions, 'onEvents'>,
  ): Promise<{ readonly values: readonly unknown[]; readonly isDone: boolean }>;
  /** Ends a stream, also for others who use it: its code is told to return. Anything else has nothing to end. */
  close(): void;
}

/** How many asynchronous calls an executor lets run at once, over all runs. */
export interface Places {
  readonly hasFree: boolean;
  take(): void;
  leave(): void;
  /** Calls once, later, when a place may be free. */
  whenFree(callback: () => void): void;
}

/**
 * What an executor of the engine's own realm may offer beside batches: nodes are called one by one, without tasks, events
 * and handles. The engine keeps the values as they are; a value gets a handle when somebody asks for it. Whatever needs a
 * value of another executor, or code that is not there yet, is sent as a batch.
 */
export interface DirectExecution {
  /** The code of a type; undefined when it has to be defined first, or cannot be called. */
  find(type: NodeType): DirectCode | undefined;
  /** Takes a value in, and says what is known of it. Never throws. */
  describe(value: unknown): OutputSummary;
  /** About how many bytes a value takes. Looks at a bounded part of it. Never throws. */
  sizeOf(value: unknown): number;
  /** Opens a value that has items. @throws LoomError `value/not-iterable` */
  itemsOf(value: unknown): DirectItems;
  /** The value of a handle. @throws LoomError `value/lost` */
  valueOf(ref: ValueRef): unknown;
  release(refs: readonly ValueRef[]): void;
  readonly places: Places;
  /** How many calls may be made before this is asked again, over all runs; none when the page is to have a turn. */
  grant(): number;
  /** Notes that calls were made which had been granted. */
  spend(calls: number): void;
  /** Calls when the page had its turn. */
  afterTurn(callback: () => void): void;
  readFile(path: string): Promise<Uint8Array>;
  /** Tells when the executor is disposed of. Returns how to end that. */
  onDispose(callback: () => void): () => void;
}

/**
 * Performs tasks. One contract suite (`executorContract` of the testing package) says what all of them keep to.
 * Faults of user code are task events; a rejected promise means that the caller or the executor itself is at fault.
 */
export interface Executor {
  /** Names the executor in refs and events; unique within an engine. */
  readonly id: string;
  readonly capabilities: ExecutorCapabilities;
  readonly status: ExecutorStatus;
  /** Starts what is needed to execute. Calling it again, also while it starts, gives the same start. */
  start(options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Makes the environment ready. Resolves at once where nothing is required. */
  prepare(environment: Environment, options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Takes node types in. A faulty source is no rejection: its tasks end with the error. */
  define(definitions: readonly Definition[]): Promise<void>;
  execute(batch: Batch, options: ExecuteOptions): Promise<void>;
  /** The whole value, for another executor or for export. Rejects with `value/not-portable` or `value/lost`. */
  read(ref: ValueRef): Promise<Portable>;
  /** Takes a value in from another executor. */
  write(value: Portable): Promise<ValueRef>;
  /**
   * Takes items out of what can be iterated, from a position on: anything with positions any time, a stream only in order.
   * Each item becomes a value of its own. Output of the code behind a stream is told as that of the task that made it.
   * @throws LoomError `value/not-iterable`, `value/stream-position`, `value/lost`; what the code behind a stream throws
   * comes as `NodeFault`
   */
  take(ref: ValueRef, options: TakeOptions): Promise<TakenItems>;
  /** Makes one value of a source, such as a list of values that are held here. They stay what they are. */
  gather(source: InputSource): Promise<OutputSummary>;
  /** Hands a parameter to a task that runs, or whose stream has not ended. */
  setParameter(task: string, name: string, value: Json): Promise<ParameterAnswer>;
  /**
   * Hands an answer to a task that has asked; null ends its input. What was not asked, or is answered, is ignored. Absent
   * where code has no way to ask.
   */
  answer?(task: string, question: number, text: string | null): void;
  /** More of a value than its first preview. */
  preview(ref: ValueRef, request?: PreviewRequest): Promise<Preview>;
  /** Lets values go. Unknown handles are ignored. A stream is closed with the last of its handles. */
  release(refs: readonly ValueRef[]): void;
  subscribe(listener: (event: ExecutorEvent) => void): () => void;
  /** Ends everything; running tasks end as cancelled. Twice is fine. */
  dispose(): Promise<void>;
  /** Only where values are in the engine's own realm. */
  readonly direct?: DirectExecution;
}
