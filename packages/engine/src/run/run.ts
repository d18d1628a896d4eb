import { LoomError, type NodeId } from '@loom/graph';
import type { Plan, Run, RunOptions, RunResult } from '../api.js';
import type { RunEvent, RunStatus } from '../event.js';
import type { TaskEvent } from '../executor.js';
import type { Container } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import { type Decision, publicPlan, type RunPlan } from '../plan/plan.js';
import type { ValueRef } from '../value.js';
import { BodyTallies } from './body-tallies.js';
import type { BodyRun } from './container/body-run.js';
import type { ContainerHost } from './container/container-host.js';
import { containerRun } from './container/open-container.js';
import type { DispatchListener } from './dispatch-listener.js';
import { Dispatcher } from './dispatcher.js';
import { Frame, type FrameHost, type FrameOwner } from './frame.js';
import { handOn } from './hand-on.js';
import { NodeBook } from './node-book.js';
import { Recovery } from './recovery.js';
import { Reporter } from './reporter.js';
import type { RunHost } from './run-host.js';
import { RunValues } from './run-values.js';
import type { Said } from './said.js';
import { takeOver, type Walked } from './take-over.js';
import type { Tally } from './tally.js';
import { TaskEvents } from './task-events.js';
import { Phase } from './tokens.js';
import type { BegunCall } from './walk.js';
import { performedTypes, scopeIds } from './whole-plan.js';

/** How a run is made; the plan is decided already. */
export interface FlowRunOptions extends Pick<RunOptions, 'signal' | 'timeoutMs' | 'onError'> {
  readonly id: string;
  /** True for runs that only compute lost values again: they say nothing. */
  readonly quiet?: boolean;
  /** Computes values of nodes again, quietly. */
  readonly recompute: (nodes: readonly NodeId[], signal: AbortSignal) => Promise<RunResult>;
  /** What was done before; see {@link FlowRun.goOn}. */
  readonly begun: Begun;
  readonly onFinished: () => void;
}

/** What was done of a run before it was made. */
export interface Begun {
  readonly book: NodeBook;
  readonly walked?: Walked | undefined;
}

/** How long frames follow one another before the page gets a turn. */
const SLICE_MS = 8;

/** Frames that are looked at between two looks at the clock. */
const STRIDE = 64;

/** One pass over a flow: lets its frames go on as inputs come in, and says what happens. */
export class FlowRun implements Run, FrameHost, FrameOwner, ContainerHost, DispatchListener {
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
  /** Frames that something happened in. */
  #awake: Frame[] = [];
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
  #isPaused = false;
  #resolve: (result: RunResult) => void = () => {};

  constructor(plan: RunPlan, host: RunHost, options: FlowRunOptions) {
    this.id = options.id;
    this.#runPlan = plan;
    this.#host = host;
    this.#options = options;
    this.reporter = new Reporter({ runId: options.id, quiet: options.quiet ?? false, host });
    const { book, walked } = options.begun;
    this.root = new Frame({ plan, host: this, book, owner: this });
    const { environment } = plan.flow.document;
    this.#dispatcher = new Dispatcher({ host, environment, single: options.onError === 'stop' }, this);
    this.values = new RunValues(host, this.#dispatcher.transfers);
    const { results } = host;
    this.#recovery = new Recovery({ root: this.root, results, recompute: options.recompute }, this);
    this.#dispatcher.recovery = this.#recovery;
    this.#taskEvents = new TaskEvents({
      host,
      reporter: this.reporter,
      recovery: this.#recovery,
      onStarted: () => this.#armTimeout(),
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

  /** Goes on after a walk; `call` is the one that is still at work. */
  goOn(call: BegunCall | undefined): void {
    this.#turning = false;
    if (call) this.#dispatcher.goOn(this.root, call.node, call);
    this.onTurn();
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
    return this.reporter.feed.subscribe(listener);
  }

  cancel(): void {
    this.#end('cancelled');
  }

  /** A lane is free: perhaps for this run. */
  laneFreed(): void {
    if (!this.#finished) this.#dispatcher.pump();
  }

  /** Values of an executor are gone. */
  valuesLost(executor: string, handles: ReadonlySet<string> | 'all'): void {
    if (this.#finished) return;
    this.#dispatcher.loseCopies(executor, handles);
    this.#recovery.lose(executor, handles);
  }

  wake(frame: Frame): void {
    if (frame.isAwake) return;
    frame.isAwake = true;
    this.#awake.push(frame);
  }

  enqueue(frame: Frame, node: number): boolean {
    return this.#dispatcher.enqueue(frame, node);
  }

  abandon(frame: Frame): void {
    this.#dispatcher.abandon(frame, new LoomError('run/frame-cancelled', 'The iteration was cancelled.'));
  }

  openContainer(frame: Frame, node: number): BodyRun {
    const container = frame.flow.containers?.get(node) as Container; // that is why it is asked
    this.#armTimeout();
    return containerRun({ frame, node, container, host: this });
  }

  handOn(frame: Frame, node: number, decision: Decision): void {
    handOn(this, frame, node, decision);
  }

  holdsBack(): boolean {
    return false;
  }

  retries(): boolean {
    return false;
  }

  newFrame(plan: RunPlan, owner: FrameOwner, tally: Tally | undefined): Frame {
    const book = NodeBook.ofFrame(plan, (refs) => this.#host.release(refs));
    return new Frame({ plan, host: this, book, owner, tally });
  }

  tallyOf(plan: RunPlan): Tally {
    return this.#tallies.of(plan);
  }

  /** When a zone at the root has ended, so have the nodes of its body, over all frames. */
  onEnded(frame: Frame, node: number): void {
    frame.containers.delete(node);
    if (frame !== this.root) return;
    const container = frame.flow.containers?.get(node);
    if (container?.kind === 'zone') this.#tallies.tell(container.body, frame.idOf(node), this.reporter, this.root.book);
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
    if (this.#timer === undefined) this.#armTimeout();
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
    if (this.#turning || this.#finished || !this.#hasBegun || this.#isPaused) return;
    this.#turning = true;
    do {
      if (!this.#advance()) break;
      this.#dispatcher.pump();
    } while (this.#awake.length > 0);
    this.#turning = false;
    if (this.root.isOver) this.#finish();
  }

  frameEnded(): void {
    // The turn that ends the root goes on to its end first.
  }

  readonly #onAbort = (): void => this.#end('cancelled');

  /** Lets every frame go on that something happened in. False when it is the page's turn. */
  #advance(): boolean {
    const end = performance.now() + SLICE_MS;
    let untilLook = STRIDE;
    for (let i = 0; i < this.#awake.length; i++) {
      const frame = this.#awake[i] as Frame; // within the bounds of the loop
      frame.isAwake = false;
      frame.advance();
      if (--untilLook > 0) continue;
      untilLook = STRIDE;
      if (performance.now() < end) continue;
      this.#awake = this.#awake.slice(i + 1);
      this.#isPaused = true;
      this.#host.clock.setTimeout(() => {
        this.#isPaused = false;
        this.onTurn();
      }, 0);
      return false;
    }
    this.#awake.length = 0;
    return true;
  }

  /** Takes over from a walk. Nothing goes on before {@link goOn}, because a node may be at work. */
  #takeOver(walked: Walked): void {
    this.#turning = true;
    this.#hasBegun = true;
    this.#startedAt = walked.startedAt;
    // The first event, those of nodes that wait, and those of the walk.
    this.reporter.countUnheard(1 + this.#countQueued() + takeOver(this.root, walked));
    this.#armTimeout(this.#host.clock.now() - walked.startedAt);
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
    return scopeIds(this.#runPlan, (node) => decisions[node]?.action === 'run');
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
    this.#isPaused = false;
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
    book.close();
    this.root.tokens.close();
    this.#options.onFinished();
    this.reporter.flush();
    this.#resolve(result);
  }

  #armTimeout(elapsedMs = 0): void {
    const { timeoutMs } = this.#options;
    if (timeoutMs === undefined || this.#timer !== undefined) return;
    const leftMs = Math.max(0, timeoutMs - elapsedMs);
    this.#timer = this.#host.clock.setTimeout(() => this.#end('timed-out'), leftMs);
  }
}
