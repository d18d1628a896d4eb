import { LoomError, type NodeId } from '@loom/graph';
import type { Plan, Run, RunOptions, RunResult } from '../api.js';
import type { RunEvent, RunStatus, SkipReason } from '../event.js';
import type { TaskEvent } from '../executor.js';
import { faultOf } from '../fault.js';
import type { NodeError } from '../node-error.js';
import { type Decision, publicPlan, type RunPlan } from '../plan/plan.js';
import { Dispatcher, type DispatchListener } from './dispatcher.js';
import { NodeBook } from './node-book.js';
import { Recovery } from './recovery.js';
import { Reporter } from './reporter.js';
import type { RunHost } from './run-host.js';
import { Phase, Token, type TokenStart, Tokens, tokenStart } from './tokens.js';

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
  readonly #dispatcher: Dispatcher;
  readonly #recovery: Recovery;
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
    if (plan.toRun < plan.scope.length) this.#holdReused();
    const { tokens, book } = { tokens: this.#tokens, book: this.#book };
    const single = options.onError === 'stop';
    this.#dispatcher = new Dispatcher({ plan, tokens, book, host, single }, this);
    this.#recovery = new Recovery({ plan, tokens, book, results: host.results, recompute: options.recompute }, this);
    this.#dispatcher.recovery = this.#recovery;
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
    const phase = this.#tokens.phase[node];
    const isOpen = phase === Phase.sent || phase === Phase.running;
    switch (event.kind) {
      case 'started':
        if (phase !== Phase.sent) return;
        this.#tokens.phase[node] = Phase.running;
        this.#armTimeout();
        this.#reporter.started(node);
        return;
      case 'output':
        if (isOpen) this.#reporter.said(node, event);
        return;
      case 'progress':
        if (isOpen) this.#reporter.progressed(node, event);
        return;
      case 'success': {
        if (!isOpen) {
          this.#host.release(Object.values(event.outputs).map(({ ref }) => ref));
          return;
        }
        this.#book.computed(node, event.outputs);
        this.#tokens.settle(node, Phase.success, Token.value, node);
        this.#reporter.succeeded(node, event.durationMs, false, this.#book);
        return;
      }
      case 'error':
        if (!isOpen) return;
        if (this.#recovery.mayRetry(node, event.error, phase === Phase.running)) this.#tokens.putBack(node);
        else this.#fail(node, event.error, event.durationMs);
        return;
      case 'cancelled':
        if (!isOpen) return;
        if (this.#stopped && phase === Phase.sent) this.#skip(node, Token.skipped, node, { kind: 'stopped' });
        else this.#cancelNode(node);
        return;
      case 'unresolved':
        if (!isOpen) return;
        // Its inputs say why, now that they have ended; when they are all there, the executor is wrong.
        if ((this.#tokens.remaining[node] as number) > 0 || this.#tokens.verdict(node).kind === 'skip') {
          this.#tokens.putBack(node);
        } else {
          this.#fail(node, faultOf('executor/fault', 'The executor found no value for an input that has one.'), 0);
        }
        return;
    }
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
    this.#tokens.settle(node, Phase.success, Token.value, node);
    this.#reporter.succeeded(node, durationMs, false, this.#book);
  }

  onCallFailed(node: number, error: NodeError, durationMs: number): void {
    this.#fail(node, error, durationMs);
  }

  onCallCancelled(node: number): void {
    if (this.#tokens.phase[node] === Phase.running) this.#cancelNode(node);
  }

  onCallSaid(node: number, event: Extract<TaskEvent, { kind: 'output' | 'progress' }>): void {
    if (this.#tokens.phase[node] !== Phase.running) return;
    if (event.kind === 'output') this.#reporter.said(node, event);
    else this.#reporter.progressed(node, event);
  }

  onNodeDropped(node: number): void {
    if (this.#ending) this.#cancelNode(node);
    else this.#skip(node, Token.skipped, node, { kind: 'stopped' });
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
      if (this.#ending) this.#cancelNode(node);
      else if (this.#stopped) this.#skip(node, Token.skipped, node, { kind: 'stopped' });
      else this.#decide(node);
    }
  }

  #decide(node: number): void {
    const decision = this.#runPlan.decisions[node] as Decision; // every node in scope has one
    if (decision.action === 'skip') {
      this.#skip(node, Token.skipped, node, { kind: 'muted' });
      return;
    }
    if (decision.action === 'reuse') {
      this.#reuse(node);
      return;
    }
    if (this.#tokens.hasOtherThanValues && waitsForInputs(this.#runPlan, node)) {
      const verdict = this.#tokens.verdict(node, this.#runPlan.flow.nodes[node]?.settings?.join);
      if (verdict.kind === 'skip') {
        const source = this.#runPlan.flow.edgeSource[verdict.because] as number; // an edge of the flow
        const blame = this.#tokens.blameOf(source);
        const kind = SKIP_KINDS[verdict.token];
        this.#skip(node, verdict.token, blame, { kind, node: this.#idOf(blame) });
        return;
      }
    }
    if (decision.action === 'blocked') this.#fail(node, decision.error, 0);
    else if (!this.#dispatcher.enqueue(node)) this.#fail(node, this.#noExecutor(node), 0);
  }

  #reuse(node: number): void {
    this.#tokens.settle(node, Phase.success, Token.value, node);
    this.#reporter.succeeded(node, 0, true, this.#book);
  }

  #fail(node: number, error: NodeError, durationMs: number): void {
    this.#book.failed(node, error);
    this.#tokens.settle(node, Phase.error, Token.error, node);
    this.#reporter.failed(node, durationMs, error);
    if (this.#options.onError === 'stop' && !this.#stopped) {
      this.#stopped = true;
      this.#dropWaiting();
    }
  }

  #skip(node: number, token: 2 | 3 | 4, blame: number, reason: SkipReason): void {
    this.#book.skipped();
    this.#tokens.settle(node, Phase.skipped, token, blame);
    this.#reporter.skipped(node, reason);
  }

  #cancelNode(node: number): void {
    this.#book.cancelled();
    this.#tokens.settle(node, Phase.cancelled, Token.cancelled, node);
    this.#reporter.cancelled(node);
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
      if (phase !== Phase.outside && phase < Phase.success) this.#cancelNode(node);
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

  #noExecutor(node: number): NodeError {
    const implementation = this.#runPlan.flow.types[node]?.implementation;
    const isSource = implementation?.kind === 'source';
    const language = isSource && implementation.language === 'python' ? 'Python' : 'JavaScript';
    const maker = language === 'Python' ? 'createPyodideExecutor of @loom/pyodide' : 'createJavaScriptExecutor';
    return faultOf('node/no-executor', `No executor of this engine runs ${language}. Add one, such as ${maker}.`);
  }

  #idOf(node: number): NodeId {
    return this.#runPlan.flow.ids[node] as NodeId; // every index has an id
  }
}

function waitsForInputs({ decisions, flow }: RunPlan, node: number): boolean {
  const action = decisions[node]?.action;
  return action !== 'reuse' && action !== 'skip' && flow.cyclic[node] === 0;
}

/** Plans of whole flows are run again and again. */
const starts = new WeakMap<RunPlan, TokenStart>();

function startOf(plan: RunPlan): TokenStart {
  let start = starts.get(plan);
  if (!start) {
    start = tokenStart(plan.flow, plan.scope, (node) => waitsForInputs(plan, node));
    starts.set(plan, start);
  }
  return start;
}

const SKIP_KINDS = { 2: 'upstream-skipped', 3: 'upstream-error', 4: 'upstream-cancelled' } as const;
