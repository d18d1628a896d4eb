import { LoomError } from '@loom/graph';
import type { ExecutorSlot } from '../engine/executor-slot.js';
import { faultOf } from '../fault.js';
import type { NodeError } from '../node-error.js';
import type { RunPlan } from '../plan/plan.js';
import { formBatches, MAX_BATCH } from './batching.js';
import { DirectCalls } from './direct-calls.js';
import type { DispatchListener } from './dispatch-listener.js';
import type { NodeBook } from './node-book.js';
import type { Recovery } from './recovery.js';
import type { RunHost } from './run-host.js';
import { type BatchContext, SentBatch } from './sent-batch.js';
import { Phase, type Tokens } from './tokens.js';
import { Transfers } from './transfers.js';

/** One executor in one run. */
interface ExecutorUse {
  readonly slot: ExecutorSlot;
  state: 'starting' | 'ready' | 'failed';
  error?: NodeError;
  /** Nodes to be sent. */
  ready: number[];
  /** Where the executor offers it, nodes are called rather than sent. */
  readonly calls: DirectCalls | undefined;
}

export interface DispatcherOptions {
  readonly plan: RunPlan;
  readonly tokens: Tokens;
  readonly book: NodeBook;
  readonly host: RunHost;
  /** One task at a time, so that nothing more starts after an error. */
  readonly single: boolean;
}

/** Sends nodes whose inputs are there to their executors, in batches, and hands what comes back to the run. */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #listener: DispatchListener;
  readonly #transfers: Transfers;
  readonly #uses = new Map<ExecutorSlot, ExecutorUse>();
  /** By type of the flow. */
  readonly #useOfType: (ExecutorUse | null | undefined)[] = [];
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
    this.#transfers = new Transfers(options.host.slots);
    this.#context = {
      ...options,
      listener,
      transfers: this.#transfers,
      isClosed: () => this.#closed,
    };
  }

  /** Starts the executors that the plan uses, all at once. */
  start(): void {
    const { plan } = this.#options;
    const { environment } = plan.flow.document;
    for (const node of plan.performers) this.#executorFor(node);
    for (const use of this.#uses.values()) {
      if (use.slot.isReady(environment)) {
        use.state = 'ready';
        continue;
      }
      void use.slot.makeReady(environment).then((error) => {
        use.state = error ? 'failed' : 'ready';
        if (error) use.error = error;
        if (this.#closed) return;
        this.pump();
        this.#listener.onTurn();
      });
    }
  }

  /** Takes a node whose inputs are there. False when no executor performs it. */
  enqueue(node: number): boolean {
    const use = this.#executorFor(node);
    if (!use) return false;
    this.#options.tokens.phase[node] = Phase.ready;
    if (use.calls) use.calls.add(node);
    else use.ready.push(node);
    return true;
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
    for (const { calls } of this.#uses.values()) calls?.cancel(reason);
  }

  /** After the end of the run nothing is listened to any more. */
  close(): void {
    this.#closed = true;
    // Only what an executor did not stop in time is still there.
    this.cancel(new LoomError('run/finished', 'The run has finished.'));
    this.#transfers.release();
  }

  loseCopies(executor: string, handles: ReadonlySet<string> | 'all'): void {
    this.#transfers.lose(executor, handles);
  }

  #executorFor(node: number): ExecutorUse | undefined {
    const { plan, host } = this.#options;
    const place = plan.flow.typeOf[node] as number; // every index has one
    const known = this.#useOfType[place];
    if (known !== undefined) return known ?? undefined;
    const type = plan.flow.usedTypes[place];
    const slot = type && host.slotFor(type);
    let use = slot && this.#uses.get(slot);
    if (slot && !use) {
      use = { slot, state: 'starting', ready: [], calls: this.#callsOf(slot) };
      this.#uses.set(slot, use);
    }
    if (place >= 0) this.#useOfType[place] = use ?? null;
    return use;
  }

  #callsOf(slot: ExecutorSlot): DirectCalls | undefined {
    const { direct, id } = slot.executor;
    if (!direct) return undefined;
    return new DirectCalls({ ...this.#options, direct, executor: id }, this.#listener, (node) => {
      this.#uses.get(slot)?.ready.push(node);
    });
  }

  #pumpOne(use: ExecutorUse): void {
    const { tokens } = this.#options;
    if (use.state === 'starting') return;
    if (use.state === 'ready') use.calls?.work();
    else if (use.calls) use.ready = use.ready.concat(use.calls.takeAll());
    if (use.ready.length === 0) return;
    use.ready = use.ready.filter((node) => tokens.phase[node] === Phase.ready);
    if (use.state === 'failed') {
      const nodes = use.ready;
      use.ready = [];
      const error = use.error ?? faultOf('executor/failed-to-start', 'The executor could not be started.');
      // The first failure may stop the run, and then the others have ended already.
      for (const node of nodes) if (tokens.phase[node] === Phase.ready) this.#listener.onNodeFailed(node, error);
      this.#listener.onTurn();
      return;
    }
    this.#recoverInputs(use);
    while (use.ready.length > 0 && use.slot.freeLanes > 0 && !this.#listener.isHalted) {
      const { batches, taken } = this.#formBatches(use);
      use.ready = use.ready.slice(taken);
      for (const nodes of batches) void this.#send(use.slot, nodes);
    }
  }

  /** Takes nodes out that lack a lost value; they come back when it has been computed again. */
  #recoverInputs(use: ExecutorUse): void {
    const { recovery } = this;
    if (!recovery || this.#listener.isHalted) return;
    const lacking = use.ready.filter((node) => recovery.isNeededFor(node));
    if (lacking.length === 0) return;
    use.ready = use.ready.filter((node) => !lacking.includes(node));
    recovery.recover(lacking);
  }

  #formBatches(use: ExecutorUse): ReturnType<typeof formBatches> {
    const { plan, tokens, single } = this.#options;
    const { capabilities } = use.slot.executor;
    return formBatches({
      flow: plan.flow,
      tokens,
      ready: use.ready,
      lanes: use.slot.freeLanes,
      spread: capabilities.lanes > 1 && !capabilities.concurrent,
      // What becomes ready by it can be called then.
      closure: !single && !use.calls,
      maximum: single ? 1 : MAX_BATCH,
      mayJoin: (node) => {
        if (tokens.phase[node] !== Phase.waiting || plan.decisions[node]?.action !== 'run') return false;
        return this.#executorFor(node) === use && !this.recovery?.isNeededFor(node);
      },
    });
  }

  async #send(slot: ExecutorSlot, nodes: readonly number[]): Promise<void> {
    const { host } = this.#options;
    const batch = new SentBatch(slot, nodes, this.#context);
    slot.freeLanes--;
    this.#sent.add(batch);
    try {
      await batch.perform();
    } finally {
      slot.freeLanes++;
      this.#sent.delete(batch);
      if (!this.#closed) this.#listener.onTurn();
      host.laneFreed();
    }
  }
}
