import type { Json, NodeId, PortId, TypeId } from '@loom/graph';

/**
 * What travels between TypeScript and `loom_runtime`. Everything is JSON text with raw buffers beside it, so that
 * Pyodide and CPython take the same messages. The Python face is `loom_runtime.Runtime`:
 *
 * ```python
 * runtime = Runtime(send, stepping=None, block=None, mailbox=None, save=None)
 *                                               # send(events: str): a JSON array of RuntimeMessage, in groups;
 *                                               # stepping(key): whose code runs beside the batch; 0; None
 *                                               # block(seconds): waits for something to come, and lets signals through
 *                                               # mailbox: receive() gives JSON RuntimeMail, reply(answer) takes JSON
 *                                               # RuntimeMailReply; opened on SIGUSR1 while code computes,
 *                                               # which also sends what the code has said
 *                                               # save(handles, data, buffers): copies of small values, pickled as one
 *                                               # list, right after the events that tell of them
 * runtime.define(definitions)                   # JSON array of RuntimeDefinition; never raises for faulty sources
 * await runtime.execute(batch, buffers)         # JSON RuntimeBatch; every task ends with one final event
 * runtime.cancel()                              # ends the running batch at the next await or task
 * head, buffers = runtime.read(handle)          # a portable value; raises RuntimeError with JSON RuntimeFault as text
 * handle = runtime.write(head, buffers)
 * data, buffers = runtime.pack(handle)          # a pickle, for another worker with the same runtime
 * handle = runtime.unpack(data, buffers)
 * handles = runtime.restore(data, buffers)      # what another one saved; JSON array of handles
 * items = await runtime.take(key, handle, request, send)
 *                                               # JSON RuntimeItemsRequest in, JSON RuntimeItems out; send takes events
 * runtime.cancel_take(key)                      # ends a take at its next await
 * output = runtime.gather(source, buffers)      # JSON RuntimeSource in, JSON RuntimeOutput out
 * answer = await runtime.set_parameter(task, name, value)
 *                                               # value: JSON; JSON ParameterAnswer of the engine out
 * runtime.answer(task, question, text)          # what the user answered; None: there is no answer
 * preview = runtime.preview(handle, request)    # JSON PreviewRequest in, JSON Preview out
 * runtime.release(handles)                      # JSON array of handles; unknown ones are ignored
 * runtime.place                                 # array of one int: which task of the batch runs, or -1
 * runtime.flush()                               # sends what waits, also from inside user code
 * runtime.close()                               # gives the standard streams and SIGINT back
 * ```
 */
export interface RuntimeDefinition {
  readonly typeId: TypeId;
  readonly revision: string;
  readonly source: string;
  readonly entry: string;
  readonly returns: 'none' | 'single' | 'mapping' | 'sequence';
  readonly outputs: readonly PortId[];
  /** Those of them that give items over time. @default none */
  readonly streams?: readonly PortId[];
}

/** Where an input comes from. A literal is a portable head; its buffers are `buffers[start]` up to `start + count`. */
export type RuntimeSource =
  | { readonly kind: 'literal'; readonly head: string; readonly start: number; readonly count: number }
  | { readonly kind: 'handle'; readonly handle: string }
  | { readonly kind: 'task'; readonly task: number; readonly port: PortId }
  | { readonly kind: 'list'; readonly items: readonly RuntimeSource[] };

/** What tasks of one type with the same inputs have in common. */
export interface RuntimeShape {
  readonly typeId: TypeId;
  readonly revision: string;
  /** The inputs that have something. */
  readonly ports: readonly PortId[];
  /** Which output of another task each of them takes; null where it takes something else. */
  readonly outputs: readonly (PortId | null)[];
}

/** Tasks by place, in columns: what a task takes to read must be small beside what it takes to run. */
export interface RuntimeBatch {
  readonly shapes: readonly RuntimeShape[];
  /** The place of each task's shape. */
  readonly shapeOf: readonly number[];
  /** For each input of each task, in order: the place of the task that it comes from, or `~place` of a source. */
  readonly origins: readonly number[];
  readonly sources: readonly RuntimeSource[];
  /** JSON of {@link RuntimeNames}, which is read when somebody has to be named. */
  readonly names: string;
}

/** By place. */
export interface RuntimeNames {
  readonly tasks: readonly string[];
  readonly nodes: readonly NodeId[];
}

/** Tasks that follow each other and gave a number or the like at their one output, started and succeeded. */
export interface RuntimeRan {
  readonly kind: 'ran';
  /** The place of the first. */
  readonly first: number;
  readonly port: PortId;
  /** The number in the handle of the first, as in `v7`; those of the others follow. */
  readonly handle: number;
  /** A letter for each type: `i`, `f`, `b` or `n` for None. */
  readonly types: string;
  /** What each value looks like. */
  readonly texts: readonly string[];
  /** Of each value, or of all alike. */
  readonly bytes: number | readonly number[];
  /** The average of those that were not noted by themselves. */
  readonly durationMs: number;
  /** Those that took a while, by place. */
  readonly longer: readonly (readonly [place: number, durationMs: number])[];
}

/** A MIME bundle, as `Preview` of the engine. */
export interface RuntimePreview {
  readonly data: Readonly<Record<string, unknown>>;
  readonly truncated: boolean;
}

export interface RuntimeOutput {
  readonly handle: string;
  readonly typeName: string;
  readonly shape?: string;
  readonly preview: RuntimePreview;
  readonly bytes?: number;
  readonly isStream?: boolean;
}

export interface RuntimeItemsRequest {
  readonly from: number;
  readonly max: number;
}

export interface RuntimeItems {
  readonly items: readonly RuntimeOutput[];
  readonly isDone: boolean;
}

/** A Python exception as data, trimmed to the user's code. Same shape as `NodeError` of the engine. */
export interface RuntimeFault {
  readonly code: string;
  readonly message: string;
  readonly frames: readonly {
    readonly typeId?: string;
    readonly functionName: string;
    readonly line: number;
    readonly column?: number;
    readonly endLine?: number;
    readonly endColumn?: number;
    readonly text?: string;
  }[];
  readonly traceback?: string;
  readonly cause?: RuntimeFault;
}

/** What the runtime sends of a batch. */
export type RuntimeMessage = RuntimeEvent | RuntimeRan;

/** Same as `TaskEvent` of the engine, with handles in the place of refs. */
export type RuntimeEvent =
  | { readonly kind: 'started'; readonly task: string }
  | {
      readonly kind: 'output';
      readonly task: string;
      readonly stream: 'stdout' | 'stderr' | 'log';
      readonly text: string;
    }
  | { readonly kind: 'progress'; readonly task: string; readonly fraction: number; readonly message?: string }
  | {
      readonly kind: 'metric';
      readonly task: string;
      readonly name: string;
      readonly value: number | null;
      readonly step: number;
    }
  | { readonly kind: 'asked'; readonly task: string; readonly question: number; readonly prompt: string }
  | { readonly kind: 'answered'; readonly task: string; readonly question: number }
  | {
      readonly kind: 'success';
      readonly task: string;
      readonly durationMs: number;
      readonly outputs: Readonly<Record<PortId, RuntimeOutput>>;
    }
  | { readonly kind: 'error'; readonly task: string; readonly durationMs: number; readonly error: RuntimeFault }
  | { readonly kind: 'cancelled'; readonly task: string }
  | { readonly kind: 'unresolved'; readonly task: string };

/** What reaches code while it computes. */
export type RuntimeMail =
  | {
      readonly kind: 'parameter';
      readonly id: number;
      readonly task: string;
      readonly name: string;
      readonly value: Json;
    }
  | { readonly kind: 'answer'; readonly task: string; readonly question: number; readonly text: string | null };

/** What a handler said to a parameter; null when only code that awaits can be asked. */
export interface RuntimeMailReply {
  readonly id: number;
  readonly answer: { readonly status: 'applied' | 'no-handler' | 'rejected'; readonly reason?: string } | null;
}
