import {
  type Batch,
  type Definition,
  type EnvironmentStatus,
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
import { abortable, either } from './abortable.js';
import { sendAnswer } from './batch/answer.js';
import { sourceMessage } from './batch/batch-message.js';
import { BatchRun } from './batch/batch-run.js';
import { Definitions } from './batch/definitions.js';
import { Durations } from './batch/durations.js';
import { Execution, type ExecutionContext } from './batch/execution.js';
import { setParameter } from './batch/live-parameter.js';
import { runtimeDefinition } from './batch/runtime-definition.js';
import { takeItems } from './batch/takes.js';
import { TaskScope } from './batch/task-scope.js';
import { disposedError } from './disposed-error.js';
import { Environments } from './environment/environments.js';
import type { ReadAddress } from './environment/read-address.js';
import { ownCopy, transferable } from './link/transferable.js';
import { DEFAULT_GRACE_MS, type ExecutorOptions } from './options.js';
import type { Turn } from './pool/lane.js';
import type { Membership } from './pool/membership.js';
import type { Pools } from './pool/pools.js';
import type { Session } from './pool/session.js';
import { tellAll } from './tell-all.js';
import type { HeldValue } from './values/held-value.js';
import { bring, bringNow, inputsOf, mostlyHeldBy, moving, notBrought, reach, valuesOf } from './values/moves.js';
import { readBlobs } from './values/read-blobs.js';
import { ValueTable } from './values/value-table.js';

/** Numbers the executors that share workers. */
let count = 0;

/** Performs Python tasks with Pyodide in workers. Made by `createPyodideExecutor` and `createNodePyodideExecutor`. */
export class PyodideExecutor implements Executor {
  readonly id: string;
  readonly capabilities: ExecutorCapabilities;
  /** Those that end with this executor. */
  readonly #own: Pools | undefined;
  readonly #pool: Membership;
  readonly #values: ValueTable;
  readonly #context: ExecutionContext;
  readonly #listeners = new Set<(event: ExecutorEvent) => void>();
  readonly #executions = new Set<Execution>();
  /** Aborted when the executor is disposed of. */
  readonly #end = new AbortController();
  readonly #performing = new Set<Promise<void>>();
  readonly #environments: Environments;
  #environment: Environment | undefined;
  #releasing: ValueRef[] = [];

  constructor(pools: Pools, options: ExecutorOptions, ownsPool: boolean, readAddress?: ReadAddress) {
    this.id = options.id ?? 'pyodide';
    this.#own = ownsPool ? pools : undefined;
    this.#values = new ValueTable(this.id);
    const cancel = pools.isShared ? 'interrupt' : 'restart';
    this.capabilities = { performs: ['python'], lanes: pools.lanes, cancel };
    this.#context = {
      values: this.#values,
      definitions: new Definitions(),
      durations: new Durations(),
      scope: new TaskScope(ownsPool ? '' : `e${++count}.`),
      graceMs: options.graceMs ?? DEFAULT_GRACE_MS,
      isDisposed: () => this.#isDisposed,
    };
    const onStatus = (status: EnvironmentStatus) => this.#emit({ kind: 'environment', status });
    this.#environments = new Environments({ sources: options.packages ?? {}, readAddress, onStatus });
    this.#pool = pools.join({
      onStatus: (status) => this.#emit({ kind: 'status', status }),
      onLost: (session) => this.#onLost(session),
      bytesIn: (session) => this.#values.bytesIn(session),
    });
  }

  get status(): ExecutorStatus {
    return this.#isDisposed ? { state: 'disposed' } : this.#pool.status;
  }

  async start(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    if (this.#isDisposed) throw disposedError();
    await abortable(this.#pool.start(this.#end.signal), options.signal);
  }

  async prepare(environment: Environment, options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    const { signal, forget } = either(options.signal ?? this.#end.signal, this.#end.signal);
    try {
      this.#pool.use(await this.#pool.visit((session) => this.#environments.contentsOf(session, environment), signal));
      await this.#pool.visit((session) => this.#environments.prepare(session, environment), signal);
      this.#environment = environment;
    } finally {
      forget();
    }
  }

  /** Keeps the node types; a worker gets those that a batch needs together with the batch. */
  async define(definitions: readonly Definition[]): Promise<void> {
    for (const definition of definitions) this.#context.definitions.add(runtimeDefinition(definition));
  }

  execute(batch: Batch, options: ExecuteOptions): Promise<void> {
    if (this.#isDisposed) return Promise.reject(disposedError());
    const { signal, forget } = either(options.signal, this.#end.signal);
    const performing = this.#perform(batch, { ...options, signal }).finally(() => {
      forget();
      this.#performing.delete(performing);
    });
    this.#performing.add(performing);
    return performing;
  }

  async read(ref: ValueRef): Promise<Portable> {
    const [{ connection }, inner] = await this.#holder(ref);
    return connection.call('read', inner);
  }

  /** The buffers are copied: whoever gives them keeps them. */
  async write(value: Portable): Promise<ValueRef> {
    const session = await this.#ready();
    const buffers = await readBlobs(value.buffers.map(ownCopy));
    const bytes = transferable(buffers).reduce((sum, { byteLength }) => sum + byteLength, value.head.length);
    const inner = await session.connection.callWith('write', buffers, { head: value.head, buffers });
    return this.#values.add(session, inner, bytes);
  }

  async take(ref: ValueRef, options: TakeOptions): Promise<TakenItems> {
    const [session, inner] = await this.#holder(ref);
    return takeItems(session, inner, options, this.#context);
  }

  /** Literals are copied, as in batches. */
  async gather(source: InputSource): Promise<OutputSummary> {
    this.#sendReleases();
    const needed = valuesOf([source], this.#values);
    const session = mostlyHeldBy(needed) ?? (await this.#ready());
    if (needed.size > 0) {
      const [fault] = (await bring(needed, session)).values();
      if (fault) throw new LoomError(fault.code, fault.message);
    }
    const names = { handle: (ref: ValueRef) => this.#values.inner(ref, session), task: this.#context.scope.inner };
    const { text, buffers: given } = sourceMessage(source, names);
    const buffers = await readBlobs(given);
    const output = JSON.parse(await session.connection.callWith('gather', buffers, text, buffers)) as RuntimeOutput;
    return this.#values.summary(session, output);
  }

  async setParameter(task: string, name: string, value: Json): Promise<ParameterAnswer> {
    const inner = this.#context.scope.inner(task);
    const answers = await Promise.all(
      this.#sessionsOf(task).map(({ connection }) => setParameter(connection, inner, name, value)),
    );
    return answers.find(({ status }) => status !== 'no-handler') ?? { status: 'no-handler' };
  }

  answer(task: string, question: number, text: string | null): void {
    for (const { connection } of this.#sessionsOf(task)) {
      sendAnswer(connection, this.#context.scope.inner(task), question, text);
    }
  }

  async preview(ref: ValueRef, request: PreviewRequest = {}): Promise<Preview> {
    const [{ connection }, inner] = await this.#holder(ref);
    return JSON.parse(await connection.call('preview', inner, JSON.stringify(request))) as Preview;
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
    if (!this.#isDisposed) {
      this.#end.abort(disposedError());
      if (this.#own) this.#own.dispose();
      else {
        this.release(this.#values.refs());
        this.#sendReleases();
        this.#emit({ kind: 'status', status: { state: 'disposed' } });
      }
    }
    await Promise.allSettled(this.#performing);
    this.#pool.leave();
  }

  get #isDisposed(): boolean {
    return this.#end.signal.aborted;
  }

  async #perform(batch: Batch, options: ExecuteOptions): Promise<void> {
    const { signal, onEvents } = options;
    const needed = valuesOf(inputsOf(batch), this.#values);
    let turn: Turn | undefined;
    try {
      let faults: Awaited<ReturnType<typeof bringNow>> = 'not-heard';
      // What cannot leave its worker is known after the first attempt: there is perhaps one that has all of it.
      for (let attempts = 0; faults === 'not-heard' || (faults.size > 0 && attempts < 2); ) {
        turn?.end();
        turn = await this.#turnFor(batch, needed, signal);
        faults = await abortable(bringNow(needed, turn.session, this.#pool), signal);
        if (faults !== 'not-heard') attempts++;
      }
      if (!turn) throw disposedError();
      const execution = new Execution(batch, turn, options, this.#context);
      for (const { id, inputs } of faults.size > 0 ? batch.tasks : []) {
        const error = notBrought(inputs, this.#values, faults);
        if (error) execution.run.fail(id, error);
      }
      this.#executions.add(execution);
      await execution.perform().finally(() => this.#executions.delete(execution));
    } catch (fault) {
      const ending = signal.aborted ? 'cancelled' : faultFrom(fault, 'executor/failed-to-start');
      new BatchRun(batch, onEvents).finish(ending, ending);
    } finally {
      turn?.end();
      this.#pool.leaveUnused();
    }
  }

  /** Waits for the worker that suits the batch, with its environment ready. */
  async #turnFor(batch: Batch, needed: ReadonlySet<HeldValue>, signal: AbortSignal): Promise<Turn> {
    const turn = await this.#pool.acquire(
      {
        workMs: () => this.#context.durations.expect(batch.tasks),
        moving: (session) => moving(needed, session),
      },
      signal,
    );
    try {
      if (this.#environment) await abortable(this.#environments.prepare(turn.session, this.#environment), signal);
      return turn;
    } catch (fault) {
      turn.end();
      throw fault;
    }
  }

  /** Where a task runs. One whose stream has not ended is in no batch any more, and may be anywhere. */
  #sessionsOf(task: string): readonly Session[] {
    const running = [...this.#executions].find((execution) => execution.has(task));
    return running ? [running.session] : this.#pool.sessions;
  }

  #ready(): Promise<Session> {
    return this.#pool.ready(this.#end.signal);
  }

  #sendReleases(): void {
    const gone = this.#values.release(this.#releasing);
    this.#releasing = [];
    for (const [{ connection }, handles] of gone) {
      // The values of a worker that has ended are gone anyway.
      void connection.call('release', JSON.stringify(handles)).catch(() => {});
    }
    if (gone.size > 0) this.#pool.retireWorn();
  }

  #onLost(session: Session): void {
    const handles = this.#values.lose(session);
    if (this.#isDisposed) return;
    this.#emit({ kind: 'lost', handles: this.#values.size === 0 ? 'all' : handles });
  }

  async #holder(ref: ValueRef): Promise<readonly [Session, string]> {
    if (this.#isDisposed) throw disposedError();
    // What was let go before this call is gone for it.
    this.#sendReleases();
    return reach(this.#values.find(ref), ref, () => this.#ready());
  }

  #emit(event: ExecutorEvent): void {
    tellAll(this.#listeners, event);
  }
}
