import type { Json, NodeId, PortId } from '@loom/graph';
import type { InspectTarget, Plan, Run, RunResult, WaitingNode } from '../../api.js';
import type { Said } from '../../call/said.js';
import { isThenable } from '../../call/thenable.js';
import type { ExecutorSlot } from '../../engine/executor-slot.js';
import type { FrameStep, RunEvent } from '../../event.js';
import type { DirectExecution, ParameterAnswer } from '../../executor.js';
import { publicPlan, type RunPlan } from '../../plan/plan.js';
import type { OutputSummary } from '../../value.js';
import { type Callees, findCallees } from '../calls/callees.js';
import { DirectInputs } from '../calls/direct-inputs.js';
import { inspectNode } from '../debug/inspect.js';
import { doAll, engineFault } from '../engine-fault.js';
import { NodeBook } from '../node-book.js';
import { FlowRun, type FlowRunOptions } from '../run.js';
import type { RunHost } from '../run-host.js';
import { AsyncWalk, type AsyncWalkHost } from './async-walk.js';
import { walkedBy } from './take-over.js';
import { type BegunCall, Walk, type WalkGround } from './walk.js';
import { firstPosition, groundOf } from './walkable.js';

/** How a run is made; see {@link FlowRun}. */
export interface LightRunOptions extends Omit<FlowRunOptions, 'book' | 'walked' | 'onFinished'> {
  readonly onFinished: (run: LightRun) => void;
}

/**
 * A run as long as it needs nothing but values: it walks through its nodes. When there is more to do, or somebody wants to know
 * more, it opens into a {@link FlowRun}, which goes on as if it had done all of it.
 */
export class LightRun implements Run, AsyncWalkHost {
  readonly id: string;
  readonly result: Promise<RunResult>;
  readonly #runPlan: RunPlan;
  readonly #host: RunHost;
  readonly #options: LightRunOptions;
  readonly #book: NodeBook;
  readonly #callees: Callees | undefined;
  #settle: (result: RunResult | Promise<RunResult>) => void = () => {};
  #plan: Plan | undefined;
  #inputs: DirectInputs | undefined;
  #walk: Walk | undefined;
  /** Takes over when functions give promises. */
  #asyncWalk: AsyncWalk | undefined;
  #stopListening: (() => void) | undefined;
  #startedAt = 0;
  /** What nodes have said, which nobody has heard. */
  #said = 0;
  #isFinished = false;
  #run: FlowRun | undefined;

  constructor(plan: RunPlan, host: RunHost, options: LightRunOptions) {
    this.id = options.id;
    this.#runPlan = plan;
    this.#host = host;
    this.#options = options;
    this.#book = NodeBook.ofRun(plan, host.results);
    this.result = new Promise((resolve) => {
      this.#settle = resolve;
    });
    // A fault of the engine is told by who hears of faults, too.
    this.result.catch(() => {});
    options.signal?.addEventListener('abort', this.#onAbort);
    this.#callees = findCallees(host, plan);
    if (!this.#callees || !this.#mayWalk) this.#open();
    else {
      const begin = (): void => this.#guard(() => this.#begin());
      if (this.#isReady) queueMicrotask(begin);
      // It starts while the caller is still subscribing.
      else void this.#makeReady(this.#callees.slot).then(begin);
    }
  }

  get plan(): Plan {
    this.#plan ??= publicPlan(this.#runPlan);
    return this.#plan;
  }

  cancel(): void {
    if (!this.#isFinished) this.#open().cancel();
  }

  get isPaused(): boolean {
    return this.#run?.isPaused ?? false;
  }

  get waiting(): readonly WaitingNode[] {
    return this.#run?.waiting ?? [];
  }

  pause(): void {
    if (!this.#isFinished) this.#open().pause();
  }

  resume(): void {
    this.#run?.resume();
  }

  step(): boolean {
    return !this.#isFinished && this.#open().step();
  }

  runTo(node: NodeId): void {
    if (!this.#isFinished) this.#open().runTo(node);
  }

  inspect(target: InspectTarget, frame: readonly FrameStep[] = []): OutputSummary | undefined {
    if (this.#run) return this.#run.inspect(target, frame);
    // What is walked has no iterations.
    return frame.length === 0 ? inspectNode({ flow: this.#runPlan.flow, book: this.#book }, target) : undefined;
  }

  setParameter(node: NodeId, name: string, value: Json, frame?: readonly FrameStep[]): Promise<ParameterAnswer> {
    if (this.#isFinished && !this.#run) return Promise.resolve({ status: 'no-handler' });
    return this.#open().setParameter(node, name, value, frame);
  }

  answer(node: NodeId, question: number, text: string | null, frame?: readonly FrameStep[]): boolean {
    // What is walked is of this realm, and asks nothing.
    return this.#run?.answer(node, question, text, frame) ?? false;
  }

  subscribe(listener: (events: readonly RunEvent[]) => void): () => void {
    return this.#isFinished ? () => {} : this.#open().subscribe(listener);
  }

  /** Somebody listens to everything from now on. */
  heard(): void {
    if (!this.#isFinished) this.#open().heard();
  }

  /** Writes down what was done so far, because others want to know what holds. */
  writeSoFar(): void {
    const walk = this.#walk ?? this.#asyncWalk;
    if (this.#isFinished || this.#run || !walk) return;
    this.#book.walkedSoFar(firstPosition(this.#runPlan.flow), this.#walk?.at ?? this.#book.record.layout.nodes.length);
  }

  /** A lane is free: perhaps for this run. */
  laneFreed(): void {
    this.#run?.laneFreed();
  }

  /** Values of an executor are gone. */
  valuesLost(executor: string, handles: ReadonlySet<string> | 'all'): void {
    if (!this.#isFinished) this.#open().valuesLost(executor, handles);
  }

  get direct(): DirectExecution {
    return (this.#callees as Callees).direct; // without them nothing walks
  }

  inputsOf(position: number): Record<PortId, unknown> {
    this.#inputs ??= new DirectInputs(this.#runPlan);
    return this.#inputs.ofValues(position, this.#book.record);
  }

  said(position: number, said: Said): void {
    if (!this.#run) this.#said++;
    else this.#run.onCallSaid(this.#run.root, this.#book.record.layout.nodes[position] as number, said);
  }

  readonly #onAbort = (): void => this.cancel();

  get #mayWalk(): boolean {
    const { feed, stored } = this.#host;
    const { quiet, signal, paused, breakpoints } = this.#options;
    // Results that may be stored are looked up, and their times are wanted.
    const isWatched = (feed.isActive && !quiet) || stored !== undefined || paused || breakpoints !== undefined;
    return !isWatched && !signal?.aborted && this.#book.record.hasOnlyValues;
  }

  get #isReady(): boolean {
    return this.#callees?.slot.isPrepared(this.#runPlan.flow.document.environment) ?? false;
  }

  /** Never rejects: what did not come about is told by the run that this one opens into. */
  async #makeReady(slot: ExecutorSlot): Promise<void> {
    const { environment } = this.#runPlan.flow.document;
    if ((await slot.tryStart()) === undefined && !slot.isPrepared(environment)) await slot.prepare(environment);
  }

  #begin(): void {
    // Somebody may have asked for more already.
    if (this.#run) return;
    if (!this.#mayWalk || !this.#isReady) {
      this.#open();
      return;
    }
    const { codes, direct } = this.#callees as Callees; // without them nothing walks
    this.#startedAt = this.#host.clock.now();
    this.#book.record.heldBy(direct);
    const ground = groundOf(this.#runPlan, codes, this.#book.record.values);
    this.#walk = new Walk(ground, this);
    this.#goOn(this.#walk, ground);
  }

  #goOn(walk: Walk, ground: WalkGround): void {
    // Whoever has opened it meanwhile goes on.
    if (this.#run) return;
    const end = walk.go();
    const isWhole = ground.end === this.#book.record.layout.nodes.length;
    const { begun } = walk;
    if (end === 'end' && isWhole) this.#finish();
    else if (end === 'turn' && this.#options.timeoutMs === undefined) {
      this.direct.afterTurn(() => this.#guard(() => this.#goOn(walk, ground)));
    } else if (begun && isWhole && !this.#run && this.#isLater(begun)) this.#goOnLater(begun, ground);
    else this.#open().goOnFrom(begun);
  }

  /** Whether a call gave a promise that nothing else than its end can end. */
  #isLater({ outcome }: BegunCall): boolean {
    return this.#options.timeoutMs === undefined && 'result' in outcome && isThenable(outcome.result);
  }

  #goOnLater(begun: BegunCall, ground: WalkGround): void {
    this.#walk = undefined;
    this.#asyncWalk = new AsyncWalk(ground, this, this.#runPlan.flow);
    this.#stopListening = this.direct.onDispose(() => this.#open());
    this.#asyncWalk.begin(begun);
  }

  onWalked(): void {
    this.#guard(() => this.#finish());
  }

  onCall(call: BegunCall): void {
    this.#guard(() => this.#open(call).goOnFrom(call));
  }

  /** Nothing that is thrown here is lost: the run ends with it. */
  #guard(act: () => void): void {
    try {
      act();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    if (this.#run) {
      this.#run.onFault(thrown);
      return;
    }
    this.#isFinished = true;
    const walk = this.#walk ?? this.#asyncWalk;
    if (walk) walk.isStopped = true;
    const error = engineFault(this.id, thrown);
    doAll([
      () => this.#host.onListenerError(error),
      () => this.#stopListening?.(),
      () => this.#options.signal?.removeEventListener('abort', this.#onAbort),
      () => this.#book.close(),
      () => this.#options.onFinished(this),
    ]);
    this.#settle(Promise.reject(error));
  }

  #finish(): void {
    this.#isFinished = true;
    this.#stopListening?.();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    const book = this.#book;
    book.walked(firstPosition(this.#runPlan.flow), book.record.layout.nodes.length);
    const result = book.result(this.id, 'succeeded', this.#host.clock.now() - this.#startedAt, []);
    book.close();
    this.#options.onFinished(this);
    this.#settle(result);
  }

  /** Goes on as a run that can do everything; `call` is one that has just settled. */
  #open(call?: BegunCall): FlowRun {
    if (this.#run) return this.#run;
    this.#stopListening?.();
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    const walk = this.#walk ?? this.#asyncWalk;
    const walked = walkedBy(this.#walk, this.#asyncWalk, call, this.#book.record.layout.nodes.length);
    if (walk) walk.isStopped = true;
    const run = new FlowRun(this.#runPlan, this.#host, {
      ...this.#options,
      book: this.#book,
      walked: walk && { ...walked, said: this.#said, startedAt: this.#startedAt },
      onFinished: () => {
        this.#isFinished = true;
        this.#options.onFinished(this);
      },
    });
    this.#run = run;
    this.#settle(run.result);
    // Who is in the midst of it goes on itself.
    if (walk && !walk.isGoing && !call) queueMicrotask(() => run.goOnFrom(undefined));
    return run;
  }
}
