import type { NodeError, PortableBuffer } from '@loom/engine';
import type { RuntimeBatch, RuntimeFault, RuntimeMailReply, RuntimeNames } from '@loom/python';
import type { PyodideAPI } from 'pyodide';
import type { MissingValue, PackedValue, WireFault, WirePortable } from '../link/protocol.js';
import { BRIDGE_NAME } from './bridge.js';
import { toWireFault, WorkerFault } from './fault.js';
import type { InterruptGate } from './interrupt-gate.js';
import type { MailSlot } from './mail-slot.js';
import { MountedBlobs } from './mounted-blobs.js';

/** The functions of the bridge, as Pyodide shows them. They live as long as the worker. */
interface Bridge {
  start(
    send: (events: string) => void,
    stepping: (take: number | undefined) => void,
    wait: (ms: number) => void,
    save: ((handles: string, data: Uint8Array, buffers: readonly FromPython[]) => void) | undefined,
    take: () => string | undefined,
    reply: (reply: string) => void,
    drop: (path: string) => void,
  ): number;
  hide_page(): void;
  define(definitions: string): void;
  execute(batch: string, buffers: readonly InPython[], done: (fault: string | undefined) => void): void;
  cancel(): void;
  take(
    key: number,
    handle: string,
    request: string,
    send: (events: string) => void,
    done: (fault: string | undefined, items: string | undefined) => void,
  ): void;
  cancel_take(key: number): void;
  gather(source: string, buffers: readonly InPython[]): [fault: string] | [fault: undefined, output: string];
  set_parameter(
    task: string,
    name: string,
    value: string,
    done: (fault: string | undefined, answer: string | undefined) => void,
  ): void;
  answer(task: string, question: number, text: string | undefined): void;
  /** None of Python is undefined here. */
  read(handle: string): [fault: string] | [fault: undefined, head: string, buffers: FromPython[]];
  write(head: string, buffers: readonly InPython[]): [fault: string] | [fault: undefined, handle: string];
  pack(handles: string): ([fault: string] | [fault: undefined, data: Uint8Array, buffers: FromPython[]])[];
  unpack(
    values: readonly { readonly data: ArrayBuffer; readonly buffers: readonly InPython[] }[],
  ): ([fault: string] | [fault: undefined, handle: string])[];
  restore(data: ArrayBuffer, buffers: readonly InPython[]): [fault: string] | [fault: undefined, handles: string];
  preview(handle: string, request: string): [fault: string] | [fault: undefined, preview: string];
  release(handles: string): void;
}

/** Bytes as they go into Python and come out of it; a text is a file of this worker, by its path. */
type InPython = ArrayBuffer | string;
type FromPython = Uint8Array | string;

export interface RuntimeListener {
  onEvents(sequence: number, events: string): void;
  /** Copies of values that the events before told of, in case this worker has to be ended. */
  onSaved(sequence: number, handles: string, packed: PackedValue): void;
  /** A batch or a take has ended; the value is that of a take. */
  onMailTaken(): void;
  onMailReplied(reply: string): void;
  onFinished(
    sequence: number,
    end: { readonly fault?: WireFault; readonly value?: string; readonly heapBytes?: number },
  ): void;
}

/** The Python runtime inside this worker: plain JavaScript values in and out. */
export class PythonRuntime {
  readonly #bridge: Bridge;
  readonly #gate: InterruptGate;
  readonly #listener: RuntimeListener;
  readonly #files: MountedBlobs;
  readonly #heapBytes: () => number;
  /** Parameters that came in the mail, and whose messages are still to be read. */
  readonly #mailed = new Set<number>();
  readonly #place: () => number;
  #sequence = 0;
  #batch = '';

  constructor(pyodide: PyodideAPI, gate: InterruptGate, mail: MailSlot | undefined, listener: RuntimeListener) {
    this.#gate = gate;
    this.#listener = listener;
    const { _module: module } = pyodide as unknown as { readonly _module?: { readonly HEAP8?: Int8Array } };
    this.#files = new MountedBlobs(pyodide.FS);
    this.#heapBytes = () => module?.HEAP8?.byteLength ?? 0;
    // The proxy of the module keeps those of its functions, so these are made once.
    this.#bridge = pyodide.pyimport(BRIDGE_NAME) as Bridge;
    const address = this.#bridge.start(
      (events) => listener.onEvents(this.#sequence, events),
      (take) => gate.step(take),
      (ms) => gate.sleep(ms),
      mail === undefined
        ? (handles, data, buffers) =>
            listener.onSaved(this.#sequence, handles, { data: ownBuffer(data), buffers: this.#own(buffers) })
        : undefined,
      () => {
        const text = mail?.take();
        if (text !== undefined) listener.onMailTaken();
        return text;
      },
      (reply) => {
        const { id, answer } = JSON.parse(reply) as RuntimeMailReply;
        if (answer) this.#mailed.add(id);
        listener.onMailReplied(reply);
      },
      (path) => this.#files.drop(path),
    );
    // Python's memory moves as it grows, and is still there when the interpreter has died.
    this.#place = () => (module?.HEAP8 ? new Int32Array(module.HEAP8.buffer, address, 1)[0] : undefined) ?? -1;
    // The gate has the two things that Pyodide does with a buffer: it reads and writes index 0.
    pyodide.setInterruptBuffer(gate as unknown as Int32Array);
  }

  /** Keeps node sources from importing what reaches into the page. */
  hidePage(): void {
    this.#bridge.hide_page();
  }

  /** The task that began last: when the interpreter dies, the one to blame. */
  get task(): string | undefined {
    const place = this.#place();
    if (place < 0) return undefined;
    const { names } = JSON.parse(this.#batch) as RuntimeBatch;
    return (JSON.parse(names) as RuntimeNames).tasks[place];
  }

  define(definitions: string): void {
    this.#gate.closedWhile(() => this.#bridge.define(definitions));
  }

  execute(sequence: number, batch: string, buffers: readonly PortableBuffer[]): void {
    this.#sequence = sequence;
    this.#batch = batch;
    this.#gate.closedWhile(() =>
      this.#bridge.execute(batch, this.#files.mounted(buffers), (fault) => {
        this.#gate.open(0);
        this.#listener.onFinished(sequence, {
          heapBytes: this.#heapBytes(),
          ...(fault === undefined ? {} : { fault: runtimeFault(fault) }),
        });
      }),
    );
    this.#gate.open(sequence);
  }

  cancel(sequence: number): void {
    this.#gate.forget(sequence);
    this.#gate.closedWhile(() => {
      if (sequence === this.#sequence) this.#bridge.cancel();
      else this.#bridge.cancel_take(sequence);
    });
  }

  take(sequence: number, handle: string, request: string): void {
    this.#gate.closedWhile(() =>
      this.#bridge.take(
        sequence,
        handle,
        request,
        (events) => this.#listener.onEvents(sequence, events),
        (fault, value = '') =>
          this.#listener.onFinished(
            sequence,
            fault === undefined ? { value } : { fault: toWireFault(pythonFault(fault)) },
          ),
      ),
    );
  }

  gather(source: string, buffers: readonly PortableBuffer[]): string {
    const [fault, output] = this.#gate.closedWhile(() => this.#bridge.gather(source, this.#files.mounted(buffers)));
    if (fault !== undefined) throw pythonFault(fault);
    return output;
  }

  answer(task: string, question: number, text: string | null): void {
    this.#gate.closedWhile(() => this.#bridge.answer(task, question, text ?? undefined));
  }

  /** Whether the parameter came in the mail, by its number there. */
  hasMailed(mail: number): boolean {
    return this.#mailed.has(mail);
  }

  setParameter(task: string, name: string, value: string, mail: number): Promise<string> {
    if (this.#mailed.delete(mail)) return Promise.resolve('');
    return new Promise((resolve, reject) => {
      this.#gate.closedWhile(() =>
        this.#bridge.set_parameter(task, name, value, (fault, answer = '') => {
          if (fault === undefined) resolve(answer);
          else reject(pythonFault(fault));
        }),
      );
    });
  }

  read(handle: string): WirePortable {
    const [fault, head, buffers] = this.#gate.closedWhile(() => this.#bridge.read(handle));
    if (fault !== undefined) throw pythonFault(fault);
    return { head, buffers: this.#own(buffers) };
  }

  write(value: WirePortable): string {
    const [fault, handle] = this.#gate.closedWhile(() =>
      this.#bridge.write(value.head, this.#files.mounted(value.buffers)),
    );
    if (fault !== undefined) throw pythonFault(fault);
    return handle;
  }

  pack(handles: string): readonly (PackedValue | MissingValue)[] {
    return this.#gate
      .closedWhile(() => this.#bridge.pack(handles))
      .map((packed) => {
        const [fault, data, buffers] = packed;
        if (fault !== undefined) return { fault: toWireFault(pythonFault(fault)) };
        return { data: ownBuffer(data), buffers: this.#own(buffers) };
      });
  }

  unpack(values: readonly PackedValue[]): readonly (string | MissingValue)[] {
    const mounted = values.map(({ data, buffers }) => ({ data, buffers: this.#files.mounted(buffers) }));
    return this.#gate
      .closedWhile(() => this.#bridge.unpack(mounted))
      .map(([fault, handle]) => (fault === undefined ? handle : { fault: toWireFault(pythonFault(fault)) }));
  }

  restore({ data, buffers }: PackedValue): string {
    const [fault, handles] = this.#gate.closedWhile(() => this.#bridge.restore(data, this.#files.mounted(buffers)));
    if (fault !== undefined) throw pythonFault(fault);
    return handles;
  }

  preview(handle: string, request: string): string {
    const [fault, preview] = this.#gate.closedWhile(() => this.#bridge.preview(handle, request));
    if (fault !== undefined) throw pythonFault(fault);
    return preview;
  }

  release(handles: string): void {
    this.#gate.closedWhile(() => this.#bridge.release(handles));
  }

  #own(buffers: readonly FromPython[]): readonly PortableBuffer[] {
    return buffers.map((buffer) => (typeof buffer === 'string' ? this.#files.blobAt(buffer) : ownBuffer(buffer)));
  }
}

/** A buffer that holds exactly these bytes, so that it can be transferred. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return (whole ? bytes : bytes.slice()).buffer as ArrayBuffer;
}

/** What runs the nodes failed itself. With memory that values fill to the last byte it can do nothing any more. */
function runtimeFault(message: string): WireFault {
  if (!message.startsWith('MemoryError')) return { code: 'executor/internal', message };
  return {
    code: 'python/out-of-memory',
    message:
      'The memory of this Python is full, so the node could not be run. Keep fewer or smaller results, or give workers ' +
      'more with memoryLimit.',
  };
}

/** The runtime raises its faults as JSON text. Those of user code have a traceback. */
function pythonFault(text: string): WorkerFault {
  try {
    const report = JSON.parse(text) as RuntimeFault;
    const error = report.traceback === undefined ? undefined : (report as NodeError);
    return new WorkerFault(report.code, report.message, {}, undefined, error);
  } catch {
    return new WorkerFault('executor/internal', text);
  }
}
