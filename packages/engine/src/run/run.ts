import { type Json, LoomError, type NodeId } from '@loom/graph';
import type { InspectTarget, Plan, Run, RunOptions, RunResult, WaitingNode } from '../api.js';
import type { FrameStep, RunEvent, RunStatus } from '../event.js';
import type { ParameterAnswer } from '../executor.js';
import { publicPlan, type RunPlan } from '../plan/plan.js';
import type { OutputSummary } from '../value.js';
import { inspect } from './debug/inspect.js';
import { type SetInFrame, setParameter } from './debug/set-parameter.js';
import { RunFrames } from './run-frames.js';
import type { RunFramesListener, RunFramesOptions } from './run-frames-options.js';
import type { RunHost } from './run-host.js';
import { scopeIds } from './whole-plan.js';

/** How a run is made; the plan is decided already. */
export interface FlowRunOptions extends RunFramesOptions, Pick<RunOptions, 'signal' | 'timeoutMs' | 'trigger'> {
  readonly onFinished: (run: FlowRun) => void;
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
  #resolve: (result: RunResult) => void = () => {};

  constructor(plan: RunPlan, host: RunHost, options: FlowRunOptions) {
    this.id = options.id;
    this.#runPlan = plan;
    this.#host = host;
    this.#options = options;
    // Executors start while the caller is still subscribing.
    this.#frames = new RunFrames(plan, host, options, this);
    if (plan.toRun < plan.scope.length) this.#holdReused();
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    options.signal?.addEventListener('abort', this.#onAbort);
    queueMicrotask(() => this.#begin());
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
    return this.#frames.reporter.feed.subscribe(listener);
  }

  cancel(): void {
    this.#end('cancelled');
  }

  get isPaused(): boolean {
    return this.#frames.debugger?.isPaused ?? false;
  }

  get waiting(): readonly WaitingNode[] {
    return this.#frames.debugger?.waiting ?? [];
  }

  pause(): void {
    if (!this.#frames.isHalted) this.#frames.debug().pause();
  }

  resume(): void {
    this.#frames.debugger?.resume();
  }

  step(): boolean {
    return !this.#frames.isHalted && this.#frames.debug().step();
  }

  runTo(node: NodeId): void {
    if (!this.#frames.isHalted) this.#frames.debug().runTo(node);
  }

  inspect(target: InspectTarget, frame: readonly FrameStep[] = []): OutputSummary | undefined {
    return inspect(this.#frames.root, this.#frames.values, target, frame);
  }

  setParameter(node: NodeId, name: string, value: Json, path?: readonly FrameStep[]): Promise<ParameterAnswer> {
    if (this.#isFinished) return Promise.resolve({ status: 'no-handler' });
    const { dispatcher, root } = this.#frames;
    const set: SetInFrame = (frame, index, ...rest) => dispatcher.setParameter(frame, index, ...rest);
    return setParameter(root, this.#host.clock, set, { node, name, value, ...(path ? { path } : {}) });
  }

  /** A lane is free: perhaps for this run. */
  laneFreed(): void {
    if (!this.#isFinished) this.#frames.dispatcher.pump();
  }

  /** Values of an executor are gone. */
  valuesLost(executor: string, handles: ReadonlySet<string> | 'all'): void {
    if (this.#isFinished) return;
    this.#frames.dispatcher.loseCopies(executor, handles);
    this.#frames.recovery.lose(executor, handles);
  }

  onStarted(): void {
    const { timeoutMs } = this.#options;
    if (timeoutMs === undefined || this.#timer !== undefined) return;
    this.#timer = this.#host.clock.setTimeout(() => this.#end('timed-out'), timeoutMs);
  }

  onOver(): void {
    if (!this.#isFinished) this.#finish();
  }

  readonly #onAbort = (): void => this.#end('cancelled');

  /** Held from before the run begins, so that nothing takes the values away. */
  #holdReused(): void {
    const { scope, decisions } = this.#runPlan;
    for (const node of scope) {
      const decision = decisions.get(node);
      if (decision?.action === 'reuse') this.#frames.root.book.reused(node, decision.result);
    }
  }

  #begin(): void {
    const { reporter, root } = this.#frames;
    this.#startedAt = this.#host.clock.now();
    reporter.runStarted(() => scopeIds(this.#runPlan, () => true), this.#options.trigger);
    const { decisions, toRun, flow } = this.#runPlan;
    if (!reporter.isHeard && !flow.containers) reporter.countUnheard(toRun);
    else for (const id of scopeIds(this.#runPlan, (node) => decisions.get(node)?.action === 'run')) reporter.queued(id);
    this.#hasBegun = true;
    this.#frames.wake(root);
    if (this.#options.signal?.aborted) this.#ending ??= 'cancelled';
    if (this.#ending) this.#stop(this.#ending);
    else this.#frames.onTurn();
  }

  #end(ending: 'cancelled' | 'timed-out'): void {
    if (this.#ending || this.#isFinished) return;
    this.#ending = ending;
    if (this.#hasBegun) this.#stop(ending);
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
    this.#frames.onTurn();
  }

  /** An executor did not stop in time: the run ends without it, and what it still says is dropped. */
  #giveUp(): void {
    this.#frames.root.abandon();
    this.#frames.onTurn();
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
    const outcome = hasFailed ? 'failed' : counts.cancelled > 0 ? 'cancelled' : 'succeeded';
    const status = this.#ending ?? outcome;
    const durationMs = clock.now() - this.#startedAt;
    reporter.runFinished(status, counts, durationMs);
    const result = root.book.result(this.id, status, durationMs, tallies.errors());
    this.#frames.close();
    this.#options.onFinished(this);
    reporter.flush();
    this.#resolve(result);
  }
}
