import type { NodeError, PortableBuffer } from '@loom/engine';

/**
 * What travels between the executor and its worker. The worker's own channel carries only the handshake; calls go by
 * Comlink over one port and what the worker says of its own accord over another, in order.
 */

/** The worker's first message: its module has been evaluated. */
export interface ReadyMessage {
  readonly kind: 'ready';
}

/** The page's only message on the worker's own channel: the two ports to talk over. */
export interface ConnectMessage {
  readonly kind: 'connect';
  readonly calls: MessagePort;
  readonly signals: MessagePort;
  /** The name of the lock by which the worker shows that it lives; see `LifeWatch`. */
  readonly life?: string;
}

/** What the worker needs to start Python. */
export interface BootRequest {
  /** Absolute address of the folder with Pyodide's files, ending in a slash. */
  readonly indexUrl: string;
  /** The same folder as a path, in Node: Pyodide reads files by path there. */
  readonly indexPath?: string;
  /** The Python harness: file name to source. */
  readonly runtime: Readonly<Record<string, string>>;
  /** Pyodide's WebAssembly, as an earlier worker has compiled it. */
  readonly code?: WebAssembly.Module;
  /** Bytes beyond which Python gets no more memory. */
  readonly memoryLimit: number;
  /** Two words that ask for an interrupt; see `InterruptGate`. Absent where memory cannot be shared. */
  readonly interrupt?: SharedArrayBuffer;
  /** Whether node sources may import what reaches into the page. */
  readonly jsAccess?: boolean;
  /** True when a picture of the memory of a Python that has started is being fetched: it comes with `snapshot`. */
  readonly awaitsSnapshot?: boolean;
  /** A slot for messages to code that computes; see `MailSlot`. Absent likewise. */
  readonly mail?: SharedArrayBuffer;
}

/** Why a call failed, as data: an Error would lose its code on the way. */
export interface WireFault {
  readonly code: string;
  readonly message: string;
  readonly context?: Readonly<Record<string, unknown>>;
  /** The whole report of what user code raised. */
  readonly error?: NodeError;
}

export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: WireFault };

export interface WirePortable {
  readonly head: string;
  readonly buffers: readonly PortableBuffer[];
}

/** A pickled value, for another worker of the same pool: its buffers stand beside it. */
export interface PackedValue {
  readonly data: ArrayBuffer;
  readonly buffers: readonly PortableBuffer[];
}

/** Why one of several values is not there. */
export interface MissingValue {
  readonly fault: WireFault;
}

/** Calls that the worker answers. Texts are JSON in the forms of `runtime-protocol.ts` of `@loom/python`. */
export interface WorkerCalls {
  boot(request: BootRequest): Promise<Reply<void>>;
  /** Brings what `boot` waits for, made by `makeSnapshot`; nothing when it could not be had after all. */
  snapshot(snapshot: Blob | undefined): Promise<Reply<void>>;
  /** Instead of {@link boot}: starts Python, takes a picture of its memory, and is of no use any more. */
  makeSnapshot(request: BootRequest): Promise<Reply<ArrayBuffer>>;
  define(definitions: string): Promise<Reply<void>>;
  /** Begins a batch; its end is a signal, so that it comes after all of the batch's events. */
  execute(sequence: number, batch: string, buffers: readonly PortableBuffer[]): Promise<Reply<void>>;
  /** Asks a batch or a take to end. */
  cancel(sequence: number): Promise<Reply<void>>;
  /** Begins to take items; its end is a signal, as that of a batch. The request is JSON. */
  take(sequence: number, handle: string, request: string): Promise<Reply<void>>;
  /** Makes one value of a source; gives JSON of its output. */
  gather(source: string, buffers: readonly PortableBuffer[]): Promise<Reply<string>>;
  /**
   * The value and the answer are JSON. What is read later than `expires` (milliseconds of `Date.now`) is refused. The answer
   * is empty when the same came in the mail, by its number there.
   */
  setParameter(task: string, name: string, value: string, expires: number, mail: number): Promise<Reply<string>>;
  answer(task: string, question: number, text: string | null): Promise<Reply<void>>;
  read(handle: string): Promise<Reply<WirePortable>>;
  write(value: WirePortable): Promise<Reply<string>>;
  /** Pickles values, given as a JSON array of handles. */
  pack(handles: string): Promise<Reply<readonly (PackedValue | MissingValue)[]>>;
  /** Makes values of what another worker packed; gives their handles. */
  unpack(values: readonly PackedValue[]): Promise<Reply<readonly (string | MissingValue)[]>>;
  /** Makes values of what a worker that has ended had saved; gives a JSON array of their handles. */
  restore(packed: PackedValue): Promise<Reply<string>>;
  preview(handle: string, request: string): Promise<Reply<string>>;
  release(handles: string): Promise<Reply<void>>;
  /** JSON of a `PackagesRequest` in, of a `PackagesAnswer` out. */
  resolvePackages(request: string): Promise<Reply<string>>;
  /** JSON of a `WheelMetadata`. */
  wheelMetadata(file: string, data: ArrayBuffer): Promise<Reply<string>>;
  /** The SHA-256 of a file, checked against what is expected of it. */
  digest(file: string, expected: string | null, data: ArrayBuffer): Promise<Reply<string>>;
  /** Which packages of a plan are installed; a fault when something else is in the place of one. */
  checkPlan(plan: string): Promise<Reply<readonly string[]>>;
  /** Checks and installs a wheel, and gives its SHA-256. */
  addWheel(file: string, expected: string | null, data: ArrayBuffer): Promise<Reply<string>>;
  /** Loads packages that lie next to Pyodide, by their keys in the plan. */
  loadPackages(keys: readonly string[]): Promise<Reply<void>>;
}

/** The stages of a start, in order. */
export type BootStage = 'worker' | 'download' | 'compile' | 'python' | 'harness';

/** What the worker says without being asked. */
export type WorkerSignal =
  /** Also the sign of life that the stall watch waits for. */
  | { readonly kind: 'progress'; readonly stage: BootStage; readonly loaded?: number; readonly total?: number }
  /** Pyodide's WebAssembly, for workers to come. A message of its own: where code cannot be sent, nothing else is lost. */
  | { readonly kind: 'compiled'; readonly code: WebAssembly.Module }
  /** A JSON array of `RuntimeEvent`, of a batch or of the code behind a stream. */
  | { readonly kind: 'events'; readonly sequence: number; readonly events: string }
  /** Values that were told of, by a JSON array of their handles, as one pickled list; see `SavedValues`. */
  | { readonly kind: 'saved'; readonly sequence: number; readonly handles: string; readonly packed: PackedValue }
  /** A cancel message was read: the worker's loop is free, so code that awaits is being cancelled. */
  | { readonly kind: 'cancelling'; readonly sequence: number }
  /** The end of a batch or a take; `value` is JSON of the items. Memory is told after batches. */
  | {
      readonly kind: 'finished';
      readonly sequence: number;
      readonly fault?: WireFault;
      readonly value?: string;
      readonly heapBytes?: number;
    }
  /** Locks can be had where the worker is. */
  | { readonly kind: 'holds-life' }
  /** The message is out of the slot. */
  | { readonly kind: 'mail-taken' }
  /** JSON of a `RuntimeMailReply`. */
  | { readonly kind: 'mail-replied'; readonly reply: string }
  /** The interpreter is dead; nothing but a new worker helps. `task` is the one that began last. */
  | {
      readonly kind: 'fatal';
      readonly reason: 'stack-overflow' | 'exit' | 'crash';
      readonly message: string;
      readonly task?: string;
    };
