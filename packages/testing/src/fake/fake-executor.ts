import {
  type Batch,
  type Definition,
  decodePortable,
  type ExecuteOptions,
  type Executor,
  type ExecutorCapabilities,
  type ExecutorEvent,
  type ExecutorStatus,
  encodePortable,
  type InputSource,
  type NodeError,
  type OutputSummary,
  type ParameterAnswer,
  type Portable,
  type Preview,
  type TakenItems,
  type TakeOptions,
  type Task,
  type ValueRef,
} from '@loom/engine';
import { type Environment, type Json, LoomError } from '@loom/graph';
import { type Body, FakeBatch } from './fake-batch.js';
import { FakeStream } from './fake-stream.js';

/** Items of one take, as in every executor. */
const MAX_TAKEN = 1_000;

/** How a {@link FakeExecutor} behaves. */
export interface FakeExecutorOptions {
  /** @default 'fake' */
  readonly id?: string;
  /** @default ['function'] */
  readonly performs?: ExecutorCapabilities['performs'];
  /** @default 1 */
  readonly lanes?: number;
  /** `held`: starting ends when the test says so; `never`: it does not end; `fails`: it rejects. @default 'ready' */
  readonly start?: 'ready' | 'held' | 'never' | 'fails';
  /** What an aborted batch does: ends its tasks, or waits for the test. @default 'at once' */
  readonly onAbort?: 'at once' | 'held';
  /** What preparing an environment rejects with. */
  readonly prepareError?: Error;
  /** What running tasks say to live parameters. @default they have no handlers */
  readonly onParameter?: (nodeId: string, name: string, value: Json) => ParameterAnswer;
}

/**
 * An executor whose tasks end when the test says so. It keeps the contract otherwise: tasks that need a failed one of
 * the same batch end as unresolved, and a batch resolves when all its tasks have ended.
 */
export class FakeExecutor implements Executor {
  readonly id: string;
  readonly capabilities: ExecutorCapabilities;
  /** Everything that was sent, in order. */
  readonly batches: Batch[] = [];
  readonly definitions: Definition[] = [];
  readonly environments: Environment[] = [];
  /** Values that are held now, by handle. */
  readonly values = new Map<string, unknown>();
  readonly released: ValueRef[] = [];
  /** Takes that have been asked for, in order. */
  readonly taken: { readonly ref: ValueRef; readonly from: number; readonly max: number }[] = [];
  /** Answers to what its tasks have asked, in order. */
  readonly answers: { readonly task: string; readonly question: number; readonly text: string | null }[] = [];
  startCount = 0;
  readCount = 0;
  status: ExecutorStatus = { state: 'idle' };
  readonly #options: FakeExecutorOptions;
  readonly #listeners = new Set<(event: ExecutorEvent) => void>();
  readonly #running = new Set<FakeBatch>();
  #release: () => void = () => {};
  #starting: Promise<void> | undefined;
  #handles = 0;

  constructor(options: FakeExecutorOptions = {}) {
    this.#options = options;
    this.id = options.id ?? 'fake';
    this.capabilities = { performs: options.performs ?? ['function'], lanes: options.lanes ?? 1, cancel: 'interrupt' };
  }

  /** Tasks that have not ended and whose inputs are there, in the order in which they were sent. */
  get open(): Task[] {
    return [...this.#running].flatMap((batch) => batch.open);
  }

  /** Ends a held start. */
  releaseStart(): void {
    this.#release();
  }

  /** Says that a node's task has started. */
  begin(nodeId: string): void {
    this.#batchWith(nodeId).begin(nodeId);
  }

  /** Ends a node's task well. Ports that are not given hold `<node>.<port>`. */
  succeed(nodeId: string, outputs: Readonly<Record<string, unknown>> = {}): void {
    this.#batchWith(nodeId).succeed(nodeId, outputs);
  }

  fail(nodeId: string, error: Partial<NodeError> = {}): void {
    this.#batchWith(nodeId).fail(nodeId, { code: 'test/failed', message: 'It failed.', frames: [], ...error });
  }

  /** Says something else of a node's task. */
  say(nodeId: string, event: Body): void {
    this.#batchWith(nodeId).say(nodeId, event);
  }

  /** Ends every open task well, and what becomes open by that. */
  succeedAll(): void {
    for (let [task] = this.open; task; [task] = this.open) this.succeed(task.nodeId);
  }

  /** Ends what a cancelled batch still holds. */
  releaseCancelled(): void {
    for (const batch of [...this.#running]) if (batch.isAborted) batch.endAll({ kind: 'cancelled' });
  }

  /** The worker is gone: values are lost, tasks end with `executor/lost`. */
  crash(): void {
    this.values.clear();
    this.#emit({ kind: 'status', status: { state: 'restarting', reason: 'It crashed.' } });
    this.#emit({ kind: 'lost', handles: 'all' });
    const error: NodeError = { code: 'executor/lost', message: 'The worker was lost.', frames: [] };
    for (const batch of [...this.#running]) batch.endAll({ kind: 'error', durationMs: 0, error });
  }

  /** Values are gone, tasks go on. */
  lose(handles: readonly string[] | 'all'): void {
    if (handles === 'all') this.values.clear();
    else for (const handle of handles) this.values.delete(handle);
    this.#emit({ kind: 'lost', handles });
  }

  start(): Promise<void> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async prepare(environment: Environment): Promise<void> {
    this.environments.push(environment);
    if (this.#options.prepareError) throw this.#options.prepareError;
  }

  async define(definitions: readonly Definition[]): Promise<void> {
    this.definitions.push(...definitions);
  }

  async execute(batch: Batch, options: ExecuteOptions): Promise<void> {
    this.batches.push(batch);
    const definitions = new Map(this.definitions.map((definition) => [definition.typeId, definition]));
    const running = new FakeBatch(batch, definitions, options.onEvents, {
      keep: (value) => this.#summarized(value),
      get: (ref) => this.#get(ref),
    });
    this.#running.add(running);
    const onAbort = (): void => {
      running.isAborted = true;
      if (this.#options.onAbort !== 'held') running.endAll({ kind: 'cancelled' });
    };
    options.signal.addEventListener('abort', onAbort);
    if (options.signal.aborted) onAbort();
    await running.finished;
    options.signal.removeEventListener('abort', onAbort);
    this.#running.delete(running);
  }

  async read(ref: ValueRef): Promise<Portable> {
    this.readCount++;
    return encodePortable(this.#get(ref));
  }

  async write(value: Portable): Promise<ValueRef> {
    return this.#keep(decodePortable(value));
  }

  async take(ref: ValueRef, options: TakeOptions): Promise<TakenItems> {
    const { from, signal } = options;
    const max = Math.min(options.max, MAX_TAKEN);
    this.taken.push({ ref, from, max });
    const value = this.#get(ref);
    if (value instanceof FakeStream) {
      const { values, isDone } = await value.take(from, max, signal);
      return { items: values.map((item) => this.#summarized(item)), isDone };
    }
    signal.throwIfAborted();
    const items = itemsOf(value);
    if (!items) throw new LoomError('value/not-iterable', `The fake has no items for ${ref.handle}.`);
    const values = items.slice(from, from + max);
    return { items: values.map((item) => this.#summarized(item)), isDone: from + max >= items.length };
  }

  async gather(source: InputSource): Promise<OutputSummary> {
    return this.#summarized(this.#valueOf(source));
  }

  async setParameter(task: string, name: string, value: Json): Promise<ParameterAnswer> {
    const running = this.open.find(({ id }) => id === task);
    const { onParameter } = this.#options;
    return running && onParameter ? onParameter(running.nodeId, name, value) : { status: 'no-handler' };
  }

  answer(task: string, question: number, text: string | null): void {
    this.answers.push({ task, question, text });
  }

  async preview(ref: ValueRef): Promise<Preview> {
    return { data: { 'text/plain': String(this.#get(ref)) }, truncated: false };
  }

  release(refs: readonly ValueRef[]): void {
    for (const ref of refs) {
      this.released.push(ref);
      const value = this.values.get(ref.handle);
      this.values.delete(ref.handle);
      if (value instanceof FakeStream && ![...this.values.values()].includes(value)) value.close();
    }
  }

  subscribe(listener: (event: ExecutorEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    if (this.status.state === 'disposed') return;
    this.#emit({ kind: 'status', status: { state: 'disposed' } });
    for (const batch of [...this.#running]) batch.endAll({ kind: 'cancelled' });
    this.values.clear();
  }

  async #start(): Promise<void> {
    this.startCount++;
    const { start = 'ready' } = this.#options;
    if (start === 'fails') throw new LoomError('executor/failed-to-start', 'The fake was told to fail.');
    if (start === 'never' || start === 'held') {
      await new Promise<void>((resolve) => {
        if (start === 'held') this.#release = resolve;
      });
    }
    this.#emit({ kind: 'status', status: { state: 'ready' } });
  }

  #batchWith(nodeId: string): FakeBatch {
    for (const batch of this.#running) if (batch.open.some((task) => task.nodeId === nodeId)) return batch;
    const open = this.open.map((task) => task.nodeId).join(', ');
    throw new Error(`No task of "${nodeId}" is open here. Open: ${open || 'none'}`);
  }

  #keep(value: unknown): ValueRef {
    const handle = `${this.id}-${this.#handles++}`;
    this.values.set(handle, value);
    return { executor: this.id, handle };
  }

  #summarized(value: unknown): OutputSummary {
    const isStream = value instanceof FakeStream;
    const preview = { data: { 'text/plain': isStream ? 'stream' : String(value) }, truncated: false };
    const typeName = isStream ? 'stream' : typeof value;
    return { ref: this.#keep(value), typeName, preview, ...(isStream ? { isStream } : {}) };
  }

  #valueOf(source: InputSource): unknown {
    switch (source.kind) {
      case 'literal':
        return decodePortable(source.value);
      case 'ref':
        return this.#get(source.ref);
      case 'list':
        return source.items.map((item) => this.#valueOf(item));
      case 'task':
        throw new LoomError('executor/fault', 'The fake gathers only values that it holds.');
    }
  }

  #get(ref: ValueRef): unknown {
    if (!this.values.has(ref.handle)) throw new LoomError('value/lost', `The fake does not hold ${ref.handle}.`);
    return this.values.get(ref.handle);
  }

  #emit(event: ExecutorEvent): void {
    if (event.kind === 'status') this.status = event.status;
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** The items of what has positions; undefined for everything else. */
function itemsOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value) || value instanceof Set) return [...value];
  return ArrayBuffer.isView(value) && 'length' in value
    ? Array.from(value as unknown as ArrayLike<unknown>)
    : undefined;
}

/** Makes an executor whose tasks end when the test says so. */
export function createFakeExecutor(options: FakeExecutorOptions = {}): FakeExecutor {
  return new FakeExecutor(options);
}
