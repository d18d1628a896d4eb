import type {
  Batch,
  Definition,
  ExecuteOptions,
  Executor,
  ExecutorCapabilities,
  ExecutorEvent,
  ExecutorStatus,
  Portable,
  Preview,
  PreviewRequest,
  ValueRef,
} from '@loom/engine';
import { type Environment, LoomError } from '@loom/graph';
import type { RuntimeDefinition } from '@loom/python';
import { abortable } from './abortable.js';
import { batchMessage } from './batch-message.js';
import { BatchRun, type Ending } from './batch-run.js';
import { bootStatus } from './boot-progress.js';
import { CancelLadder } from './cancel-ladder.js';
import { fatalError } from './fatal.js';
import { HandleSpace } from './handle-space.js';
import { nodeFault } from './node-fault.js';
import { DEAF_GRACE_MS, DEFAULT_GRACE_MS, DEFAULT_STALL_MS, type PyodideOptions } from './options.js';
import type { BootStage, WorkerSignal } from './protocol.js';
import { packagesUnavailable, requiredNames } from './requirements.js';
import { DEFAULT_RESTART_POLICY, nextRestart } from './restart-budget.js';
import { runtimeDefinition } from './runtime-definition.js';
import { Session } from './session.js';
import { InterruptRequest } from './worker/interrupt-gate.js';
import type { OpenWorker } from './worker-link.js';

/** Where the worker comes from and where it finds Pyodide. */
export interface WorkerSource {
  readonly open: OpenWorker;
  /** Absolute, with a slash at the end. */
  readonly indexUrl: string;
  readonly indexPath?: string;
  /** Whether memory can be shared with the worker. */
  readonly shared: boolean;
  /** The Python harness: file name to source. */
  readonly runtime: Readonly<Record<string, string>>;
}

const STAGE_ORDER: readonly BootStage[] = ['worker', 'download', 'compile', 'python', 'harness'];

/** The batch that the worker has now. */
interface Running {
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
  readonly #source: WorkerSource;
  readonly #options: PyodideOptions;
  readonly #definitions = new Map<string, RuntimeDefinition>();
  readonly #listeners = new Set<(event: ExecutorEvent) => void>();
  readonly #deaths: number[] = [];
  #status: ExecutorStatus = { state: 'idle' };
  #session: Session | undefined;
  #starting: Promise<Session> | undefined;
  #running: Running | undefined;
  #queue: Promise<void> = Promise.resolve();
  #generation = 0;
  #sequence = 0;
  #disposed = false;

  constructor(source: WorkerSource, options: PyodideOptions) {
    this.id = options.id ?? 'pyodide';
    this.#source = source;
    this.#options = options;
    this.capabilities = {
      performs: ['python'],
      lanes: 1,
      cancel: source.shared && options.cancel !== 'restart' ? 'interrupt' : 'restart',
    };
  }

  get status(): ExecutorStatus {
    return this.#status;
  }

  async start(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    await abortable(this.#ready(), options.signal);
  }

  async prepare(environment: Environment, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const names = requiredNames(environment);
    if (names.length === 0) return;
    const { connection } = await abortable(this.#ready(), options.signal);
    const modules = names.map((name) => name.replaceAll('-', '_'));
    const missing = await abortable(connection.call('missingModules', modules), options.signal);
    if (missing.length > 0)
      throw packagesUnavailable(names.filter((_, index) => missing.includes(modules[index] ?? '')));
  }

  async define(definitions: readonly Definition[]): Promise<void> {
    for (const definition of definitions) {
      const runtime = runtimeDefinition(definition);
      this.#definitions.set(runtime.typeId, runtime);
    }
    // Before the start there is no one to tell; a batch sees to it that its worker knows all.
    await this.#session?.define(this.#definitions).catch(ignoreLoss);
  }

  execute(batch: Batch, options: ExecuteOptions): Promise<void> {
    const turn = this.#queue.then(() => this.#execute(batch, options));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  async read(ref: ValueRef): Promise<Portable> {
    return this.#holder(ref).connection.call('read', this.#holder(ref).handles.inner(ref));
  }

  /** The buffers are copied: whoever gives them keeps them. */
  async write(value: Portable): Promise<ValueRef> {
    const { connection, handles } = await this.#ready();
    const buffers = value.buffers.map((buffer) => buffer.slice(0));
    return handles.ref(await connection.callWith('write', buffers, { head: value.head, buffers }));
  }

  async preview(ref: ValueRef, request: PreviewRequest = {}): Promise<Preview> {
    const { connection, handles } = this.#holder(ref);
    return JSON.parse(await connection.call('preview', handles.inner(ref), JSON.stringify(request))) as Preview;
  }

  release(refs: readonly ValueRef[]): void {
    const session = this.#session;
    if (!session) return;
    const handles = refs.filter((ref) => session.handles.has(ref)).map((ref) => session.handles.inner(ref));
    if (handles.length > 0) session.connection.call('release', JSON.stringify(handles)).catch(ignoreLoss);
  }

  subscribe(listener: (event: ExecutorEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#session?.connection.close(disposedError());
    this.#opening?.connection.close(disposedError());
    await this.#queue;
    this.#setStatus({ state: 'disposed' });
  }

  /** The session that starts now; it must be ended by {@link dispose} too. */
  #opening: Session | undefined;

  #ready(): Promise<Session> {
    if (this.#disposed) return Promise.reject(disposedError());
    if (this.#session) return Promise.resolve(this.#session);
    this.#starting ??= this.#open().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #open(): Promise<Session> {
    const indexUrl = this.#source.indexUrl;
    let reached = -1;
    const onProgress = (stage: BootStage, loaded?: number, total?: number) => {
      // Stages overlap (a file may still come while another is compiled); the status only moves on.
      const index = STAGE_ORDER.indexOf(stage);
      if (index < reached) return;
      reached = index;
      this.#setStatus(bootStatus(stage, loaded, total));
    };
    try {
      onProgress('worker');
      const link = await this.#source.open();
      const handles = new HandleSpace(this.id, ++this.#generation);
      const session = new Session(link, handles, this.#source.shared ? new InterruptRequest() : undefined);
      this.#opening = session;
      if (this.#disposed) session.connection.close(disposedError());
      const { indexPath } = this.#source;
      await session.connection.boot(
        {
          indexUrl,
          runtime: this.#source.runtime,
          ...(indexPath ? { indexPath } : {}),
          ...(session.interrupt ? { interrupt: session.interrupt.buffer } : {}),
        },
        this.#options.stallTimeoutMs ?? DEFAULT_STALL_MS,
        (signal) => {
          if (signal.kind === 'progress') onProgress(signal.stage, signal.loaded, signal.total);
        },
      );
      session.connection.onSignal((signal) => this.#onSignal(session, signal));
      await session.define(this.#definitions);
      this.#session = session;
      void session.connection.closed.then((reason) => this.#onClosed(session, reason));
      this.#setStatus({ state: 'ready' });
      return session;
    } catch (fault) {
      if (!this.#disposed) this.#setStatus({ state: 'failed', error: nodeFault(fault, 'executor/failed-to-start') });
      throw fault;
    } finally {
      this.#opening = undefined;
    }
  }

  async #execute(batch: Batch, { signal, onEvents }: ExecuteOptions): Promise<void> {
    const never = (ending: Ending) => new BatchRun(batch, onEvents).finish({ current: ending, waiting: ending });
    let session: Session;
    try {
      session = await abortable(this.#ready(), signal);
      await session.define(this.#definitions);
      signal.throwIfAborted();
    } catch (fault) {
      never(signal.aborted || this.#disposed ? 'cancelled' : nodeFault(fault, 'executor/failed-to-start'));
      return;
    }
    const sequence = ++this.#sequence;
    const run = new BatchRun(batch, onEvents, session.handles);
    const letGo = session.connection.hold();
    await new Promise<void>((finished) => {
      const running: Running = { sequence, session, run, signal, finished };
      this.#running = running;
      const cancel = () => this.#cancel(running);
      signal.addEventListener('abort', cancel, { once: true });
      const { text, buffers } = batchMessage(batch, session.handles);
      session.connection.callWith('execute', buffers, sequence, text, buffers).catch((fault) => {
        // A loss ends the batch by the connection's end, which also tells whether it was wanted.
        if (!(fault instanceof LoomError) || fault.code !== 'executor/internal') return;
        this.#finish(running, nodeFault(fault));
      });
    }).finally(letGo);
  }

  #onSignal(session: Session, signal: WorkerSignal): void {
    if (signal.kind === 'fatal') {
      session.connection.close(fatalError(signal));
      return;
    }
    const running = this.#running;
    if (!running || running.session !== session || !('sequence' in signal)) return;
    if (signal.sequence !== running.sequence) return;
    if (signal.kind === 'events') running.run.take(signal.events);
    else if (signal.kind === 'cancelling') running.ladder?.heard();
    else
      this.#finish(
        running,
        signal.fault ? nodeFault(new LoomError(signal.fault.code, signal.fault.message)) : undefined,
      );
  }

  /** Ends the running batch; `fault` is for tasks that have no last event, which a sound runtime never leaves. */
  #finish(running: Running, fault: Ending = NO_END, waiting: Ending = fault): void {
    if (this.#running !== running) return;
    this.#running = undefined;
    running.ladder?.stop();
    try {
      running.run.finish(
        running.signal.aborted ? { current: 'cancelled', waiting: 'cancelled' } : { current: fault, waiting },
      );
    } finally {
      running.finished();
    }
  }

  #cancel(running: Running): void {
    if (this.#running !== running) return;
    const { session, sequence } = running;
    const { interrupt } = session;
    running.ladder = new CancelLadder(
      {
        ask: () => void session.connection.call('cancel', sequence).catch(ignoreLoss),
        ...(this.capabilities.cancel === 'interrupt' && interrupt
          ? { interrupt: () => interrupt.interrupt(sequence) }
          : {}),
        terminate: () => session.connection.close(cancelledError()),
      },
      { graceMs: this.#options.graceMs ?? DEFAULT_GRACE_MS, deafGraceMs: DEAF_GRACE_MS },
    );
  }

  #onClosed(session: Session, reason: LoomError): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    const running = this.#running;
    if (running?.session === session) {
      if (this.#disposed) this.#finish(running, 'cancelled');
      else this.#finish(running, nodeFault(reason), nodeFault(lostWith(reason)));
    }
    if (this.#disposed) return;
    this.#emit({ kind: 'lost', handles: 'all' });
    this.#restart(reason);
  }

  /** Starts the next worker at once, so that the next batch finds it ready; stops when workers keep dying. */
  #restart(reason: LoomError): void {
    const asked = reason.code === 'executor/cancelled';
    if (!asked) this.#deaths.push(Date.now());
    const delay = asked ? 0 : nextRestart(this.#options.restarts ?? DEFAULT_RESTART_POLICY, this.#deaths, Date.now());
    if (delay === undefined) {
      this.#deaths.length = 0;
      this.#setStatus({
        state: 'failed',
        error: nodeFault(
          new LoomError(
            'executor/restarts-exhausted',
            `Python ended again and again. It starts with the next run. Last: ${reason.message}`,
          ),
        ),
      });
      return;
    }
    this.#setStatus({ state: 'restarting', reason: reason.message });
    const reopen = () => {
      if (!this.#disposed) this.#ready().catch(() => {});
    };
    if (delay === 0) reopen();
    else setTimeout(reopen, delay);
  }

  #holder(ref: ValueRef): Session {
    if (this.#disposed) throw disposedError();
    if (this.#session?.handles.has(ref)) return this.#session;
    throw new LoomError('value/lost', 'The value is gone: its worker has ended. Run the node again.', {
      context: { ...ref },
    });
  }

  #setStatus(status: ExecutorStatus): void {
    this.#status = status;
    this.#emit({ kind: 'status', status });
  }

  #emit(event: ExecutorEvent): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (fault) {
        // The listener's own fault: it must reach its author, and no one else.
        queueMicrotask(() => {
          throw fault;
        });
      }
    }
  }
}

const NO_END = nodeFault(new LoomError('executor/internal', 'Python did not say how this task ended.'));

const ignoreLoss = () => {};

const disposedError = () => new LoomError('executor/disposed', 'This executor has been disposed.');

const cancelledError = () =>
  new LoomError('executor/cancelled', 'The code did not stop when asked, so its worker was ended.');

const lostWith = (reason: LoomError) =>
  new LoomError('executor/lost', `The worker ended before this node ran. ${reason.message}`);
