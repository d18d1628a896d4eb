import { type Json, LoomError, type TypeId } from '@loom/graph';
import type { CallContext } from '../call/context.js';
import type {
  Batch,
  Definition,
  ExecuteOptions,
  Executor,
  ExecutorCapabilities,
  ExecutorEvent,
  ExecutorStatus,
  InputSource,
  ParameterAnswer,
  Places,
  PreviewRequest,
  TakenItems,
  TakeOptions,
  Task,
} from '../executor.js';
import { decodePortable } from '../portable/decode.js';
import { encodePortable } from '../portable/encode.js';
import { previewValue, summarize } from '../preview/preview.js';
import type { OutputSummary, Portable, Preview, ValueRef } from '../value.js';
import { type BatchHost, BatchRun } from './batch.js';
import { type DirectHost, JavaScriptDirect } from './direct.js';
import { resolveSource } from './inputs.js';
import { Items } from './items.js';
import { importDataUrl, type LoadedNode, type LoadModule, loadNode } from './module.js';
import { CallPlaces } from './places.js';
import { Slices } from './slices.js';
import { ValueStore } from './values.js';

/** Asynchronous tasks at once, when nothing else is asked for. */
const DEFAULT_LANES = 128;

/** Revisions of one type that are kept callable; runs of an older document may still be going on. */
const MAX_REVISIONS = 8;

/** How the JavaScript executor behaves. */
export interface JavaScriptExecutorOptions {
  /** @default 'javascript' */
  readonly id?: string;
  /** How many asynchronous tasks run at once. @default 128 */
  readonly lanes?: number;
  /** Gives nodes the files of the app. Without it `ctx.readFile` fails with `file/no-reader`. */
  readonly readFile?: (path: string) => Promise<Uint8Array>;
  /**
   * Turns the source of a flow type into a module. The default imports a `data:` URL, which a Content Security Policy
   * must allow by `script-src data:`; flows without JavaScript sources of their own need nothing.
   */
  readonly loadModule?: LoadModule;
}

/**
 * Runs host functions and JavaScript flow types in place. Synchronous functions cannot be stopped while they run; asynchronous
 * ones are told by `ctx.signal`.
 *
 * @example
 * ```ts
 * const engine = createEngine({ library, executors: [createJavaScriptExecutor({ readFile })] });
 * ```
 */
export function createJavaScriptExecutor(options: JavaScriptExecutorOptions = {}): Executor {
  return new JavaScriptExecutor(options);
}

class JavaScriptExecutor implements Executor, BatchHost, DirectHost {
  readonly id: string;
  readonly capabilities: ExecutorCapabilities;
  readonly values: ValueStore;
  readonly places: Places;
  readonly slices = new Slices();
  readonly items = new Items(this.slices);
  readonly calls = new Map<string, CallContext<string>>();
  readonly direct: JavaScriptDirect;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  readonly #loadModule: LoadModule;
  readonly #nodes = new Map<TypeId, Map<string, LoadedNode>>();
  readonly #batches = new Set<BatchRun>();
  readonly #listeners = new Set<(event: ExecutorEvent) => void>();
  #status: ExecutorStatus = { state: 'idle' };

  constructor({
    id = 'javascript',
    lanes = DEFAULT_LANES,
    readFile,
    loadModule = importDataUrl,
  }: JavaScriptExecutorOptions) {
    this.id = id;
    this.capabilities = { performs: ['function', 'javascript'], lanes, cancel: 'none', concurrent: true };
    this.values = new ValueStore(id, (stream) => this.items.close(stream, this.#closeReason()));
    this.readFile = readFile ?? noReader;
    this.#loadModule = loadModule;
    this.places = new CallPlaces(lanes);
    this.direct = new JavaScriptDirect(this);
  }

  get status(): ExecutorStatus {
    return this.#status;
  }

  get isDisposed(): boolean {
    return this.#status.state === 'disposed';
  }

  async start(): Promise<void> {
    this.#checkAlive();
    if (this.#status.state === 'idle') this.#setStatus({ state: 'ready' });
  }

  async prepare(): Promise<void> {
    this.#checkAlive();
  }

  async define(definitions: readonly Definition[]): Promise<void> {
    this.#checkAlive();
    await Promise.all(
      definitions.map(async (definition) => {
        const node = await loadNode(definition, this.#loadModule);
        const revisions = this.#nodes.get(definition.typeId) ?? new Map<string, LoadedNode>();
        this.#nodes.set(definition.typeId, revisions);
        revisions.set(definition.implementation.revision, node);
        const [oldest] = revisions.keys();
        if (revisions.size > MAX_REVISIONS && oldest !== undefined) revisions.delete(oldest);
      }),
    );
  }

  async execute(batch: Batch, { signal, onEvents }: ExecuteOptions): Promise<void> {
    this.#checkAlive();
    const run = new BatchRun(batch, this, onEvents);
    const cancel = (): void => run.cancel();
    this.#batches.add(run);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      if (signal.aborted) run.cancel();
      else run.work();
      await run.finished;
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#batches.delete(run);
    }
  }

  async read(ref: ValueRef): Promise<Portable> {
    return encodePortable(this.values.get(ref));
  }

  async write(value: Portable): Promise<ValueRef> {
    this.#checkAlive();
    return this.values.keep(decodePortable(value));
  }

  async take(ref: ValueRef, { from, max, signal, onEvents }: TakeOptions): Promise<TakenItems> {
    this.#checkAlive();
    const value = this.values.get(ref);
    const stopHearing = onEvents && this.items.listen(value, onEvents);
    try {
      const { values, isDone } = await this.items.take(value, from, max, signal);
      return { items: values.map((item) => this.keep(item)), isDone };
    } finally {
      stopHearing?.();
    }
  }

  async gather(source: InputSource): Promise<OutputSummary> {
    this.#checkAlive();
    const resolved = resolveSource(source, new Map(), this.values);
    if (resolved.state === 'ready') return this.keep(resolved.value);
    throw new LoomError('executor/fault', 'Only values that are held can be gathered, not those of tasks.');
  }

  async setParameter(task: string, name: string, value: Json): Promise<ParameterAnswer> {
    return this.calls.get(task)?.setParameter(name, value) ?? { status: 'no-handler' };
  }

  answer(task: string, question: number, text: string | null): void {
    this.calls.get(task)?.answer(question, text);
  }

  async preview(ref: ValueRef, request?: PreviewRequest): Promise<Preview> {
    return previewValue(this.values.get(ref), request);
  }

  release(refs: readonly ValueRef[]): void {
    this.values.release(refs);
  }

  subscribe(listener: (event: ExecutorEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    if (this.isDisposed) return;
    this.#setStatus({ state: 'disposed' });
    for (const batch of [...this.#batches]) batch.cancel();
    this.direct.dispose();
    this.values.clear();
    this.#nodes.clear();
    this.#listeners.clear();
  }

  /** Takes a value in, and says what is known of it. Never throws. */
  keep(value: unknown): OutputSummary {
    return { ref: this.values.keep(value), ...summarize(value) };
  }

  loaded({ typeId, revision }: Pick<Task, 'typeId' | 'revision'>): LoadedNode | undefined {
    return this.#nodes.get(typeId)?.get(revision);
  }

  #setStatus(status: ExecutorStatus): void {
    this.#status = status;
    for (const listener of [...this.#listeners]) listener({ kind: 'status', status });
  }

  #checkAlive(): void {
    if (this.isDisposed) throw this.#disposed();
  }

  #disposed(): LoomError {
    return new LoomError('executor/disposed', `The executor "${this.id}" has been disposed of.`);
  }

  /** Why a stream is closed that nobody holds any more. */
  #closeReason(): LoomError {
    if (this.isDisposed) return this.#disposed();
    return new LoomError('value/lost', 'The stream is no longer held. Run its node again.');
  }
}

async function noReader(path: string): Promise<Uint8Array> {
  throw new LoomError(
    'file/no-reader',
    `No file can be read here, not even "${path}". Give createJavaScriptExecutor a readFile option.`,
    { context: { path } },
  );
}
