import { type Json, LoomError, type NodeId } from '@loom/graph';
import type { InspectTarget, Plan, Run, RunOptions, RunResult, WaitingNode } from '../api.js';
import type { Clock } from '../clock.js';
import type { FrameStep, RunEvent, RunStatus } from '../event.js';
import type { ParameterAnswer, TaskEvent } from '../executor.js';
import type { Container } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import type { Decision } from '../plan/decision.js';
import { publicPlan, type RunPlan } from '../plan/plan.js';
import type { OutputSummary, ValueRef } from '../value.js';
import { BodyTallies } from './body-tallies.js';
import { type Callees, findCallees } from './callees.js';
import type { BodyRun } from './container/body-run.js';
import type { ContainerHost, Walking } from './container/container-host.js';
import { containerRun } from './container/open-container.js';
import { Debugger, type DebuggerHost } from './debug/debugger.js';
import { inspect } from './debug/inspect.js';
import { type SetInFrame, setParameter } from './debug/set-parameter.js';
import type { DispatchListener } from './dispatch-listener.js';
import { Dispatcher } from './dispatcher.js';
import { Frame, type FrameHost, type FrameOwner } from './frame.js';
import { handOn } from './hand-on.js';
import { NodeBook } from './node-book.js';
import { NodePolicies, type PolicyHost } from './policy/node-policies.js';
import { Recovery } from './recovery.js';
import { Reporter } from './reporter.js';
import type { RunHost } from './run-host.js';
import { RunValues } from './run-values.js';
import type { Said } from './said.js';
import type { ChannelBounds } from './stream/channel.js';
import type { StreamHost } from './stream/stream-outputs.js';
import { StreamRun } from './stream/stream-run.js';
import { takeOver, type Walked } from './take-over.js';
import type { Tally } from './tally.js';
import { TaskEvents } from './task-events.js';
import { Phase } from './tokens.js';
import { Turns } from './turns.js';
import type { BegunCall } from './walk.js';
import { hasBreakpoints, performedTypes, scopeIds } from './whole-plan.js';

/** How a run is made; the plan is decided already. */
export interface FlowRunOptions
  extends Pick<RunOptions, 'signal' | 'timeoutMs' | 'onError' | 'breakpoints' | 'paused'> {
  readonly id: string;
  /** True for runs that only compute lost values again: they say nothing. */
  readonly quiet?: boolean;
  /** Computes values of nodes again, quietly. */
  readonly recompute: (nodes: readonly NodeId[], signal: AbortSignal) => Promise<RunResult>;
  /** What was done before; see {@link FlowRun.goOnFrom}. */
  readonly begun: Begun;
  readonly onFinished: () => void;
}

/** What was done of a run before it was made. */
export interface Begun {
  readonly book: NodeBook;
  readonly walked?: (Walked & { readonly startedAt: number }) | undefined;
}

/** One pass over a flow: lets its frames go on as inputs come in, and says what happens. */
export class FlowRun
  implements Run, FrameHost, FrameOwner, ContainerHost, StreamHost, DispatchListener, DebuggerHost, PolicyHost
{
  readonly id: string;
  readonly result: Promise<RunResult>;
  readonly reporter: Reporter;
  readonly values: RunValues;
  readonly #runPlan: RunPlan;
  readonly #host: RunHost;
  readonly #options: FlowRunOptions;
  readonly root: Frame;
  readonly #dispatcher: Dispatcher;
  readonly #recovery: Recovery;
  readonly #taskEvents: TaskEvents;
  readonly #tallies = new BodyTallies();
  readonly #policies: NodePolicies;
  #debugger: Debugger | undefined;
  readonly #turns: Turns;
  walks: Walking | undefined;
  #plan: Plan | undefined;
  #ending: Exclude<RunStatus, 'succeeded' | 'failed'> | undefined;
  #hasFailed = false;
  #stopped = false;
  #finished = false;
  #hasBegun = false;
  #startedAt = 0;
  #timer: unknown;
  #graceTimer: unknown;
  #turning = false;
  #resolve: (result: RunResult) => void = () => {};

  constructor(plan: RunPlan, host: RunHost, options: FlowRunOptions) {
    this.id = options.id;
    this.#runPlan = plan;
    this.#host = host;
    this.#options = options;
    this.reporter = new Reporter({ runId: options.id, quiet: options.quiet ?? false, host });
    this.#policies = new NodePolicies(this);
    const { breakpoints = {}, paused = false } = options;
    // Without anything to stop at nobody is asked.
    if (!options.quiet && (paused || Object.keys(breakpoints).length > 0 || hasBreakpoints(plan.flow))) {
      this.#debugger = new Debugger(this, breakpoints, paused);
    }
    this.#turns = new Turns(host.clock, () => this.onTurn());
    const { book, walked } = options.begun;
    this.root = new Frame({ plan, host: this, book, owner: this });
    const { environment } = plan.flow.document;
    this.#dispatcher = new Dispatcher(
      { host, environment, isSingle: () => options.onError === 'stop' || this.#debugger?.isStepping === true },
      this,
    );
    this.values = new RunValues(host, this.#dispatcher.transfers);
    const { results } = host;
    this.#recovery = new Recovery({ root: this.root, results, recompute: options.recompute }, this);
    this.#dispatcher.recovery = this.#recovery;
    this.#taskEvents = new TaskEvents({
      host,
      reporter: this.reporter,
      recovery: this.#recovery,
      onStarted: (frame, node) => this.#onStarted(frame, node),
      isStopped: () => this.#stopped,
    });
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    options.signal?.addEventListener('abort', this.#onAbort);
    // Executors start while the caller is still subscribing.
    this.#dispatcher.start(performedTypes(plan));
    if (walked) this.#takeOver(walked);
    else queueMicrotask(() => this.#begin());
  }

  /** Goes on after the walk that the run began with. */
  goOnFrom(call: BegunCall | undefined): void {
    this.#turning = false;
    this.goOn(this.root, call);
    this.onTurn();
  }

  goOn(frame: Frame, call: BegunCall | undefined): void {
    if (!call) return;
    this.#onStarted(frame, call.node);
    this.#dispatcher.goOn(frame, call.node, call);
  }

  get mayWalk(): boolean {
    return !this.reporter.isHeard && !this.isHalted && this.#debugger === undefined;
  }

  calleesOf(plan: RunPlan): Callees | undefined {
    const callees = findCallees(this.#host, plan);
    return callees?.slot.isReady(this.#runPlan.flow.document.environment) ? callees : undefined;
  }

  get plan(): Plan {
    this.#plan ??= publicPlan(this.#runPlan);
    return this.#plan;
  }

  get ending(): 'cancelled' | 'timed-out' | undefined {
    return this.#ending;
  }

  get isStopped(): boolean {
    return this.#stopped;
  }

  get isHalted(): boolean {
    return this.#ending !== undefined || this.#stopped || this.#finished;
  }

  get isHeard(): boolean {
    return this.reporter.isHeard;
  }

  subscribe(listener: (events: readonly RunEvent[]) => void): () => void {
    this.heard();
    return this.reporter.feed.subscribe(listener);
  }

  cancel(): void {
    this.walks?.show();
    this.#end('cancelled');
  }

  /** Somebody listens from now on. */
  heard(): void {
    this.walks?.show();
  }

  /** A lane is free: perhaps for this run. */
  laneFreed(): void {
    if (!this.#finished) this.#dispatcher.pump();
  }

  /** Values of an executor are gone. */
  valuesLost(executor: string, handles: ReadonlySet<string> | 'all'): void {
    if (this.#finished) return;
    this.walks?.show();
    this.#dispatcher.loseCopies(executor, handles);
    this.#recovery.lose(executor, handles);
  }

  wake(frame: Frame): void {
    this.#turns.wake(frame);
  }

  enqueue(frame: Frame, node: number): boolean {
    return this.#dispatcher.enqueue(frame, node);
  }

  abandon(frame: Frame): void {
    this.#dispatcher.abandon(frame, new LoomError('run/frame-cancelled', 'The iteration was cancelled.'));
  }

  openContainer(frame: Frame, node: number): BodyRun {
    const container = frame.flow.containers?.get(node) as Container; // that is why it is asked
    this.#onStarted(frame, node);
    return containerRun({ frame, node, container, host: this }, this);
  }

  openStreams(frame: Frame, node: number, durationMs: number): StreamRun {
    return new StreamRun(frame, node, this, durationMs);
  }

  isCalledHere(frame: Frame, node: number): boolean {
    return this.#dispatcher.isCalledHere(frame, node);
  }

  get streamBounds(): ChannelBounds {
    return this.#host.streamBounds;
  }

  handOn(frame: Frame, node: number, decision: Decision): void {
    handOn(this, frame, node, decision);
  }

  holdsBack(frame: Frame, node: number): boolean {
    return this.#debugger?.holdsBack(frame, node) ?? false;
  }

  recall(take: (frame: Frame, node: number) => void): void {
    this.#dispatcher.recall(take);
  }

  get isPaused(): boolean {
    return this.#debugger?.isPaused ?? false;
  }

  get waiting(): readonly WaitingNode[] {
    return this.#debugger?.waiting ?? [];
  }

  pause(): void {
    this.walks?.show();
    if (!this.isHalted) this.#debug().pause();
  }

  resume(): void {
    this.#debugger?.resume();
  }

  step(): boolean {
    this.walks?.show();
    return !this.isHalted && this.#debug().step();
  }

  runTo(node: NodeId): void {
    this.walks?.show();
    if (!this.isHalted) this.#debug().runTo(node);
  }

  inspect(target: InspectTarget, frame: readonly FrameStep[] = []): OutputSummary | undefined {
    this.walks?.show();
    return inspect(this.root, this.values, target, frame);
  }

  setParameter(node: NodeId, name: string, value: Json, path?: readonly FrameStep[]): Promise<ParameterAnswer> {
    if (this.#finished) return Promise.resolve({ status: 'no-handler' });
    this.walks?.show();
    const set: SetInFrame = (frame, index, ...rest) => this.#dispatcher.setParameter(frame, index, ...rest);
    return setParameter(this.root, this.clock, set, { node, name, value, ...(path ? { path } : {}) });
  }

  retries(frame: Frame, node: number, error: NodeError): boolean {
    return !this.isHalted && frame.flow.hasPolicies && this.#policies.retries(frame, node, error);
  }

  get clock(): Clock {
    return this.#host.clock;
  }

  get retryDelayMs(): number {
    return this.#host.retryDelayMs;
  }

  stopperOf(frame: Frame, node: number): () => void {
    return this.#dispatcher.stopperOf(frame, node, new LoomError('node/timed-out', 'The time of the node is up.'));
  }

  newFrame(
    plan: RunPlan,
    owner: FrameOwner,
    tally: Tally | undefined,
    book = NodeBook.ofFrame(plan, (refs) => this.#host.release(refs)),
  ): Frame {
    return new Frame({ plan, host: this, book, owner, tally });
  }

  tallyOf(plan: RunPlan): Tally {
    return this.#tallies.of(plan);
  }

  /** When a zone at the root has ended, so have the nodes of its body, over all frames. */
  onEnded(frame: Frame, node: number): void {
    if (frame.flow.hasPolicies) this.#policies.ended(frame, node);
    frame.containers.delete(node);
    if (frame !== this.root) return;
    const container = frame.flow.containers?.get(node);
    if (container) this.#tallies.tell(container, frame.idOf(node), this.reporter, this.root.book);
  }

  onFailed(frame: Frame): void {
    if (frame.collectsErrors) return;
    this.#hasFailed = true;
    if (this.#options.onError !== 'stop' || this.#stopped) return;
    this.#stopped = true;
    this.root.dropWaiting();
  }

  release(refs: readonly ValueRef[]): void {
    this.#host.release(refs);
  }

  onTaskEvent(frame: Frame, node: number, event: TaskEvent): void {
    this.#taskEvents.take(frame, node, event);
  }

  onNodeFailed(frame: Frame, node: number, error: NodeError): void {
    frame.fail(node, error, 0);
  }

  onCallStarted(frame: Frame, node: number): void {
    this.#onStarted(frame, node);
    this.reporter.started(frame, node);
  }

  onCallSaid(frame: Frame, node: number, event: Said): void {
    if (frame.tokens.phase[node] !== Phase.running) return;
    if (event.kind === 'output') this.reporter.said(frame, node, event);
    else this.reporter.progressed(frame, node, event);
  }

  turn(): void {
    this.onTurn();
  }

  onTurn(): void {
    // Sending may answer at once, and that answer is a turn within this one.
    if (this.#turning || this.#finished || !this.#hasBegun || this.#turns.isPaused) return;
    this.#turning = true;
    do {
      if (!this.#turns.advance()) break;
      this.#dispatcher.pump();
    } while (this.#turns.hasMore);
    this.#turning = false;
    if (this.root.isOver) this.#finish();
  }

  frameEnded(): void {
    // The turn that ends the root goes on to its end first.
  }

  readonly #onAbort = (): void => this.#end('cancelled');

  /** Takes over from a walk. Nothing goes on before {@link goOnFrom}, because a node may be at work. */
  #takeOver(walked: Walked & { readonly startedAt: number }): void {
    this.#turning = true;
    this.#hasBegun = true;
    this.#startedAt = walked.startedAt;
    // The first event, those of nodes that wait, and those of the walk.
    this.reporter.countUnheard(1 + this.#countQueued() + takeOver(this.root, walked));
    this.#armTimeout(this.#host.clock.now() - walked.startedAt);
    for (const call of walked.later) this.goOn(this.root, call);
    this.wake(this.root);
  }

  #begin(): void {
    const { reporter } = this;
    this.#startedAt = this.#host.clock.now();
    reporter.runStarted(() => scopeIds(this.#runPlan, () => true));
    if (!reporter.isHeard) reporter.countUnheard(this.#countQueued());
    else for (const id of this.#queuedIds()) reporter.queued(id);
    this.#hasBegun = true;
    this.wake(this.root);
    if (this.#options.signal?.aborted) this.#ending ??= 'cancelled';
    if (this.#ending) this.#stop(this.#ending);
    else this.onTurn();
  }

  #countQueued(): number {
    const { flow, toRun } = this.#runPlan;
    return flow.containers ? this.#queuedIds().length : toRun;
  }

  #queuedIds(): NodeId[] {
    const { decisions } = this.#runPlan;
    return scopeIds(this.#runPlan, (node) => decisions.get(node)?.action === 'run');
  }

  #end(ending: 'cancelled' | 'timed-out'): void {
    if (this.#ending || this.#finished) return;
    this.#ending = ending;
    if (this.#hasBegun) this.#stop(ending);
  }

  #stop(ending: 'cancelled' | 'timed-out'): void {
    const { clock, cancelGraceMs } = this.#host;
    // Before anything is told, because the telling may end the run at once.
    this.#graceTimer = clock.setTimeout(() => this.#giveUp(), cancelGraceMs);
    this.#turns.hurry();
    this.root.dropWaiting();
    const message = ending === 'cancelled' ? 'The run was cancelled.' : 'The run took longer than it may.';
    this.#dispatcher.cancel(new LoomError(`run/${ending}`, message));
    this.#recovery.cancel();
    this.onTurn();
  }

  /** An executor did not stop in time: the run ends without it, and what it still says is dropped. */
  #giveUp(): void {
    this.root.abandon();
    this.onTurn();
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    const { clock } = this.#host;
    clock.clearTimeout(this.#timer);
    clock.clearTimeout(this.#graceTimer);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    const { book } = this.root;
    const { counts } = book;
    // Cancelled nodes without an ending: an executor was disposed of by somebody else.
    const outcome = this.#hasFailed ? 'failed' : counts.cancelled > 0 ? 'cancelled' : 'succeeded';
    const status = this.#ending ?? outcome;
    const durationMs = clock.now() - this.#startedAt;
    this.reporter.runFinished(status, counts, durationMs);
    const result = book.result(this.id, status, durationMs, this.#tallies.errors());
    this.#dispatcher.close();
    this.#recovery.cancel();
    this.#policies.close();
    book.close();
    this.root.closeEdges();
    this.root.tokens.close();
    this.#options.onFinished();
    this.reporter.flush();
    this.#resolve(result);
  }

  #onStarted(frame: Frame, node: number): void {
    if (this.#timer === undefined) this.#armTimeout(0);
    if (frame.flow.hasPolicies) this.#policies.started(frame, node);
  }

  #debug(): Debugger {
    this.#debugger ??= new Debugger(this, this.#options.breakpoints ?? {}, false);
    return this.#debugger;
  }

  #armTimeout(elapsedMs: number): void {
    const { timeoutMs } = this.#options;
    if (timeoutMs === undefined || this.#timer !== undefined) return;
    const leftMs = Math.max(0, timeoutMs - elapsedMs);
    this.#timer = this.#host.clock.setTimeout(() => this.#end('timed-out'), leftMs);
  }
}
