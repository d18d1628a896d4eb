import { type Environment, LoomError } from '@loom/graph';
import type { Said } from '../call/said.js';
import type { Clock } from '../clock.js';
import type { ExecutorSlot } from '../engine/executor-slot.js';
import type { Container } from '../flow/compiled-flow.js';
import type { NodeError } from '../node-error.js';
import type { Decision } from '../plan/decision.js';
import type { RunPlan } from '../plan/plan.js';
import type { ValueRef } from '../value.js';
import { BodyTallies, lastFrame } from './body-tallies.js';
import { type Callees, findCallees } from './calls/callees.js';
import type { BodyRun } from './container/body-run.js';
import type { ContainerHost, Walking } from './container/container-host.js';
import { containerRun } from './container/open-container.js';
import type { DebuggerHost } from './debug/debugger.js';
import { LateDebugger } from './debug/late-debugger.js';
import { Dispatched, type DispatchedHost } from './dispatch/dispatched.js';
import { Dispatcher } from './dispatch/dispatcher.js';
import { Frame, type FrameHost, type FrameOwner } from './frame.js';
import { handOn } from './hand-on.js';
import { NodeBook } from './node-book.js';
import { NodePolicies, type PolicyHost } from './policy/node-policies.js';
import { StoredNodes } from './policy/stored-nodes.js';
import { Recovery } from './recovery.js';
import { Reporter } from './reporter.js';
import type { RunFramesListener, RunFramesOptions } from './run-frames-options.js';
import type { RunHost } from './run-host.js';
import { RunValues } from './run-values.js';
import type { ChannelBounds } from './stream/channel.js';
import type { StreamHost } from './stream/stream-outputs.js';
import { StreamRun } from './stream/stream-run.js';
import type { Tally } from './tally.js';
import { Phase } from './tokens.js';
import { Turns, type TurnsHost } from './turns.js';
import type { BegunCall } from './walk/walk.js';
import { performedTypes } from './whole-plan.js';

/** The frames of a run, and all that they have in common: where their nodes are performed, what is told of them, who holds them. */
export class RunFrames
  implements FrameHost, FrameOwner, ContainerHost, StreamHost, DispatchedHost, DebuggerHost, PolicyHost, TurnsHost
{
  readonly reporter: Reporter;
  readonly values: RunValues;
  readonly root: Frame;
  readonly dispatcher: Dispatcher;
  readonly recovery: Recovery;
  readonly tallies = new BodyTallies();
  readonly policies: NodePolicies;
  readonly turns: Turns;
  readonly debugging: LateDebugger;
  readonly #host: RunHost;
  readonly #options: RunFramesOptions;
  readonly #listener: RunFramesListener;
  #stored: StoredNodes | undefined;
  #hasFailed = false;
  #isStopped = false;
  readonly #environment: Environment;
  walks: Walking | undefined;

  constructor(plan: RunPlan, host: RunHost, options: RunFramesOptions, listener: RunFramesListener) {
    this.#host = host;
    this.#options = options;
    this.#listener = listener;
    this.reporter = new Reporter({ runId: options.id, quiet: options.quiet, host });
    this.policies = new NodePolicies(this);
    // A node may be at work while the walk is taken over.
    this.turns = new Turns(this, options.walked !== undefined);
    this.root = new Frame({ plan, host: this, book: options.book, owner: this });
    const { environment } = plan.flow.document;
    this.#environment = environment;
    this.debugging = new LateDebugger(this, options, plan.flow);
    const isSingle = (): boolean => options.onError === 'stop' || this.debugging.made?.isStepping === true;
    const mayStopAt = (frame: Frame, node: number): boolean => this.debugging.made?.mayStopAt(frame, node) ?? false;
    this.dispatcher = new Dispatcher({ host, environment, isSingle, mayStopAt }, new Dispatched(this));
    this.values = new RunValues(host, this.dispatcher.transfers);
    const { results, stored } = host;
    if (stored && !options.quiet)
      this.#stored = new StoredNodes({
        stored,
        values: this.values,
        slotAt: (frame, node) => this.slotAt(frame, node),
        turn: (act) => this.turn(act),
      });
    this.recovery = new Recovery({ root: this.root, results, recompute: options.recompute }, this);
    this.dispatcher.recovery = this.recovery;
  }

  /** Starts the executors. */
  start(): void {
    this.dispatcher.start(performedTypes(this.root.plan), this.root);
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  get ending(): 'cancelled' | 'timed-out' | undefined {
    return this.#listener.ending;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  get isHalted(): boolean {
    return this.ending !== undefined || this.#isStopped || this.#listener.isFinished;
  }

  get isHeard(): boolean {
    // Results that take long are worth storing, so that times are wanted then, too.
    return this.reporter.isHeard || this.#stored !== undefined;
  }

  wake(frame: Frame): void {
    this.turns.wake(frame);
  }

  enqueue(frame: Frame, node: number): boolean {
    return this.dispatcher.enqueue(frame, node);
  }

  abandon(frame: Frame): void {
    this.dispatcher.abandon(frame, new LoomError('run/frame-cancelled', 'The iteration was cancelled.'));
  }

  openContainer(frame: Frame, node: number): BodyRun {
    const container = frame.flow.containers?.get(node) as Container; // that is why it is asked
    this.onStarted(frame, node);
    return containerRun({ frame, node, container, host: this }, this);
  }

  openStreams(frame: Frame, node: number, durationMs: number): StreamRun {
    return new StreamRun(frame, node, this, durationMs);
  }

  isCalledHere(frame: Frame, node: number): boolean {
    return this.dispatcher.isCalledHere(frame, node);
  }

  get streamBounds(): ChannelBounds {
    return this.#host.streamBounds;
  }

  handOn(frame: Frame, node: number, decision: Decision): void {
    handOn(this, frame, node, decision);
  }

  looksUp(frame: Frame, node: number): boolean {
    return this.#stored?.looksUp(frame, node) ?? false;
  }

  onComputed(frame: Frame, node: number, durationMs: number): void {
    this.#stored?.ended(frame, node, durationMs);
  }

  slotAt(frame: Frame, node: number): ExecutorSlot | undefined {
    const type = frame.flow.types[node];
    return type && this.#host.slotFor(type);
  }

  /** Lets go of what only the run needed. */
  close(): void {
    this.#stored?.close();
    this.dispatcher.close();
    this.recovery.cancel();
    this.policies.close();
    this.root.book.close();
    this.root.closeEdges();
    this.root.tokens.close();
  }

  holdsBack(frame: Frame, node: number): boolean {
    return this.debugging.made?.holdsBack(frame, node) ?? false;
  }

  recall(take: (frame: Frame, node: number) => void): void {
    this.dispatcher.recall(take);
  }

  retries(frame: Frame, node: number, error: NodeError): boolean {
    return !this.isHalted && frame.flow.hasPolicies && this.policies.retries(frame, node, error);
  }

  get clock(): Clock {
    return this.#host.clock;
  }

  get retryDelayMs(): number {
    return this.#host.retryDelayMs;
  }

  stopperOf(frame: Frame, node: number): () => void {
    return this.dispatcher.stopperOf(frame, node, new LoomError('node/timed-out', 'The time of the node is up.'));
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
    return this.tallies.of(plan);
  }

  /** When a zone at the root has ended, so have the nodes of its body, over all frames. */
  onEnded(frame: Frame, node: number): void {
    if (frame.flow.hasPolicies) this.policies.ended(frame, node);
    frame.containers.delete(node);
    if (frame !== this.root) return;
    const container = frame.flow.containers?.get(node);
    if (container) this.tallies.tell(container, frame.idOf(node), this, lastFrame(frame, node));
  }

  onFailed(frame: Frame): void {
    if (frame.collectsErrors) return;
    this.#hasFailed = true;
    if (this.#options.onError !== 'stop' || this.#isStopped) return;
    this.#isStopped = true;
    this.root.dropWaiting();
  }

  release(refs: readonly ValueRef[]): void {
    this.#host.release(refs);
  }

  recovers(frame: Frame, node: number, error: NodeError): boolean {
    if (this.isHalted || !this.recovery.mayRetry(frame, node, error, false)) return false;
    frame.tokens.phase[node] = Phase.ready;
    this.recovery.recover([node]);
    return true;
  }

  onCallSaid(frame: Frame, node: number, event: Said): void {
    if (frame.tokens.phase[node] === Phase.running) this.reporter.told(frame, node, event);
  }

  /** Goes on after the walk that the run began with. */
  goOnFrom(call: BegunCall | undefined): void {
    this.turns.release();
    this.turn(() => this.goOn(this.root, call));
  }

  goOn(frame: Frame, call: BegunCall | undefined): void {
    if (!call) return;
    this.onStarted(frame, call.node);
    this.dispatcher.goOn(frame, call.node, call);
  }

  get mayWalk(): boolean {
    return !this.isHeard && !this.isHalted && this.debugging.made === undefined;
  }

  calleesOf(plan: RunPlan): Callees | undefined {
    const callees = findCallees(this.#host, plan);
    return callees?.slot.isPrepared(this.#environment) ? callees : undefined;
  }

  turn(act?: () => void): void {
    this.turns.go(act);
  }

  get isOpen(): boolean {
    return this.#listener.isOpen;
  }

  pump(): void {
    this.dispatcher.pump();
  }

  onRest(): void {
    if (this.root.isOver) this.#listener.onOver();
  }

  onFault(thrown: unknown): void {
    this.#listener.onFault(thrown);
  }

  frameEnded(): void {
    // The turn that ends the root goes on to its end first.
  }

  onStarted(frame: Frame, node: number): void {
    this.#listener.onStarted();
    if (frame.flow.hasPolicies) this.policies.started(frame, node);
  }
}
