import {
  type Batch,
  type Definition,
  type ExecuteOptions,
  type Executor,
  type ExecutorCapabilities,
  type ExecutorEvent,
  type ExecutorStatus,
  faultFrom,
  type InputSource,
  type OutputSummary,
  type ParameterAnswer,
  type Portable,
  type Preview,
  type PreviewRequest,
  type TakenItems,
  type TakeOptions,
  type ValueRef,
} from '@loom/engine';
import { type Environment, type Json, LoomError } from '@loom/graph';
import type { RuntimeOutput } from '@loom/python';
import { abortable } from './abortable.js';
import { sendAnswer } from './answer.js';
import { batchMessage, sourceMessage } from './batch-message.js';
import { BatchRun, type Ending } from './batch-run.js';
import type { CancelLadder } from './cancel-ladder.js';
import { Definitions } from './definitions.js';
import { setParameter } from './live-parameter.js';
import { DEFAULT_GRACE_MS, DEFAULT_STALL_MS, type PyodideOptions } from './options.js';
import type { WorkerSignal } from './protocol.js';
import { packagesUnavailable, requiredNames } from './requirements.js';
import { DEFAULT_RESTART_POLICY } from './restart-budget.js';
import { runtimeDefinition } from './runtime-definition.js';
import type { Session } from './session.js';
import { stopCode } from './stop-code.js';
import { Takes } from './takes.js';
import { wireError } from './wire-error.js';
import { disposedError, WorkerLife, type WorkerSource } from './worker-life.js';

/** The batch that the worker has now. */
interface Running {
  /** Numbers the batches and takes of this executor, so that what is meant for one never reaches another. */
  readonly sequence: number;
  readonly session: Session;
  readonly run: BatchRun;
  readonly signal: AbortSignal;
  readonly finished: () => void;
  ladder?: CancelLadder;
}

/** Performs Python tasks with Pyodide in a worker. Made by `createPyodideExecutor` and `createNodePyodideExecutor`. */
export class PyodideExecutor implements Executor {
  readonly id: string;
  readonly capabilities: ExecutorCapabilities;
  readonly #graceMs: number;
  readonly #life: WorkerLife;
  readonly #definitions = new Definitions();
  readonly #takes: Takes;
  readonly #listeners = new Set<(event: ExecutorEvent) => void>();
  #running: Running | undefined;
  #queue: Promise<void> = Promise.resolve();
  #releasing: ValueRef[] = [];
  #sequence = 0;
  #disposed = false;

  constructor(source: WorkerSource, options: PyodideOptions) {
    this.id = options.id ?? 'pyodide';
    this.#graceMs = options.graceMs ?? DEFAULT_GRACE_MS;
    this.#takes = new Takes(this.#graceMs);
    this.capabilities = {
      performs: ['python'],
      lanes: 1,
      cancel: source.shared && options.cancel !== 'restart' ? 'interrupt' : 'restart',
    };
    this.#life = new WorkerLife(
      { ...source, shared: this.capabilities.cancel === 'interrupt' },
      {
        executor: this.id,
        stallMs: options.stallTimeoutMs ?? DEFAULT_STALL_MS,
        restarts: options.restarts ?? DEFAULT_RESTART_POLICY,
      },
      {
        onStatus: (status) => this.#emit({ kind: 'status', status }),
        onSignal: (session, signal) => this.#onSignal(session, signal),
        onLost: (session, reason) => this.#onLost(session, reason),
      },
    );
  }

  get status(): ExecutorStatus {
    return this.#life.status;
  }

  async start(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    await abortable(this.#life.start(), options.signal);
  }

  async prepare(environment: Environment, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const names = requiredNames(environment);
    if (names.length === 0) return;
    const { connection } = await abortable(this.#life.ready(), options.signal);
    const modules = names.map((name) => name.replaceAll('-', '_'));
    const missing = new Set(await abortable(connection.call('missingModules', modules), options.signal));
    const unavailable = names.filter((name) => missing.has(name.replaceAll('-', '_')));
    if (unavailable.length > 0) throw packagesUnavailable(unavailable);
  }

  /** Keeps the node types; a worker gets those that a batch needs together with the batch. */
  async define(definitions: readonly Definition[]): Promise<void> {
    for (const definition of definitions) this.#definitions.add(runtimeDefinition(definition));
  }

  execute(batch: Batch, options: ExecuteOptions): Promise<void> {
    if (this.#disposed) return Promise.reject(disposedError());
    const turn = this.#queue.then(() => this.#execute(batch, options));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async read(ref: ValueRef): Promise<Portable> {
    const { connection, handles } = this.#holder(ref);
    return connection.call('read', handles.inner(ref));
  }

  /** The buffers are copied: whoever gives them keeps them. */
  async write(value: Portable): Promise<ValueRef> {
    const { connection, handles } = await this.#life.ready();
    const buffers = value.buffers.map((buffer) => buffer.slice(0));
    return handles.ref(await connection.callWith('write', buffers, { head: value.head, buffers }));
  }

  async take(ref: ValueRef, options: TakeOptions): Promise<TakenItems> {
    const session = this.#holder(ref);
    return this.#takes.take(session, ++this.#sequence, session.handles.inner(ref), options);
  }

  /** Literals are copied, as in batches. */
  async gather(source: InputSource): Promise<OutputSummary> {
    const { connection, handles } = await this.#life.ready();
    this.#sendReleases();
    const { text, buffers } = sourceMessage(source, handles);
    return handles.summary(JSON.parse(await connection.callWith('gather', buffers, text, buffers)) as RuntimeOutput);
  }

  async setParameter(task: string, name: string, value: Json): Promise<ParameterAnswer> {
    const { session } = this.#life;
    return session ? setParameter(session.connection, task, name, value) : { status: 'no-handler' };
  }

  answer(task: string, question: number, text: string | null): void {
    const { session } = this.#life;
    if (session) sendAnswer(session.connection, task, question, text);
  }

  async preview(ref: ValueRef, request: PreviewRequest = {}): Promise<Preview> {
    const { connection, handles } = this.#holder(ref);
    return JSON.parse(await connection.call('preview', handles.inner(ref), JSON.stringify(request))) as Preview;
  }

  /** The engine lets values go node by node: what comes in one turn goes in one message. */
  release(refs: readonly ValueRef[]): void {
    if (this.#releasing.length === 0) queueMicrotask(() => this.#sendReleases());
    for (const ref of refs) this.#releasing.push(ref);
  }

  subscribe(listener: (event: ExecutorEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    if (!this.#disposed) {
      this.#disposed = true;
      this.#life.dispose();
    }
    await this.#queue;
  }

  async #execute(batch: Batch, { signal, onEvents }: ExecuteOptions): Promise<void> {
    let session: Session;
    try {
      session = await abortable(this.#life.ready(), signal);
      signal.throwIfAborted();
    } catch (fault) {
      const ending = signal.aborted || this.#disposed ? 'cancelled' : faultFrom(fault, 'executor/failed-to-start');
      new BatchRun(batch, onEvents).finish(ending, ending);
      return;
    }
    const run = new BatchRun(batch, onEvents, session.handles);
    const sequence = ++this.#sequence;
    const { text, buffers } = batchMessage(batch, session.handles);
    const news = session.news(this.#definitions.neededBy(batch));
    const letGo = session.connection.hold();
    const cancel = () => this.#cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      await new Promise<void>((finished) => {
        this.#running = { sequence, session, run, signal, finished };
        // The worker takes calls in order, so nobody waits for the first of them.
        const calls: Promise<unknown>[] = [];
        if (news.length > 0) calls.push(session.connection.call('define', JSON.stringify(news)));
        calls.push(session.connection.callWith('execute', buffers, sequence, text, buffers));
        for (const call of calls) call.catch((fault) => this.#onRefused(sequence, fault));
      });
    } finally {
      signal.removeEventListener('abort', cancel);
      letGo();
    }
  }

  #sendReleases(): void {
    const refs = this.#releasing;
    const { session } = this.#life;
    this.#releasing = [];
    if (!session) return;
    const handles = refs.filter((ref) => session.handles.has(ref)).map((ref) => session.handles.inner(ref));
    if (handles.length > 0) void session.connection.call('release', JSON.stringify(handles)).catch(ignoreLoss);
  }

  #onSignal(session: Session, signal: WorkerSignal): void {
    if (this.#takes.onSignal(session, signal)) return;
    const running = this.#running;
    if (running?.session !== session || !('sequence' in signal) || signal.sequence !== running.sequence) return;
    if (signal.kind === 'events') running.run.take(signal.events);
    else if (signal.kind === 'cancelling') running.ladder?.heard();
    else this.#finish(signal.fault ? wireError(signal.fault) : unsaid());
  }

  /** The worker threw where it never should. The end of the connection ends a batch in another way. */
  #onRefused(sequence: number, fault: unknown): void {
    if (this.#running?.sequence === sequence && this.#life.session === this.#running.session) this.#finish(fault);
  }

  #onLost(session: Session, reason: LoomError): void {
    this.#takes.onLost(session, reason);
    if (this.#running?.session === session) {
      const { task } = reason.context;
      if (typeof task === 'string') this.#running.run.begin(task);
      const notBegun = new LoomError('executor/lost', `Python ended before this node ran. ${reason.message}`);
      this.#finish(reason, notBegun);
    }
    if (!this.#disposed) this.#emit({ kind: 'lost', handles: 'all' });
  }

  /** Ends the running batch. The faults are for tasks that have no last event yet. */
  #finish(fault: unknown, faultOfWaiting: unknown = fault): void {
    const running = this.#running;
    if (!running) return;
    this.#running = undefined;
    running.ladder?.stop();
    const stopped = running.signal.aborted || this.#disposed;
    const ending = (thrown: unknown): Ending => (stopped ? 'cancelled' : faultFrom(thrown, 'executor/lost'));
    try {
      running.run.finish(ending(fault), ending(faultOfWaiting));
    } finally {
      running.finished();
    }
  }

  #cancel(): void {
    const running = this.#running;
    if (!running) return;
    running.ladder = stopCode(running.session, running.sequence, this.#graceMs);
  }

  #holder(ref: ValueRef): Session {
    if (this.#disposed) throw disposedError();
    // What was let go before this call is gone for it.
    this.#sendReleases();
    const session = this.#life.session;
    if (session?.handles.has(ref)) return session;
    throw new LoomError('value/lost', 'The value is gone: the worker that held it has ended. Run its node again.', {
      context: { ...ref },
    });
  }

  #emit(event: ExecutorEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (fault) {
        // It must reach its author, and stop nobody else.
        queueMicrotask(() => {
          throw fault;
        });
      }
    }
  }
}

/** A sound runtime never ends a batch with tasks that have no last event. */
const unsaid = () => new LoomError('executor/internal', 'Python did not say how this task ended.');

/** For calls whose loss is told in another way. */
const ignoreLoss = () => {};
