import type { PortId } from '@loom/graph';
import type { SkipReason } from '../../event.js';
import { faultFrom } from '../../fault.js';
import type { CompiledFlow, Container } from '../../flow/compiled-flow.js';
import type { NodeError } from '../../node-error.js';
import { planBody } from '../../plan/body-plan.js';
import type { RunPlan } from '../../plan/plan.js';
import { blamed } from '../blame.js';
import type { Frame, FrameOwner } from '../frame.js';
import type { Passed } from '../passed.js';
import { passedAlong, writeGiven } from '../run-values.js';
import type { Tally } from '../tally.js';
import { Phase, Token } from '../tokens.js';
import { BodyWalks, type Pass } from './body-walks.js';
import type { ContainerHost } from './container-host.js';
import { captured, givenTo } from './container-inputs.js';
import type { ContainerRun } from './container-run.js';
import { type Entering, enterFrame, placeFrame } from './entering.js';
import { exitEdges } from './exit-edges.js';
import { type FrameError, firstError } from './frame-error.js';

/** What a container is made of. */
export interface BodyRunOptions {
  /** The frame that the container is in. */
  readonly frame: Frame;
  readonly node: number;
  readonly container: Container;
  readonly host: ContainerHost;
}

/** A node with a body at work: what all kinds have in common. */
export abstract class BodyRun implements ContainerRun<Frame>, FrameOwner {
  protected readonly frame: Frame;
  protected readonly node: number;
  protected readonly body: CompiledFlow;
  protected readonly host: ContainerHost;
  protected readonly plan: RunPlan;
  protected readonly tally: Tally | undefined;
  /** Whether the nodes of the body count among those of the document. */
  protected readonly isCounted: boolean;
  /** Whether errors in frames are no errors of the run. */
  protected readonly collectsErrors: boolean;
  /** Whether it goes on itself after errors in frames. */
  readonly #collects: boolean;
  /** Frames that have not ended. */
  protected readonly active = new Set<Frame>();
  protected isOver = false;
  /** No further frame is to begin. */
  protected isStopped = false;
  readonly #startedAt = performance.now();
  readonly #spare: Frame[] = [];
  /** What comes from around the container: the same in every frame. */
  readonly #constants = new Map<PortId, Entering>();
  /** Goes through iterations that need no frame. */
  protected readonly walks: BodyWalks;
  /** The frame that ended last: its values stay readable until the next run of the container. */
  #last: Frame | undefined;
  #isKept = false;

  constructor({ frame, node, container, host }: BodyRunOptions) {
    this.frame = frame;
    this.node = node;
    this.body = container.body;
    this.host = host;
    this.plan = planBody(container.body, frame.plan.inner.get(node));
    this.#collects = container.kind === 'zone' && 'onError' in container.zone && container.zone.onError === 'collect';
    this.collectsErrors = frame.collectsErrors || this.#collects;
    this.isCounted = frame.isCounted && container.kind !== 'subgraph';
    this.tally = this.isCounted && container.kind === 'zone' ? host.tallyOf(this.plan) : undefined;
    this.walks = new BodyWalks({
      plan: this.plan,
      host,
      tally: this.tally,
      constants: this.#constants,
      frameOf: (index, book) => this.#begun(host.newFrame(this.plan, this, this.tally, book), index),
    });
  }

  /** Begins the work. Never throws. */
  start(): void {
    this.host.reporter.started(this.frame, this.node);
    this.attempt(() => {
      for (const [port, entering] of captured(this.frame, this.node)) this.#constants.set(port, entering);
      this.begin();
    });
  }

  stop(): void {
    this.isStopped = true;
    for (const frame of [...this.active]) frame.dropWaiting();
    if (this.active.size === 0) this.endCancelled();
  }

  abandon(): void {
    this.isOver = true;
    this.#endFrames();
  }

  /** Ends what goes on, and lets go of it. */
  #endFrames(): void {
    const frames = [...this.active];
    this.active.clear();
    for (const frame of frames) {
      frame.abandon();
      frame.clear();
      this.host.reporter.frameFinished(frame, this.frame.idOf(this.node), 'cancelled');
    }
    this.keepLast();
    this.close();
  }

  timeOut(error: NodeError): void {
    this.fail(error);
  }

  frames(): readonly Frame[] {
    this.#last ??= this.#lastWalked();
    const last = this.#last;
    return last && !this.active.has(last) ? [...this.active, last] : [...this.active];
  }

  frameEnded(frame: Frame): void {
    if (!this.active.delete(frame)) return;
    const { error, cancelled } = frame.book.counts;
    const isCut = cancelled > 0 || frame.isCutOff;
    const status = error > 0 ? 'failed' : isCut ? 'cancelled' : 'succeeded';
    this.host.reporter.frameFinished(frame, this.frame.idOf(this.node), status);
    if (this.isOver) return;
    this.#ended(frame);
    this.attempt(() => {
      // What was cut off says nothing of how it would have gone on, also when errors are collected.
      if (status === 'cancelled' || (isCut && this.#collects)) this.isStopped = true;
      else this.ended(frame, status === 'failed' ? firstError(frame) : undefined);
      if (this.isStopped && this.active.size === 0) this.endCancelled();
    });
  }

  /** Reads what the container is given, and begins frames. */
  protected abstract begin(): void;
  /** Takes what a frame gave; the frame is used again afterwards. */
  protected abstract ended(frame: Frame, error: FrameError | undefined): void;
  /** Lets go of what the container holds. */
  protected close(): void {
    for (const frame of this.#spare) frame.clear();
    this.#spare.length = 0;
  }

  /** What an input is given: by wire, else as a literal, else by default; undefined when by nothing. */
  protected input(port: PortId): Passed | undefined {
    return givenTo(this.frame, this.node, port);
  }

  /** Goes through an iteration without a frame, as far as that can be. */
  protected walk(index: number, enter: (port: PortId) => Entering): Pass {
    const how = this.walks.pass(index, enter);
    if (how === 'ended') this.#ended(undefined);
    return how;
  }

  /** Begins a frame; `enter` says what enters at a port of the entry. */
  protected open(index: number, enter: (port: PortId) => Entering): void {
    const frame = this.#spare.pop() ?? this.host.newFrame(this.plan, this, this.tally);
    if (frame.isOver) frame.restart();
    this.#begun(frame, index);
    this.host.reporter.frameStarted(frame, this.frame.idOf(this.node));
    enterFrame(frame, this.host.values, (port) => this.#constants.get(port) ?? enter(port));
  }

  /** What a frame gave at an inner input of the container; undefined when nothing. */
  protected given(frame: Frame, port: PortId): Passed | undefined {
    const edge = exitEdges(this.body).get(port);
    return edge !== undefined && frame.tokens.hasValue(edge) ? passedAlong(frame, edge) : undefined;
  }

  /** Ends the node with outputs by port; what is not among them is skipped. */
  protected succeed(outputs: ReadonlyMap<PortId, Passed>): void {
    if (this.isOver) return;
    this.isOver = true;
    const ports = this.frame.flow.types[this.node]?.outputs ?? [];
    const given = ports.map(({ id }) => outputs.get(id));
    writeGiven(this.frame, this.node, this.host.values.direct, given);
    this.keepLast();
    const isWhole = ports.every(({ id, inner }) => inner || outputs.has(id));
    // Frames that are not kept are let go before it is told what can be read.
    this.close();
    if (isWhole) this.frame.endings.called(this.node, this.duration());
    else this.frame.endings.calledPartly(this.node, this.duration(), (place) => given[place] !== undefined);
  }

  protected fail(error: NodeError): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#endFrames();
    this.tellFailed(error, this.duration());
  }

  /** Ends as what a stream that it reads has failed. */
  protected skip(blame: number): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#endFrames();
    this.tellSkipped(blame, { kind: 'upstream-error', node: blamed(this.frame, blame) });
  }

  protected tellFailed(error: NodeError, durationMs: number): void {
    this.frame.fail(this.node, error, durationMs);
  }

  protected tellSkipped(blame: number, reason: SkipReason): void {
    this.frame.endings.skipped(this.node, Token.error, blame, reason);
  }

  protected tellCancelled(): void {
    if (this.frame.host.isStopped) this.frame.drop(this.node);
    else this.frame.endings.cancelled(this.node);
  }

  /** Does something that may throw; then the container fails. */
  protected attempt(act: () => void): void {
    try {
      act();
    } catch (thrown) {
      this.fail(faultFrom(thrown, 'engine/fault'));
    }
  }

  /** Goes on with a value that may have to be waited for; `letGo` takes one that comes too late. */
  protected after<T>(value: T | Promise<T>, then: (value: T) => void, letGo?: (value: T) => void): void {
    if (!(value instanceof Promise)) {
      then(value);
      return;
    }
    value.then(
      (settled) => {
        if (this.isOver || this.isStopped) letGo?.(settled);
        this.#resume(() => then(settled));
      },
      (thrown) => this.#resume(() => this.fail(faultFrom(thrown, 'engine/fault'))),
    );
  }

  /** Goes on when the page had its turn. */
  protected afterTurn(act: () => void): void {
    this.host.values.direct?.afterTurn(() => this.#resume(act));
  }

  protected endCancelled(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.keepLast();
    this.close();
    if (this.frame.tokens.phase[this.node] === Phase.running) this.tellCancelled();
  }

  #resume(act: () => void): void {
    if (this.isOver) return;
    this.host.turn(() => {
      if (this.isStopped) this.endCancelled();
      else this.attempt(act);
    });
  }

  /** A frame is an iteration of this container now. */
  #begun(frame: Frame, index: number): Frame {
    frame.collectsErrors = this.collectsErrors;
    frame.isCounted = this.isCounted;
    placeFrame(frame, this.frame, this.node, index);
    this.active.add(frame);
    return frame;
  }

  #lastWalked(): Frame | undefined {
    const frame = this.walks.takeLast();
    if (frame) this.active.delete(frame);
    return frame;
  }

  #ended(frame: Frame | undefined): void {
    const before = this.#last;
    this.#last = frame;
    if (before) this.#spare.push(before);
  }

  /** What is kept of the last frame goes with the result, or, where there is none, with the frame around or the run. */
  protected keepLast(): void {
    if (this.#isKept || (!this.#last && !this.walks.hasLast)) return;
    this.#isKept = true;
    this.frame.book.record.attach(this.node, () => {
      this.#last?.clear();
      this.walks.clear();
    });
  }

  protected duration(): number {
    return performance.now() - this.#startedAt;
  }
}
