import { type Environment, LoomError, type NodeType } from '@loom/graph';
import type { ExecutorSlot } from '../../engine/executor-slot.js';
import { faultOf } from '../../fault.js';
import type { CompiledFlow } from '../../flow/compiled-flow.js';
import type { NodeError } from '../../node-error.js';
import { DirectCalls } from '../calls/direct-calls.js';
import type { RunningCode } from '../debug/running-code.js';
import type { Frame } from '../frame.js';
import type { Recovery } from '../recovery.js';
import type { RunHost } from '../run-host.js';
import { Phase } from '../tokens.js';
import type { BegunCall } from '../walk/walk.js';
import { type Batches, formBatches, mostTasks, type NodeRun } from './batching.js';
import type { DispatchListener } from './dispatch-listener.js';
import { InitialValues } from './initial-values.js';
import { joinsBatches, untilAlone } from './joins-batches.js';
import { type BatchContext, SentBatch } from './sent-batch.js';
import { startUp, toBeDefined } from './start-up.js';
import { Transfers } from './transfers.js';

/** One executor in one run. */
interface ExecutorUse {
  readonly slot: ExecutorSlot;
  state: 'starting' | 'ready' | 'failed';
  error?: NodeError;
  /** Nodes to be sent. */
  ready: NodeRun<Frame>[];
  /** Where the executor offers it, nodes are called rather than sent. */
  readonly calls: DirectCalls | undefined;
}

export interface DispatcherOptions {
  readonly host: RunHost;
  readonly environment: Environment;
  /** One task at a time, so that nothing more starts after an error, or when somebody looks on. */
  readonly isSingle: () => boolean;
  /** Whether a node may be held back when it is about to start. */
  readonly mayStopAt: (frame: Frame, node: number) => boolean;
}

/** Sends nodes whose inputs are there to their executors, in batches, and hands what comes back to the run. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #listener: DispatchListener;
  readonly transfers: Transfers;
  readonly #uses = new Map<ExecutorSlot, ExecutorUse>();
  /** By type of each body. */
  readonly #usesOfTypes = new Map<CompiledFlow, (ExecutorUse | null | undefined)[]>();
  #lastFlow: CompiledFlow | undefined;
  #lastUses: (ExecutorUse | null | undefined)[] | undefined;
  readonly #sent = new Set<SentBatch>();
  readonly #context: BatchContext;
  #pumping = false;
  #pumpAgain = false;
  #closed = false;
  /** Knows which inputs are lost; set by the run, which owns both. */
  recovery: Pick<Recovery, 'isNeededFor' | 'recover'> | undefined;

  constructor(options: DispatcherOptions, listener: DispatchListener) {
    this.#options = options;
    this.#listener = listener;
    this.transfers = new Transfers(options.host);
    this.#context = {
      ...options,
      listener,
      transfers: this.transfers,
      isClosed: () => this.#closed,
    };
  }

  /** Starts the executors that perform these types, all at once; `root` has the values that are there already. */
  start(types: Iterable<NodeType>, root: Frame): void {
    const { host, environment } = this.#options;
    const typesOf = new Map<ExecutorUse, Set<NodeType>>();
    for (const type of types) {
      const use = this.#performerOf(type);
      if (use) typesOf.set(use, (typesOf.get(use) ?? new Set<NodeType>()).add(type));
    }
    for (const [use, all] of typesOf) {
      const { slot } = use;
      const own = toBeDefined(slot, all);
      if (slot.isPrepared(environment) && slot.undefinedTypes(own).length === 0) {
        use.state = 'ready';
        continue;
      }
      const values = new InitialValues(root, slot.executor, this.transfers, (flow, node) => {
        return this.#executorFor(flow, node) === use;
      });
      void startUp({ slot, environment, types: own, values, host, isClosed: () => this.#closed }).then((error) => {
        use.state = error ? 'failed' : 'ready';
        if (error) use.error = error;
        if (!this.#closed) this.#listener.turn(() => this.pump());
      });
    }
  }

  /** Takes a node whose inputs are there. False when no executor performs it. */
  enqueue(frame: Frame, node: number): boolean {
    const use = this.#executorFor(frame.flow, node);
    if (!use) return false;
    frame.tokens.phase[node] = Phase.ready;
    if (use.calls) use.calls.add(frame, node);
    else use.ready.push({ frame, node });
    return true;
  }

  /** Goes on with a direct call that has begun. */
  goOn(frame: Frame, node: number, call: BegunCall): void {
    this.#executorFor(frame.flow, node)?.calls?.goOn(frame, node, call);
  }

  /** Whether the functions of a node are called in this realm. */
  isCalledHere(frame: Frame, node: number): boolean {
    return this.#executorFor(frame.flow, node)?.calls !== undefined;
  }

  /** Sends what can be sent. */
  pump(): void {
    // Executors of this realm answer while they are called: what that makes ready is sent by the loop here.
    if (this.#pumping) {
      this.#pumpAgain = true;
      return;
    }
    this.#pumping = true;
    do {
      this.#pumpAgain = false;
      for (const use of this.#uses.values()) this.#pumpOne(use);
    } while (this.#pumpAgain);
    this.#pumping = false;
  }

  /** Tells executors to stop. */
  cancel(reason: LoomError): void {
    for (const batch of [...this.#sent]) batch.cancel(reason);
    for (const { calls } of this.#uses.values()) calls?.running.cancel(reason);
  }

  /** Lets go of what executors still have of a frame. A batch that has nothing else to do is told to stop. */
  abandon(frame: Frame, reason: LoomError): void {
    for (const batch of [...this.#sent]) batch.abandon(reason);
    for (const { calls } of this.#uses.values()) calls?.running.cancelFrame(frame, reason);
  }

  /** How to stop what one node is doing now; in a batch it is alone. */
  stopperOf(frame: Frame, node: number, reason: LoomError): () => void {
    for (const { calls } of this.#uses.values()) {
      if (calls?.running.contextOf(frame, node)) return () => calls.running.stop(frame, node, reason);
    }
    for (const batch of this.#sent) {
      if (batch.taskOf(frame, node) !== undefined) return () => batch.cancel(reason);
    }
    return () => {};
  }

  /** Takes back what is ready and has not started. */
  recall(take: (frame: Frame, node: number) => void): void {
    for (const use of this.#uses.values()) {
      use.calls?.moveAll(take);
      for (const { frame, node } of use.ready.splice(0)) take(frame, node);
    }
  }

  /** What performs a node now; undefined when it does nothing. */
  codeOf(frame: Frame, node: number): RunningCode | undefined {
    for (const { calls } of this.#uses.values()) {
      const context = calls?.running.contextOf(frame, node);
      if (context) return { context };
    }
    for (const batch of this.#sent) {
      const task = batch.taskOf(frame, node);
      if (task !== undefined) return { executor: batch.slot.executor, task };
    }
    return undefined;
  }

  /** After the end of the run nothing is listened to any more. */
  close(): void {
    this.#closed = true;
    // Only what an executor did not stop in time is still there.
    this.cancel(new LoomError('run/finished', 'The run has finished.'));
    this.transfers.release();
  }

  loseCopies(executor: string, handles: ReadonlySet<string> | 'all'): void {
    this.transfers.lose(executor, handles);
  }

  #executorFor(flow: CompiledFlow, node: number): ExecutorUse | undefined {
    let uses = flow === this.#lastFlow ? this.#lastUses : this.#usesOfTypes.get(flow);
    if (!uses) {
      uses = [];
      this.#usesOfTypes.set(flow, uses);
    }
    this.#lastFlow = flow;
    this.#lastUses = uses;
    const place = flow.typeOf[node] as number; // every index has one
    const known = uses[place];
    if (known !== undefined) return known ?? undefined;
    const type = flow.usedTypes[place];
    const use = type && this.#performerOf(type);
    if (place >= 0) uses[place] = use ?? null;
    return use;
  }

  #performerOf(type: NodeType): ExecutorUse | undefined {
    const slot = this.#options.host.slotFor(type);
    let use = slot && this.#uses.get(slot);
    if (slot && !use) {
      use = { slot, state: 'starting', ready: [], calls: this.#callsOf(slot) };
      this.#uses.set(slot, use);
    }
    return use;
  }

  #callsOf(slot: ExecutorSlot): DirectCalls | undefined {
    const { direct, id } = slot.executor;
    if (!direct) return undefined;
    return new DirectCalls({ direct, executor: id }, this.#listener, (frame, node) => {
      this.#uses.get(slot)?.ready.push({ frame, node });
    });
  }

  #pumpOne(use: ExecutorUse): void {
    if (use.state === 'starting') return;
    if (use.state === 'ready') use.calls?.work();
    else use.calls?.moveAll((frame, node) => use.ready.push({ frame, node }));
    if (use.ready.length === 0) return;
    use.ready = use.ready.filter(isReady);
    if (use.state === 'failed') {
      const runs = use.ready;
      use.ready = [];
      const error = use.error ?? faultOf('executor/failed-to-start', 'The executor could not be started.');
      // The first failure may stop the run, and then the others have ended already.
      for (const run of runs) if (isReady(run)) this.#listener.onNodeFailed(run.frame, run.node, error);
      this.#listener.turn();
      return;
    }
    this.#recoverInputs(use);
    while (use.ready.length > 0 && use.slot.freeLanes > 0 && !this.#listener.isHalted) {
      const { batches, taken } = this.#formBatches(use, untilAlone(use.ready));
      use.ready = use.ready.slice(taken);
      for (const runs of batches) void this.#send(use.slot, runs);
    }
  }

  /** Takes nodes out that lack a lost value; they come back when it has been computed again. */
  #recoverInputs(use: ExecutorUse): void {
    const { recovery } = this;
    if (!recovery || this.#listener.isHalted) return;
    const lacking = use.ready.filter(({ frame, node }) => recovery.isNeededFor(frame, node));
    if (lacking.length === 0) return;
    use.ready = use.ready.filter((run) => !lacking.includes(run));
    recovery.recover(lacking.map(({ node }) => node));
  }

  /** What has a time limit goes alone, so that it can be stopped alone. */
  #formBatches(use: ExecutorUse, untilAlone: number): Batches<Frame> {
    const [first] = use.ready;
    if (untilAlone === 0 && first) return { batches: [[first]], taken: 1 };
    const single = this.#options.isSingle();
    const { capabilities } = use.slot.executor;
    const spread = capabilities.lanes > 1 && !capabilities.concurrent;
    return formBatches({
      ready: use.ready.slice(0, untilAlone),
      lanes: use.slot.freeLanes,
      spread,
      // What becomes ready by it can be called then.
      closure: !single && !use.calls,
      maximum: single ? 1 : mostTasks(spread),
      mayJoin: (frame, node) => {
        if (frame.tokens.phase[node] !== Phase.waiting || !joinsBatches(frame, node)) return false;
        if (this.#options.mayStopAt(frame, node)) return false;
        return this.#executorFor(frame.flow, node) === use && !this.recovery?.isNeededFor(frame, node);
      },
    });
  }

  async #send(slot: ExecutorSlot, runs: readonly NodeRun<Frame>[]): Promise<void> {
    const { host } = this.#options;
    const batch = new SentBatch(slot, runs, this.#context);
    slot.freeLanes--;
    this.#sent.add(batch);
    try {
      await batch.perform();
    } catch (thrown) {
      this.#listener.onFault(thrown);
    } finally {
      slot.freeLanes++;
      this.#sent.delete(batch);
      if (!this.#closed) this.#listener.turn();
      host.laneFreed();
    }
  }
}

function isReady({ frame, node }: NodeRun<Frame>): boolean {
  return frame.tokens.phase[node] === Phase.ready;
}
