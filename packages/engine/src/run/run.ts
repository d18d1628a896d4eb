import { type Json, LoomError, type NodeId } from '@loom/graph';
import type { InspectTarget, Plan, Run, RunResult, WaitingNode } from '../api.js';
import type { Said } from '../call/said.js';
import type { FrameStep, RunEvent, RunStatus } from '../event.js';
import type { ParameterAnswer } from '../executor.js';
import { publicPlan, type RunPlan } from '../plan/plan.js';
import type { OutputSummary } from '../value.js';
import type { Asked } from './asked.js';
import { frameAt } from './debug/find-frames.js';
import { inspect } from './debug/inspect.js';
import { answer, tune } from './debug/running-code.js';
import { type SetInFrame, setParameter } from './debug/set-parameter.js';
import { doAll, engineFault } from './engine-fault.js';
import type { Frame } from './frame.js';
import { RunFrames } from './run-frames.js';
import type { RunFramesListener, RunFramesOptions } from './run-frames-options.js';
import type { RunHost } from './run-host.js';
import { takeOver, type WalkedRun } from './walk/take-over.js';
import type { BegunCall } from './walk/walk.js';
import { scopeIds } from './whole-plan.js';

/** How a run is made; the plan is decided already. */
export interface FlowRunOptions extends RunFramesOptions, Asked<'signal' | 'timeoutMs' | 'trigger'> {
  /** What a walk has done before; see {@link FlowRun.goOnFrom}. */
  readonly walked?: WalkedRun | undefined;
  readonly onFinished: () => void;
}

/** One pass over a flow: begins, ends in time or before it, and says how it was. */
export class FlowRun implements Run, RunFramesListener {
  readonly id: string;
  readonly result: Promise<RunResult>;
  readonly #runPlan: RunPlan;
  readonly #host: RunHost;
  readonly #options: FlowRunOptions;
  readonly #frames: RunFrames;
  #plan: Plan | undefined;
  #ending: Exclude<RunStatus, 'succeeded' | 'failed'> | undefined;
  #isFinished = false;
  #hasBegun = false;
  #startedAt = 0;
  #timer: unknown;
  #graceTimer: unknown;
  #isSettled = false;
  #resolve: (result: RunResult) => void = () => {};
  #reject: (error: LoomError) => void = () => {};

  constructor(plan: RunPlan, host: RunHost, options: FlowRunOptions) {
    this.id = options.id;
    this.#runPlan = plan;
    this.#host = host;
    this.#options = options;
    this.#frames = new RunFrames(plan, host, options, this);
    // Executors start while the caller is still subscribing.
    this.#frames.start();
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Who looks at events alone is not to hear of it as of a fault of the whole program.
    this.result.catch(() => {});
    options.signal?.addEventListener('abort', this.#onAbort);
    if (options.walked) this.#takeOver(options.walked);
    else queueMicrotask(() => this.#frames.turns.guard(() => this.#begin()));
  }

  get root(): Frame {
    return this.#frames.root;
  }

  /** Goes on after the walk that the run began with. */
  goOnFrom(call: BegunCall | undefined): void {
    this.#frames.goOnFrom(call);
  }

  /** Somebody listens from now on. */
  heard(): void {
    this.#frames.walks?.show();
  }

  onCallSaid(frame: Frame, node: number, said: Said): void {
    this.#frames.onCallSaid(frame, node, said);
  }

  get plan(): Plan {
    this.#plan ??= publicPlan(this.#runPlan);
    return this.#plan;
  }

  get ending(): 'cancelled' | 'timed-out' | undefined {
    return this.#ending;
  }

  get isOpen(): boolean {
    return this.#hasBegun && !this.#isFinished;
  }

  get isFinished(): boolean {
    return this.#isFinished;
  }

  subscribe(listener: (events: readonly RunEvent[]) => void): () => void {
    this.heard();
    return this.#frames.reporter.feed.subscribe(listener);
  }

  cancel(): void {
    this.heard();
    this.#end('cancelled');
  }

  get isPaused(): boolean {
    return this.#frames.debugging.made?.isPaused ?? false;
  }

  get waiting(): readonly WaitingNode[] {
    return this.#frames.debugging.made?.waiting ?? [];
  }

  pause(): void {
    this.heard();
    if (!this.#frames.isHalted) this.#frames.debugging.make().pause();
  }

  resume(): void {
    this.#frames.debugging.made?.resume();
  }

  step(): boolean {
    this.heard();
    return !this.#frames.isHalted && this.#frames.debugging.make().step();
  }

  runTo(node: NodeId): void {
    this.heard();
    if (!this.#frames.isHalted) this.#frames.debugging.make().runTo(node);
  }

  inspect(target: InspectTarget, frame: readonly FrameStep[] = []): OutputSummary | undefined {
    this.heard();
    return inspect(this.#frames.root, target, frame);
  }

  setParameter(node: NodeId, name: string, value: Json, path?: readonly FrameStep[]): Promise<ParameterAnswer> {
    if (this.#isFinished) return Promise.resolve({ status: 'no-handler' });
    this.heard();
    const { dispatcher, root } = this.#frames;
    const set: SetInFrame = (frame, index, ...rest) => {
      const code = dispatcher.codeOf(frame, index);
      return code && tune(code, ...rest);
    };
    return setParameter(root, this.#host.clock, set, { node, name, value, ...(path ? { path } : {}) });
  }

  answer(node: NodeId, question: number, text: string | null, path: readonly FrameStep[] = []): boolean {
    if (this.#isFinished) return false;
    const { dispatcher, root } = this.#frames;
    const frame = frameAt(root, path);
    const index = frame?.flow.indexOf.get(node);
    return frame !== undefined && index !== undefined && answer(dispatcher.codeOf(frame, index), question, text);
  }

  /** A lane is free: perhaps for this run. */
  laneFreed(): void {
    if (!this.#isFinished) this.#frames.turns.guard(() => this.#frames.pump());
  }

  /** Values of an executor are gone. */
  valuesLost(executor: string, handles: ReadonlySet<string> | 'all'): void {
    if (this.#isFinished) return;
    this.#frames.turns.guard(() => {
      this.heard();
      this.#frames.dispatcher.loseCopies(executor, handles);
      this.#frames.recovery.lose(executor, handles);
    });
  }

  onStarted(): void {
    if (this.#timer === undefined) this.#armTimeout(0);
  }

  onOver(): void {
    if (!this.#isFinished) this.#finish();
  }

  readonly #onAbort = (): void => this.#end('cancelled');

  /** Takes over from a walk. Nothing goes on before {@link goOnFrom}, because a node may be at work. */
  #takeOver(walked: WalkedRun): void {
    this.#hasBegun = true;
    this.#startedAt = walked.startedAt;
    const { reporter, root } = this.#frames;
    // The first event, those of nodes that wait, and those of the walk.
    reporter.countUnheard(1 + this.#countQueued() + takeOver(root, walked));
    this.#armTimeout(this.#host.clock.now() - walked.startedAt);
    for (const call of walked.later) this.#frames.goOn(root, call);
    this.#frames.wake(root);
  }

  #begin(): void {
    const { reporter, root } = this.#frames;
    this.#startedAt = this.#host.clock.now();
    reporter.runStarted(() => scopeIds(this.#runPlan, () => true), this.#options.trigger);
    if (!reporter.isHeard) reporter.countUnheard(this.#countQueued());
    else for (const id of this.#queuedIds()) reporter.queued(id);
    this.#hasBegun = true;
    this.#frames.debugging.made?.begin();
    this.#frames.wake(root);
    if (this.#options.signal?.aborted) this.#ending ??= 'cancelled';
    if (this.#ending) this.#stop(this.#ending);
    else this.#frames.turn();
  }

  #countQueued(): number {
    const { flow, toRun } = this.#runPlan;
    return flow.containers ? this.#queuedIds().length : toRun;
  }

  #queuedIds(): NodeId[] {
    const { decisions } = this.#runPlan;
    return scopeIds(this.#runPlan, (node) => decisions.get(node)?.action === 'run');
  }

  #armTimeout(elapsedMs: number): void {
    const { timeoutMs } = this.#options;
    if (timeoutMs === undefined || this.#timer !== undefined) return;
    const leftMs = Math.max(0, timeoutMs - elapsedMs);
    this.#timer = this.#host.clock.setTimeout(() => this.#end('timed-out'), leftMs);
  }

  #end(ending: 'cancelled' | 'timed-out'): void {
    if (this.#ending || this.#isFinished) return;
    this.#ending = ending;
    if (this.#hasBegun) this.#frames.turns.guard(() => this.#stop(ending));
  }

  #stop(ending: 'cancelled' | 'timed-out'): void {
    const { clock, cancelGraceMs } = this.#host;
    const { turns, root, dispatcher, recovery } = this.#frames;
    // Before anything is told, because the telling may end the run at once.
    this.#graceTimer = clock.setTimeout(() => this.#giveUp(), cancelGraceMs);
    turns.hurry();
    root.dropWaiting();
    const message = ending === 'cancelled' ? 'The run was cancelled.' : 'The run took longer than it may.';
    dispatcher.cancel(new LoomError(`run/${ending}`, message));
    recovery.cancel();
    this.#frames.turn();
  }

  /** An executor did not stop in time: the run ends without it, and what it still says is dropped. */
  #giveUp(): void {
    this.#frames.turn(() => this.#frames.root.abandon());
  }

  #finish(): void {
    this.#isFinished = true;
    const { clock } = this.#host;
    clock.clearTimeout(this.#timer);
    clock.clearTimeout(this.#graceTimer);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    const { root, reporter, tallies, hasFailed } = this.#frames;
    const { counts } = root.book;
    // Cancelled nodes without an ending: an executor was disposed of by somebody else.
    const outcome = hasFailed ? 'failed' : counts.cancelled > tallies.cancelled ? 'cancelled' : 'succeeded';
    const status = this.#ending ?? outcome;
    const durationMs = clock.now() - this.#startedAt;
    reporter.runFinished(status, counts, durationMs);
    const result = root.book.result(this.id, status, durationMs, tallies.errors());
    this.#frames.close();
    this.#options.onFinished();
    reporter.flush();
    this.#isSettled = true;
    this.#resolve(result);
  }

  /** Ends the run although nobody knows how it is with it. What can be told and let go still is. */
  onFault(thrown: unknown): void {
    const { clock, onListenerError } = this.#host;
    const error = engineFault(this.id, thrown);
    if (this.#isSettled) {
      onListenerError(error);
      return;
    }
    this.#isSettled = true;
    this.#isFinished = true;
    const { root, reporter } = this.#frames;
    doAll([
      () => onListenerError(error),
      () => clock.clearTimeout(this.#timer),
      () => clock.clearTimeout(this.#graceTimer),
      () => this.#options.signal?.removeEventListener('abort', this.#onAbort),
      () => root.abandon(),
      () => reporter.runFinished('failed', root.book.counts, clock.now() - this.#startedAt),
      () => this.#frames.close(),
      () => this.#options.onFinished(),
      () => reporter.flush(),
    ]);
    this.#reject(error);
  }
}
