import type { PyodideAPI } from 'pyodide';
import type { WireFault, WirePortable } from '../protocol.js';
import { BRIDGE_NAME } from './bridge.js';
import { WorkerFault } from './fault.js';
import type { InterruptGate } from './interrupt-gate.js';

/** The functions of the bridge, as Pyodide shows them. They live as long as the worker. */
interface Bridge {
  start(send: (events: string) => void, begun: (task: string) => void, wait: (ms: number) => void): void;
  define(definitions: string): void;
  execute(batch: string, buffers: readonly ArrayBuffer[], done: (fault: string | undefined) => void): void;
  cancel(): void;
  /** None of Python is undefined here. */
  read(handle: string): [fault: string] | [fault: undefined, head: string, buffers: Uint8Array[]];
  write(head: string, buffers: readonly ArrayBuffer[]): [fault: string] | [fault: undefined, handle: string];
  preview(handle: string, request: string): [fault: string] | [fault: undefined, preview: string];
  release(handles: string): void;
  missing(names: readonly string[]): string[];
}

export interface RuntimeListener {
  onEvents(sequence: number, events: string): void;
  onFinished(sequence: number, fault: WireFault | undefined): void;
}

/** The Python runtime inside this worker: plain JavaScript values in and out. */
export class PythonRuntime {
  readonly #bridge: Bridge;
  readonly #gate: InterruptGate;
  readonly #listener: RuntimeListener;
  #sequence = 0;
  #task: string | undefined;

  constructor(pyodide: PyodideAPI, gate: InterruptGate, listener: RuntimeListener) {
    this.#gate = gate;
    this.#listener = listener;
    // The proxy of the module keeps those of its functions, so these are made once.
    this.#bridge = pyodide.pyimport(BRIDGE_NAME) as Bridge;
    this.#bridge.start(
      (events) => listener.onEvents(this.#sequence, events),
      (task) => {
        this.#task = task;
      },
      (ms) => gate.sleep(ms),
    );
    // The gate has the two things that Pyodide does with a buffer: it reads and writes index 0.
    pyodide.setInterruptBuffer(gate as unknown as Int32Array);
  }

  /** The task that began last: when the interpreter dies, the one to blame. */
  get task(): string | undefined {
    return this.#task;
  }

  define(definitions: string): void {
    this.#gate.closedWhile(() => this.#bridge.define(definitions));
  }

  execute(sequence: number, batch: string, buffers: readonly ArrayBuffer[]): void {
    this.#sequence = sequence;
    this.#gate.closedWhile(() =>
      this.#bridge.execute(batch, buffers, (fault) => {
        this.#gate.open(0);
        this.#listener.onFinished(
          sequence,
          fault === undefined ? undefined : { code: 'executor/internal', message: fault },
        );
      }),
    );
    this.#gate.open(sequence);
  }

  cancel(sequence: number): void {
    if (sequence !== this.#sequence) return;
    this.#gate.forget();
    this.#gate.closedWhile(() => this.#bridge.cancel());
  }

  read(handle: string): WirePortable {
    const [fault, head, buffers] = this.#gate.closedWhile(() => this.#bridge.read(handle));
    if (fault !== undefined) throw pythonFault(fault);
    return { head, buffers: buffers.map(ownBuffer) };
  }

  write(value: WirePortable): string {
    const [fault, handle] = this.#gate.closedWhile(() => this.#bridge.write(value.head, value.buffers));
    if (fault !== undefined) throw pythonFault(fault);
    return handle;
  }

  preview(handle: string, request: string): string {
    const [fault, preview] = this.#gate.closedWhile(() => this.#bridge.preview(handle, request));
    if (fault !== undefined) throw pythonFault(fault);
    return preview;
  }

  release(handles: string): void {
    this.#gate.closedWhile(() => this.#bridge.release(handles));
  }

  missingModules(names: readonly string[]): readonly string[] {
    return this.#gate.closedWhile(() => this.#bridge.missing(names));
  }
}

/** A buffer that holds exactly these bytes, so that it can be transferred. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return (whole ? bytes : bytes.slice()).buffer as ArrayBuffer;
}

/** The runtime raises its faults as JSON text. */
function pythonFault(text: string): WorkerFault {
  try {
    const { code, message } = JSON.parse(text) as WireFault;
    return new WorkerFault(code, message);
  } catch {
    return new WorkerFault('executor/internal', text);
  }
}
