import { LoomError, type NodeId } from '@loom/graph';
import type { Plan, Run, RunOptions, RunResult } from '../api.js';
import type { RunEvent, RunStatus } from '../event.js';
import type { TaskEvent } from '../executor.js';
import type { NodeError } from '../node-error.js';
import { type Decision, publicPlan, type RunPlan } from '../plan/plan.js';
import type { DispatchListener } from './dispatch-listener.js';
import { Dispatcher } from './dispatcher.js';
import { noExecutor } from './no-executor.js';
import { NodeBook } from './node-book.js';
import { NodeEndings } from './node-endings.js';
import { startOf, waitsForInputs } from './plan-start.js';
import { Recovery } from './recovery.js';
import { Reporter } from './reporter.js';
import type { RunHost } from './run-host.js';
import { TaskEvents } from './task-events.js';
import { Phase, Token, Tokens } from './tokens.js';

/** How a run is made; the plan is decided already. */
export interface FlowRunOptions extends Pick<RunOptions, 'signal' | 'timeoutMs' | 'onError'> {
  readonly id: string;
  /** True for runs that only compute lost values again: they say nothing. */
  readonly quiet?: boolean;
  /** Computes values of nodes again, quietly. */
  readonly recompute: (nodes: readonly NodeId[], signal: AbortSignal) => Promise<RunResult>;
  readonly onFinished: (run: FlowRun) => void;
}

/** One pass over a flow: decides node by node as inputs come in, and says what happens. */
export class FlowRun implements Run, DispatchListener {
  readonly id: string;
  readonly result: Promise<RunResult>;
  readonly #runPlan: RunPlan;
  readonly #host: RunHost;
  readonly #options: FlowRunOptions;
  readonly #reporter: Reporter;
  readonly #tokens: Tokens;
  readonly #book: NodeBook;
  readonly #endings: NodeEndings;
  readonly #dispatcher: Dispatcher;
  readonly #recovery: Recovery;
  readonly #taskEvents: TaskEvents;
  #plan: Plan | undefined;
  #ending: Exclude<RunStatus, 'succeeded' | 'failed'> | undefined;
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
    this.#reporter = new Reporter({ runId: options.id, quiet: options.quiet ?? false, ids: plan.flow.ids, host });
    this.#tokens = new Tokens(plan.flow, startOf(plan));
    this.#book = new NodeBook(plan, host.results);
    this.#endings = new NodeEndings(this.#tokens, this.#book, this.#reporter);
    if (plan.toRun < plan.scope.length) this.#holdReused();
    const { tokens, book } = { tokens: this.#tokens, book: this.#book };
    this.#dispatcher = new Dispatcher({ plan, tokens, book, host, single: options.onError === 'stop' }, this);
    this.#recovery = new Recovery({ plan, tokens, book, results: host.results, recompute: options.recompute }, this);
    this.#dispatcher.recovery = this.#recovery;
    this.#taskEvents = new TaskEvents({
      tokens,
      host,
      endings: this.#endings,
      reporter: this.#reporter,
      recovery: this.#recovery,
      onStarted: () => this.#armTimeout(),
      onFailed: (node, error, durationMs) => this.#fail(node, error, durationMs),
      isStopped: () => this.#stopped,
    });
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    options.signal?.addEventListener('abort', this.#onAbort);
    // Executors start while the caller is still subscribing.
    this.#dispatcher.start();
    queueMicrotask(() => this.#begin());
  }

  get plan(): Plan {
    this.#plan ??= publicPlan(this.#runPlan);
    return this.#plan;
  }

  get isHalted(): boolean {
    return this.#ending !== undefined || this.#stopped || this.#finished;
  }

  subscribe(listener: (events: readonly RunEvent[]) => void): () => void {
    return this.#reporter.feed.subscribe(listener);
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

  onTaskEvent(node: number, event: TaskEvent): void {
    this.#taskEvents.take(node, event);
  }

  onNodeFailed(node: number, error: NodeError): void {
    this.#fail(node, error, 0);
  }

  get isHeard(): boolean {
    return this.#reporter.isHeard;
  }

  onCallStarted(node: number): void {
    this.#armTimeout();
    this.#reporter.started(node);
  }

  onCallSucceeded(node: number, durationMs: number): void {
    this.#endings.called(node, durationMs);
  }

  onCallFailed(node: number, error: NodeError, durationMs: number): void {
    this.#fail(node, error, durationMs);
  }

  onCallCancelled(node: number): void {
    if (this.#tokens.phase[node] === Phase.running) this.#endings.cancelled(node);
  }

  onCallSaid(node: number, event: Extract<TaskEvent, { kind: 'output' | 'progress' }>): void {
    if (this.#tokens.phase[node] !== Phase.running) return;
    if (event.kind === 'output') this.#reporter.said(node, event);
    else this.#reporter.progressed(node, event);
  }

  onNodeDropped(node: number): void {
    if (this.#ending) this.#endings.cancelled(node);
    else this.#endings.skipped(node, Token.skipped, node, { kind: 'stopped' });
  }

  onTurn(): void {
    // Sending may answer at once, and that answer is a turn within this one.
    if (this.#turning || this.#finished || !this.#hasBegun) return;
    this.#turning = true;
    do {
      this.#advance();
      this.#dispatcher.pump();
    } while (this.#tokens.hasNext);
    this.#turning = false;
    if (this.#tokens.open === 0) this.#finish();
  }

  readonly #onAbort = (): void => this.#end('cancelled');

  /** Held from before the run begins, so that nothing takes the values away. */
  #holdReused(): void {
    const { scope, decisions } = this.#runPlan;
    for (const node of scope) {
      const decision = decisions[node];
      if (decision?.action === 'reuse') this.#book.reused(node, decision.result);
    }
  }

  #begin(): void {
    const { scope, decisions, toRun } = this.#runPlan;
    this.#startedAt = this.#host.clock.now();
    this.#reporter.runStarted(scope);
    if (!this.#reporter.isHeard) this.#reporter.countUnheard(toRun);
    else for (const node of scope) if (decisions[node]?.action === 'run') this.#reporter.queued(node);
    this.#hasBegun = true;
    if (this.#options.signal?.aborted) this.#ending ??= 'cancelled';
    if (this.#ending) this.#stop(this.#ending);
    else this.onTurn();
  }

  /** Decides every node whose inputs are resolved, and what follows from it. */
  #advance(): void {
    for (let node = this.#tokens.next(); node !== undefined; node = this.#tokens.next()) {
      if (this.#ending) this.#endings.cancelled(node);
      else if (this.#stopped) this.#endings.skipped(node, Token.skipped, node, { kind: 'stopped' });
      else this.#decide(node);
    }
  }

  #decide(node: number): void {
    const decision = this.#runPlan.decisions[node] as Decision; // every node in scope has one
    if (decision.action === 'skip') {
      this.#endings.skipped(node, Token.skipped, node, { kind: 'muted' });
      return;
    }
    if (decision.action === 'reuse') {
      this.#endings.reused(node);
      return;
    }
    if (this.#tokens.hasOtherThanValues && waitsForInputs(this.#runPlan, node)) {
      const verdict = this.#tokens.verdict(node, this.#runPlan.flow.nodes[node]?.settings?.join);
      if (verdict.kind === 'skip') {
        const source = this.#runPlan.flow.edgeSource[verdict.because] as number; // an edge of the flow
        const blame = this.#tokens.blameOf(source);
        const kind = SKIP_KINDS[verdict.token];
        this.#endings.skipped(node, verdict.token, blame, { kind, node: this.#idOf(blame) });
        return;
      }
    }
    if (decision.action === 'blocked') this.#fail(node, decision.error, 0);
    else if (!this.#dispatcher.enqueue(node)) this.#fail(node, noExecutor(this.#runPlan.flow.types[node]), 0);
  }

  #fail(node: number, error: NodeError, durationMs: number): void {
    this.#endings.failed(node, error, durationMs);
    if (this.#options.onError === 'stop' && !this.#stopped) {
      this.#stopped = true;
      this.#dropWaiting();
    }
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
    this.#dropWaiting();
    const message = ending === 'cancelled' ? 'The run was cancelled.' : 'The run took longer than it may.';
    this.#dispatcher.cancel(new LoomError(`run/${ending}`, message));
    this.#recovery.cancel();
    this.onTurn();
  }

  /** Ends what has not been sent. */
  #dropWaiting(): void {
    for (const node of this.#runPlan.scope) {
      const phase = this.#tokens.phase[node];
      if (phase === Phase.waiting || phase === Phase.ready) this.onNodeDropped(node);
    }
  }

  /** An executor did not stop in time: the run ends without it, and what it still says is dropped. */
  #giveUp(): void {
    for (const node of this.#runPlan.scope) {
      const phase = this.#tokens.phase[node] as Phase;
      if (phase !== Phase.outside && phase < Phase.success) this.#endings.cancelled(node);
    }
    this.onTurn();
  }

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    const { clock } = this.#host;
    clock.clearTimeout(this.#timer);
    clock.clearTimeout(this.#graceTimer);
    this.#options.signal?.removeEventListener('abort', this.#onAbort);
    const { counts } = this.#book;
    // Cancelled nodes without an ending: an executor was disposed of by somebody else.
    const outcome = counts.error > 0 ? 'failed' : counts.cancelled > 0 ? 'cancelled' : 'succeeded';
    const status = this.#ending ?? outcome;
    const durationMs = clock.now() - this.#startedAt;
    this.#reporter.runFinished(status, counts, durationMs);
    const result = this.#book.result(this.id, status, durationMs);
    this.#dispatcher.close();
    this.#recovery.cancel();
    this.#book.close();
    this.#tokens.close();
    this.#options.onFinished(this);
    this.#reporter.flush();
    this.#resolve(result);
  }

  #armTimeout(): void {
    const { timeoutMs } = this.#options;
    if (timeoutMs === undefined || this.#timer !== undefined) return;
    this.#timer = this.#host.clock.setTimeout(() => this.#end('timed-out'), timeoutMs);
  }

  #idOf(node: number): NodeId {
    return this.#runPlan.flow.ids[node] as NodeId; // every index has an id
  }
}

const SKIP_KINDS = { 2: 'upstream-skipped', 3: 'upstream-error', 4: 'upstream-cancelled' } as const;
