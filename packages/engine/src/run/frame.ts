import type { NodeId } from '@loom/graph';
import type { FrameStep } from '../event.js';
import type { DirectExecution } from '../executor.js';
import type { CompiledFlow } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import type { Decision } from '../plan/decision.js';
import type { RunPlan } from '../plan/plan.js';
import type { OutputSummary, ValueRef } from '../value.js';
import { blameAt, blamed } from './blame.js';
import { passedBy, tokenOfPassed, wireToBlame } from './bypassed.js';
import type { ContainerRun } from './container/container-run.js';
import { noExecutor } from './dispatch/no-executor.js';
import { missingInput } from './missing-input.js';
import type { NodeBook } from './node-book.js';
import { NodeEndings } from './node-endings.js';
import type { Passed } from './passed.js';
import { startOf, waitsForInputs } from './plan-start.js';
import type { Reporter } from './reporter.js';
import { brokenStream } from './stream/broken-stream.js';
import type { ChannelReader } from './stream/channel.js';
import type { Tally } from './tally.js';
import { Phase, SKIP_KINDS, Token, Tokens } from './tokens.js';

/** What a frame needs of its run. */
export interface FrameHost {
  readonly reporter: Reporter;
  /** How the run is ending, as soon as it is. */
  readonly ending: 'cancelled' | 'timed-out' | undefined;
  /** An error has stopped the run. */
  readonly isStopped: boolean;
  /** Looks at the frame again before the turn is over. */
  wake(frame: Frame): void;
  /** Takes a node whose inputs are there. False when no executor performs it. */
  enqueue(frame: Frame, node: number): boolean;
  /** Lets go of what executors still have of a frame that is over. */
  abandon(frame: Frame): void;
  /** Begins what has a body. */
  openContainer(frame: Frame, node: number): ContainerRun<Frame>;
  /** Goes on with a node that gave streams. */
  openStreams(frame: Frame, node: number, durationMs: number): ContainerRun<Frame>;
  /** Does what the engine does itself: routes values. */
  handOn(frame: Frame, node: number, decision: Decision): void;
  release(refs: readonly ValueRef[]): void;
  /** True when the result of the node is being looked up; it comes again, or ends. */
  looksUp(frame: Frame, node: number): boolean;
  /** A node gave values in so much time. */
  onComputed(frame: Frame, node: number, durationMs: number): void;
  /** True when a debugger holds the node back; it comes again. */
  holdsBack(frame: Frame, node: number): boolean;
  /** True when the node will be tried again. */
  retries(frame: Frame, node: number, error: NodeError): boolean;
  onEnded(frame: Frame, node: number): void;
  onFailed(frame: Frame): void;
}

/** Who gets to know that a frame has ended. */
export interface FrameOwner {
  frameEnded(frame: Frame): void;
}

export interface FrameOptions {
  readonly plan: RunPlan;
  readonly host: FrameHost;
  readonly book: NodeBook;
  readonly owner: FrameOwner;
  /** Over all frames of the same body; undefined at the root and in subgraphs. */
  readonly tally?: Tally | undefined;
}

/** One pass over a body: decides node by node as inputs come in. The root of a run is one, and so is each iteration. */
export class Frame {
  readonly plan: RunPlan;
  readonly flow: CompiledFlow;
  readonly host: FrameHost;
  readonly book: NodeBook;
  readonly tokens: Tokens;
  readonly endings: NodeEndings;
  readonly tally: Tally | undefined;
  /** What has a body and is at work. */
  readonly containers = new Map<number, ContainerRun<Frame>>();
  /** Likewise, also when it has ended. */
  readonly bodies = new Map<number, ContainerRun<Frame>>();
  /** Who reads the stream of a wire, and what a wire brings instead of the output that it comes from. */
  readonly readers = new Map<number, ChannelReader>();
  readonly edgeValues = new Map<number, Passed>();
  /** Who is to blame for what was skipped before it entered, by place of the entry. */
  readonly entryBlame = new Map<number, NodeId>();
  /** Where it is; undefined at the root. */
  path: readonly FrameStep[] | undefined;
  /** Which iteration of its container. */
  index = 0;
  /** Whether it is to be looked at in this turn. */
  isAwake = false;
  isOver = false;
  /** Some of its nodes have not begun because the run is ending. */
  isCutOff = false;
  /** Whether a zone around it goes on after errors. */
  collectsErrors = false;
  /** Whether its nodes count among those of the document: they do not in subgraphs. */
  isCounted = true;
  readonly #owner: FrameOwner;

  constructor({ plan, host, book, owner, tally }: FrameOptions) {
    this.plan = plan;
    this.flow = plan.flow;
    this.host = host;
    this.book = book;
    this.tally = tally;
    this.#owner = owner;
    this.tokens = new Tokens(plan.flow, startOf(plan));
    this.endings = new NodeEndings(this);
  }

  /** Begins anew, as another iteration of the same body. */
  restart(): void {
    this.tokens.restart();
    this.clear();
    this.containers.clear();
    this.bodies.clear();
    this.isOver = false;
    this.isCutOff = false;
  }

  /** Lets go of everything that it gave. */
  clear(): void {
    this.book.restart();
    this.closeEdges();
  }

  /** Begins a frame of a body with what enters it, by place; `tokenOf` says which places have something else than a value. */
  enter(
    holder: DirectExecution | undefined,
    values: readonly unknown[],
    summaries: readonly (OutputSummary | undefined)[] | undefined,
    tokenOf: ((place: number) => Token) | undefined,
  ): void {
    const { entry } = this.flow;
    this.book.entered(entry, holder, values, summaries);
    if (tokenOf) this.tokens.emitSome(entry, tokenOf);
    else this.tokens.emit(entry, Token.value, entry);
    this.host.wake(this);
  }

  /** Decides every node whose inputs are resolved, and what follows from it. */
  advance(): void {
    const { tokens, host } = this;
    for (let node = tokens.next(); node !== undefined; node = tokens.next()) {
      if (host.ending || host.isStopped) this.drop(node);
      else this.#decide(node);
    }
    if (tokens.open === 0 && !this.isOver) {
      this.isOver = true;
      this.#owner.frameEnded(this);
    }
  }

  /** Ends what has not begun, because the run is ending. */
  dropWaiting(): void {
    for (const node of this.plan.scope) {
      const phase = this.tokens.phase[node];
      if (phase === Phase.waiting || phase === Phase.ready) this.drop(node);
    }
    for (const container of [...this.containers.values()]) container.stop();
  }

  /** Ends a node that will not begin any more. */
  drop(node: number): void {
    this.isCutOff = true;
    if (this.host.ending) this.endings.cancelled(node);
    else this.endings.skipped(node, Token.skipped, node, { kind: 'stopped' });
  }

  /** Ends everything at once; what executors still say of it is dropped. */
  abandon(): void {
    for (const node of this.plan.scope) {
      const phase = this.tokens.phase[node] as Phase;
      if (phase === Phase.outside || phase >= Phase.success) continue;
      this.containers.get(node)?.abandon();
      this.endings.cancelled(node);
    }
    this.containers.clear();
    this.host.abandon(this);
  }

  /** Takes a node back that was sent and did not run. It is decided again once its inputs are resolved. */
  putBack(node: number): void {
    this.tokens.putBack(node);
    if (!this.isAwake) this.host.wake(this);
  }

  onEnded(node: number): void {
    const { containers, edgeModes, hasPolicies } = this.flow;
    if (containers !== undefined || hasPolicies) this.host.onEnded(this, node);
    if (edgeModes !== undefined) this.#leaveStreams(node);
    if (!this.isAwake) this.host.wake(this);
  }

  onComputed(node: number, durationMs: number): void {
    this.host.onComputed(this, node, durationMs);
  }

  openStreams(node: number, durationMs: number): void {
    this.tokens.own(node, -1);
    const streams = this.host.openStreams(this, node, durationMs);
    this.containers.set(node, streams);
    streams.start();
    // It came too late.
    if (this.host.ending || this.host.isStopped) streams.stop();
  }

  fail(node: number, error: NodeError, durationMs: number): void {
    const broken = brokenStream(this, node);
    if (broken !== undefined) this.#skip(node, Token.error, broken);
    if (broken !== undefined || this.host.retries(this, node, error)) return;
    this.endings.failed(node, error, durationMs);
    this.host.onFailed(this);
  }

  idOf(node: number): NodeId {
    return this.flow.ids[node] as NodeId; // every index has an id
  }

  #skip(node: number, token: 2 | 3 | 4, blame: number, tokenOf?: (output: number) => Token): void {
    this.endings.skipped(node, token, blame, { kind: SKIP_KINDS[token], node: blamed(this, blame) }, tokenOf);
  }

  #leaveStreams(node: number): void {
    const { inStart, inEdges } = this.flow;
    const end = inStart[node + 1] as number; // typed arrays of fixed length
    for (let k = inStart[node] as number; k < end; k++) this.readers.get(inEdges[k] as number)?.close();
  }

  closeEdges(): void {
    if (this.flow.edgeModes === undefined) return;
    const refs = Array.from(this.edgeValues.values()).flatMap(({ summary }) => (summary ? [summary.ref] : []));
    if (refs.length > 0) this.host.release(refs);
    this.edgeValues.clear();
    this.readers.clear();
  }

  #decide(node: number): void {
    const decision = this.plan.decisions.get(node) as Decision; // every node in scope has one
    if (decision.action === 'skip') {
      this.endings.skipped(node, Token.skipped, node, { kind: decision.reason });
      return;
    }
    if (decision.action === 'reuse') {
      this.endings.reused(node);
      return;
    }
    const { tokens } = this;
    if (decision.action === 'bypass' && (tokens.remaining[node] as number) > 0) return; // It has no join.
    if (tokens.hasOtherThanValues && waitsForInputs(this.plan, node)) {
      const isPassed = decision.action === 'bypass';
      const because = isPassed ? wireToBlame(this, node, decision.routes) : tokens.skippedFor(node);
      if (because !== undefined) {
        const tokenOf = isPassed ? tokenOfPassed(passedBy(this, node, decision.routes)) : undefined;
        this.#skip(node, tokens.skipOf(because), blameAt(this, because), tokenOf);
        return;
      }
    }
    if (decision.action === 'blocked') {
      this.fail(node, decision.error, 0);
      return;
    }
    // Also while everything so far was a value: who takes the first one does not wait for the others.
    if (this.flow.joins?.[node] && decision.action === 'run') {
      const error = missingInput(this, node);
      if (error) {
        this.fail(node, error, 0);
        return;
      }
    }
    if (!this.host.holdsBack(this, node)) this.start(node, decision);
  }

  /** Starts a node that was held back, or failed, or waited. */
  startAgain(node: number): void {
    const decision = this.plan.decisions.get(node) as Decision; // every node in scope has one
    if (!this.host.holdsBack(this, node)) this.start(node, decision);
  }

  /** Starts a node that nothing holds back. */
  start(node: number, decision: Decision): void {
    const { host, tokens, flow } = this;
    if (decision.action === 'run' && flow.containers?.has(node)) {
      tokens.phase[node] = Phase.running;
      const container = host.openContainer(this, node);
      this.containers.set(node, container);
      this.bodies.set(node, container);
      container.start();
    } else if (decision.action !== 'run' || flow.types[node]?.implementation.kind === 'control') {
      tokens.phase[node] = Phase.running;
      host.handOn(this, node, decision);
    } else if (host.looksUp(this, node)) {
      // Its result may have been stored.
    } else if (!host.enqueue(this, node)) this.fail(node, noExecutor(flow.types[node]), 0);
  }
}
