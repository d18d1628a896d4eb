import {
  type CreateId,
  type FlowDocument,
  type Json,
  type Library,
  LoomError,
  type NodeId,
  type NodeType,
  createId as randomId,
} from '@loom/graph';
import type { Explanation, Plan, PlanOptions, Run, RunOptions, RunResult } from '../api.js';
import { type Clock, systemClock } from '../clock.js';
import type { Engine } from '../engine-api.js';
import type { EngineEvent } from '../event.js';
import type { Executor, ExecutorEvent, PreviewRequest } from '../executor.js';
import { faultFrom } from '../fault.js';
import { compileFlow } from '../flow/compile.js';
import { goLive } from '../live/go-live.js';
import type { LiveFlow, LiveOptions } from '../live/live-flow.js';
import { explain } from '../plan/explain.js';
import { planRun, publicPlan } from '../plan/plan.js';
import { ResultStore } from '../plan/results.js';
import { checkTimeLimit } from '../plan/wrong-options.js';
import { decodePortable } from '../portable/decode.js';
import type { RunHost } from '../run/run-host.js';
import { LightRun } from '../run/walk/light-run.js';
import type { Portable, Preview, ValueRef } from '../value.js';
import { type CallOptions, callFlow } from './call-flow.js';
import {
  CANCEL_GRACE_MS,
  type EngineOptions,
  MAX_STREAM_ITEMS,
  RETRY_DELAY_MS,
  STORE_LEFT_MS,
  STREAM_BUFFER,
  TIER_WORTH_MS,
} from './engine-options.js';
import { ExecutorSlot } from './executor-slot.js';
import { Feed } from './feed.js';
import { SharedHandles } from './shared-handles.js';
import { StoredResults } from './stored-results.js';

/**
 * Makes an engine that runs flows in this realm.
 *
 * @throws LoomError `engine/duplicate-executor` when two executors have one id.
 * @example
 * ```ts
 * const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
 * const { status, outputs } = await engine.run(document).result;
 * await engine.dispose();
 * ```
 */
export function createEngine(options: EngineOptions): Engine {
  return new LocalEngine(options);
}

class LocalEngine implements Engine, RunHost {
  readonly library: Library;
  readonly clock: Clock;
  readonly results: ResultStore;
  readonly slots: ReadonlyMap<string, ExecutorSlot>;
  readonly feed: Feed<EngineEvent>;
  readonly onListenerError: (error: unknown) => void;
  readonly cancelGraceMs: number;
  readonly streamBounds: RunHost['streamBounds'];
  readonly retryDelayMs: number;
  readonly stored: StoredResults | undefined;
  readonly #createId: CreateId;
  readonly #keepResults: boolean;
  /** A list, because tables of a set in which runs come and go hold on to one another. */
  #runs: readonly LightRun[] = [];
  readonly #live = new Set<LiveFlow>();
  readonly #shared = new SharedHandles((executor, refs) => this.#letGo(executor, refs));
  readonly #unsubscribes: (() => void)[] = [];
  #number = 0;
  #disposing: Promise<void> | undefined;

  constructor(options: EngineOptions) {
    this.library = options.library;
    this.clock = options.clock ?? systemClock;
    this.#createId = options.createId ?? randomId;
    this.onListenerError = options.onListenerError ?? ((error) => console.error(error));
    this.#keepResults = options.keepResults ?? true;
    this.cancelGraceMs = options.cancelGraceMs ?? CANCEL_GRACE_MS;
    this.streamBounds = {
      buffer: options.streamBuffer ?? STREAM_BUFFER,
      most: options.maxStreamItems ?? MAX_STREAM_ITEMS,
    };
    this.retryDelayMs = options.retryDelayMs ?? RETRY_DELAY_MS;
    const { tier } = options;
    this.stored =
      tier &&
      new StoredResults({
        tier,
        worthMs: options.tierWorthMs ?? TIER_WORTH_MS,
        slotOf: (ref) => this.slots.get(ref.executor),
        onFault: (thrown) => this.feed.emit({ kind: 'tier-failed', error: faultFrom(thrown), at: this.clock.now() }),
      });
    this.feed = new Feed(this.onListenerError);
    this.results = new ResultStore((refs) => this.release(refs), { cacheBytes: options.cacheBytes });
    const slots = new Map<string, ExecutorSlot>();
    for (const executor of options.executors) {
      if (slots.has(executor.id)) {
        const message = `Two executors have the id "${executor.id}". Give one another.`;
        throw new LoomError('engine/duplicate-executor', message);
      }
      slots.set(executor.id, new ExecutorSlot(executor));
      this.#unsubscribes.push(executor.subscribe((event) => this.#onExecutorEvent(executor.id, event)));
    }
    this.slots = slots;
  }

  plan(document: FlowDocument, options: PlanOptions = {}): Plan {
    this.#checkAlive();
    this.#writeResults();
    return publicPlan(planRun(compileFlow(document, this.library), options, this.results));
  }

  explain(document: FlowDocument, node: NodeId, options: PlanOptions = {}): Explanation {
    this.#checkAlive();
    this.#writeResults();
    return explain(compileFlow(document, this.library), node, options, this.results);
  }

  run(document: FlowDocument, options: RunOptions = {}): Run {
    this.#checkAlive();
    if (!this.#keepResults && this.#runs.length === 0) this.results.forgetAll();
    return this.#run(document, options, false);
  }

  async call(
    document: FlowDocument,
    inputs: Readonly<Record<string, Json>> = {},
    options: CallOptions = {},
  ): Promise<Record<string, unknown>> {
    return callFlow(this, document, inputs, options);
  }

  goLive(document: FlowDocument, options: LiveOptions = {}): LiveFlow {
    this.#checkAlive();
    const { clock, onListenerError } = this;
    const live = goLive(this, document, { clock, onListenerError, ...options });
    this.#live.add(live);
    live.subscribe((events) => {
      if (events.some(({ kind }) => kind === 'live-stopped')) this.#live.delete(live);
    });
    return live;
  }

  async warmUp(): Promise<void> {
    this.#checkAlive();
    await Promise.all(Array.from(this.slots.values(), (slot) => slot.start()));
  }

  async preview(ref: ValueRef, request?: PreviewRequest): Promise<Preview> {
    return this.#executorOf(ref).preview(ref, request);
  }

  async read(ref: ValueRef): Promise<unknown> {
    return decodePortable(await this.readPortable(ref));
  }

  async readPortable(ref: ValueRef): Promise<Portable> {
    return this.#executorOf(ref).read(ref);
  }

  subscribe(listener: (events: readonly EngineEvent[]) => void): () => void {
    const unsubscribe = this.feed.subscribe(listener);
    for (const run of this.#runs) run.heard();
    return unsubscribe;
  }

  dispose(): Promise<void> {
    this.#disposing ??= this.#dispose();
    return this.#disposing;
  }

  nextNumber(count: number): number {
    this.#number += count;
    return this.#number - count;
  }

  slotFor({ implementation }: NodeType): ExecutorSlot | undefined {
    const wanted =
      implementation.kind === 'source' ? implementation.language : implementation.kind === 'function' ? 'function' : '';
    for (const slot of this.slots.values()) {
      if (slot.executor.capabilities.performs.some((language) => language === wanted)) return slot;
    }
    return undefined;
  }

  retain(refs: readonly ValueRef[]): void {
    this.#shared.retain(refs);
  }

  release(refs: readonly ValueRef[]): void {
    this.#shared.release(refs);
  }

  /** What an executor throws here is told, and keeps nobody from going on. */
  #letGo(executor: string, refs: readonly ValueRef[]): void {
    try {
      this.slots.get(executor)?.executor.release(refs);
    } catch (error) {
      this.feed.report(error);
    }
  }

  laneFreed(): void {
    for (const run of this.#runs) run.laneFreed();
  }

  /** What holds is to be known now. */
  #writeResults(): void {
    for (const run of this.#runs) run.writeSoFar();
  }

  #run(document: FlowDocument, options: RunOptions, quiet: boolean): LightRun {
    checkTimeLimit(options.timeoutMs);
    this.#writeResults();
    const plan = planRun(compileFlow(document, this.library), options, this.results);
    const run = new LightRun(plan, this, {
      id: this.#createId('run'),
      quiet,
      onError: options.onError ?? document.settings.onError ?? 'continue',
      signal: options.signal,
      breakpoints: options.breakpoints,
      ignoreBreakpoints: options.ignoreBreakpoints,
      paused: options.paused,
      trigger: options.trigger,
      timeoutMs: options.timeoutMs ?? document.settings.timeoutMs,
      recompute: (nodes, abort) => this.#recompute(document, options, nodes, abort),
      onFinished: (finished) => {
        this.#runs = this.#runs.filter((other) => other !== finished);
      },
    });
    this.#runs = [...this.#runs, run];
    return run;
  }

  /** A run within a run has no time of its own: the outer one cancels it. */
  #recompute(
    document: FlowDocument,
    { inputs, pins }: RunOptions,
    nodes: readonly NodeId[],
    signal: AbortSignal,
  ): Promise<RunResult> {
    const given = { ...(inputs ? { inputs } : {}), ...(pins ? { pins } : {}) };
    return this.#run(document, { targets: { kind: 'nodes', nodes }, signal, ...given }, true).result;
  }

  #onExecutorEvent(executor: string, event: ExecutorEvent): void {
    this.slots.get(executor)?.noteEvent(event);
    const at = this.clock.now();
    if (event.kind === 'status') this.feed.emit({ kind: 'executor-status', executor, status: event.status, at });
    else if (event.kind === 'environment') this.feed.emit({ ...event, executor, at });
    if (event.kind !== 'lost') return;
    const handles = event.handles === 'all' ? 'all' : new Set(event.handles);
    const nodes = this.results.lose(executor, handles);
    for (const run of this.#runs) run.valuesLost(executor, handles);
    if (nodes.length > 0) this.feed.emit({ kind: 'values-lost', nodes, at });
  }

  async #dispose(): Promise<void> {
    // First, so that they begin nothing more.
    const stopping = Array.from(this.#live, (live) => live.stop());
    const results = this.#runs.map((run) => run.result);
    for (const run of this.#runs) run.cancel();
    await this.#storeLeft();
    await Promise.allSettled(Array.from(this.slots.values(), ({ executor }) => executor.dispose()));
    await Promise.allSettled([...results, ...stopping]);
    this.feed.flush();
    for (const unsubscribe of this.#unsubscribes) unsubscribe();
    this.feed.clear();
  }

  /** What waits to be stored still can be, for a moment. */
  async #storeLeft(): Promise<void> {
    if (!this.stored) return;
    let timer: unknown;
    const enough = new Promise<void>((resolve) => {
      timer = this.clock.setTimeout(resolve, STORE_LEFT_MS);
    });
    await Promise.race([this.stored.settled(), enough]);
    this.clock.clearTimeout(timer);
  }

  #executorOf(ref: ValueRef): Executor {
    const executor = this.slots.get(ref.executor)?.executor;
    if (executor) return executor;
    throw new LoomError('value/lost', `No executor "${ref.executor}" of this engine holds this value.`, {
      context: { ref },
    });
  }

  #checkAlive(): void {
    if (this.#disposing) throw new LoomError('engine/disposed', 'The engine has been disposed of. Make a new one.');
  }
}
