import { faultFrom } from '@loom/engine';
import type { LoomError } from '@loom/graph';
import { bootStatus } from '../boot/boot-progress.js';
import type { WorkerSource } from '../boot/start-worker.js';
import { disposedError } from '../disposed-error.js';
import { fatalError } from '../link/fatal.js';
import { DEFAULT_RECYCLE, type PoolOptions, type RecyclePolicy } from '../options.js';
import type { Lane, Turn } from './lane.js';
import { chooseLane } from './lane-choice.js';
import { LaneSet } from './lane-set.js';
import type { LaneRequest } from './pool-user.js';
import { PoolUsers } from './pool-users.js';
import { DEFAULT_RESTART_POLICY, RestartBudget } from './restart-budget.js';
import type { Session } from './session.js';
import { Spare } from './spare.js';
import { type Waiting, WaitingList } from './waiting-list.js';
import { isGivenUp, isWanted } from './wanted-end.js';
import {
  type LimitedPool,
  type LimitedWorker,
  type SharedByPools,
  STARTING,
  type WorkerLimit,
} from './worker-limit.js';
import { WorkerStarts } from './worker-starts.js';

/** How long it is not tried again to start one more worker than the pool has, when that failed. */
const NO_MORE_MS = 30_000;

/** Workers with the same packages: starts them as they are needed, hands them to batches, and replaces those that end. */
export class WorkerPool implements LimitedPool {
  readonly lanes: number;
  readonly users = new PoolUsers();
  readonly #limit: WorkerLimit;
  readonly #starts: WorkerStarts;
  readonly #recycle: RecyclePolicy;
  readonly #lanes = new LaneSet();
  readonly #spare: Spare;
  readonly #budget: RestartBudget;
  readonly #batches = new WaitingList<LaneRequest, Turn>();
  /** Those who need any worker, beside batches, and there is none. */
  readonly #visitors = new WaitingList<undefined, Session>();
  /** How many starts are under way, each for a place that has no worker. */
  #opening = 0;
  #noMoreUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasWorked = false;
  #disposed = false;

  constructor(
    source: WorkerSource,
    options: PoolOptions,
    defaults: { readonly lanes: number; readonly spare: boolean },
    { limit, nextGeneration }: SharedByPools,
  ) {
    this.lanes = defaults.lanes;
    this.#limit = limit;
    this.#starts = new WorkerStarts(source, options, nextGeneration);
    this.#recycle = options.recycle ?? DEFAULT_RECYCLE;
    this.#budget = new RestartBudget(options.restarts ?? DEFAULT_RESTART_POLICY);
    this.#spare = new Spare(options.spare ?? defaults.spare, this.#starts, () => limit.hasRoom);
    limit.join(this);
  }

  /** The workers that are ready. */
  get sessions(): readonly Session[] {
    return this.#lanes.sessions;
  }

  get isShared(): boolean {
    return this.#starts.isShared;
  }

  /** Whether a worker stands by. */
  get hasSpare(): boolean {
    return this.#spare.isReady;
  }

  /** Whether somebody waits here for a worker. */
  get isWaiting(): boolean {
    return this.#batches.all.length + this.#visitors.all.length > 0;
  }

  /** Whether nobody works or waits here. */
  get isIdle(): boolean {
    return !this.isWaiting && this.#lanes.areFree;
  }

  get workers(): readonly LimitedWorker[] {
    const opening = Array<LimitedWorker>(this.#opening).fill(STARTING);
    return [...this.#lanes.workers(this.users), ...this.#spare.workers, ...opening];
  }

  /** Starts over although workers kept dying: someone asked for it. */
  start(signal: AbortSignal): Promise<Session> {
    this.#budget.reset();
    return this.ready(signal);
  }

  /** A ready worker, the free ones first; all who wait share one start. A failed start is tried again by the next call. */
  async ready(signal: AbortSignal): Promise<Session> {
    if (this.#disposed) throw disposedError();
    signal.throwIfAborted();
    const session = this.#lanes.handOut();
    if (session) return session;
    const waiting = this.#visitors.add(undefined, signal);
    this.lookAgain();
    return waiting;
  }

  /** Waits for the worker that suits a batch best. Rejects when none can be had, or with the signal's reason. */
  async acquire(request: LaneRequest, signal: AbortSignal): Promise<Turn> {
    if (this.#disposed) throw disposedError();
    signal.throwIfAborted();
    const turn = this.#batches.add(request, signal);
    this.lookAgain();
    return turn;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const reason = disposedError();
    this.#starts.stop(reason);
    clearTimeout(this.#timer);
    this.#spare.dispose(reason);
    this.#refuse(reason);
    for (const session of this.sessions) session.connection.close(reason);
    this.#limit.leave(this);
    this.users.tell({ state: 'disposed' });
  }

  /** Whether a worker has a batch. */
  isBusy(session: Session): boolean {
    return this.#lanes.isBusy(session);
  }

  /** Ends workers that are worn and that nobody needs. */
  retireWorn(): void {
    this.#lanes.retireWorn(this.users, this.#recycle);
  }

  /** Gives workers to those who wait, in their order, and starts those that are missing. */
  lookAgain(): void {
    if (this.#disposed) return;
    clearTimeout(this.#timer);
    let soonest = Number.POSITIVE_INFINITY;
    let wanted = this.#welcome();
    for (const waiting of this.#batches.all) {
      const views = this.#lanes.all.map((lane) => ({ waitMs: lane.waitMs, ...waiting.request.moving(lane.session) }));
      const choice = chooseLane(views, this.#mayOpen());
      if (choice.kind === 'use') this.#work(this.#lanes.all[choice.lane] as Lane, waiting);
      else if (choice.kind === 'open') wanted++;
      else soonest = Math.min(soonest, choice.ms);
    }
    this.#openMissing(wanted - this.#opening);
    const { exhausted } = this.#budget;
    if (exhausted && this.#lanes.size === 0 && this.#opening === 0) this.#refuse(exhausted);
    // What takes longer than was thought is not waited for any longer.
    if (soonest < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.lookAgain(), soonest + 1);
  }

  /** Serves those who need any worker. Gives how many are needed for the others: they share one. */
  #welcome(): number {
    for (const visitor of this.#visitors.all) {
      const session = this.#lanes.handOut();
      if (!session) return Number(this.#mayOpen());
      this.#visitors.serve(visitor, session);
    }
    return 0;
  }

  #openMissing(count: number): void {
    for (let missing = count; missing > 0 && this.#mayOpen(); missing--) {
      if (!this.#hasRoom()) return;
      void this.#open(0);
    }
    this.#limit.withdraw(this);
  }

  /** Makes room for one more worker; when there is none it is looked again as soon as there may be. */
  #hasRoom(): boolean {
    return this.#spare.isReady || this.#limit.makeRoom(this);
  }

  #refuse(reason: unknown): void {
    this.#batches.refuse(reason);
    this.#visitors.refuse(reason);
  }

  #work(lane: Lane, waiting: Waiting<LaneRequest, Turn>): void {
    this.#spare.rest();
    this.#hasWorked = true;
    this.#batches.serve(
      waiting,
      lane.begin(waiting.request.workMs(), () => this.#onTurnEnded(lane)),
    );
  }

  #onTurnEnded(lane: Lane): void {
    if (this.#disposed) return;
    lane.session.isDeaf = false;
    this.retireWorn();
    this.#onChanged();
  }

  /** There is a worker for who waits, or room for one: first for others, who may have none at all. */
  #onChanged(): void {
    this.#limit.lookAgain();
    this.lookAgain();
    // When nobody works there is time for what makes the next work faster.
    if (this.#hasWorked && this.#lanes.areFree) this.#spare.prepareSoon();
  }

  /** Whether a worker may be started beside those that there are. */
  #mayOpen(): boolean {
    if (this.#budget.exhausted) return false;
    if (this.#lanes.size === 0) return this.#opening === 0;
    return this.#lanes.size + this.#opening < this.lanes && performance.now() >= this.#noMoreUntil;
  }

  /** Fills one more place: with the spare worker if there is one, else with a new one. Gives whether that went well. */
  async #open(delayMs: number): Promise<boolean> {
    this.#opening++;
    try {
      const session = await this.#started(delayMs);
      if (this.#disposed) session.connection.close(disposedError());
      else this.#fill(session);
      return true;
    } catch (fault) {
      this.#onNotOpened(fault);
      return false;
    } finally {
      this.#opening--;
      this.#onChanged();
    }
  }

  async #started(delayMs: number): Promise<Session> {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return this.#spare.take() ?? this.#starts.start(this.#lanes.size === 0 ? this.#tellStage : undefined);
  }

  readonly #tellStage = (...stage: Parameters<typeof bootStatus>): void => {
    if (!this.#disposed && this.#lanes.size === 0) this.users.tell(bootStatus(...stage));
  };

  #fill(session: Session): void {
    const { connection } = session;
    const lane = this.#lanes.add(session);
    connection.onSignal((signal) => {
      if (signal.kind === 'fatal') connection.close(fatalError(signal));
      else if ('sequence' in signal) session.receive(signal);
    });
    void connection.closed.then((reason) => this.#onClosed(lane, session, reason));
    if (this.users.status.state !== 'ready') this.users.tell({ state: 'ready' });
  }

  #onNotOpened(fault: unknown): void {
    this.#noMoreUntil = performance.now() + NO_MORE_MS;
    if (this.#disposed || this.#lanes.size > 0) return;
    this.users.tell({ state: 'failed', error: faultFrom(fault, 'executor/failed-to-start') });
    this.#refuse(fault);
  }

  #onClosed(lane: Lane, session: Session, reason: LoomError): void {
    this.#lanes.remove(lane);
    session.lose(reason);
    this.users.tellLost(session, reason);
    if (!this.#disposed) this.#replace(reason);
    this.#onChanged();
  }

  /** Starts the next worker at once, so that the next batch finds it ready. */
  #replace(reason: LoomError): void {
    const wanted = isWanted(reason);
    const delayMs = wanted ? 0 : this.#budget.spend(reason);
    const isLast = this.#lanes.size === 0;
    if (delayMs === undefined) {
      if (!isLast) return;
      const exhausted = this.#budget.exhausted as LoomError; // it was spent just now
      this.users.tell({ state: 'failed', error: faultFrom(exhausted) });
      this.#refuse(exhausted);
      return;
    }
    if (isGivenUp(reason) || !this.#hasRoom()) {
      if (isLast) this.users.tell({ state: 'idle' });
      return;
    }
    if (isLast && !this.hasSpare) this.users.tell({ state: 'restarting', reason: reason.message });
    // When it fails the status tells. Who cancels once may cancel again: the next spare worker does not wait for quiet.
    void this.#open(delayMs).then((isOpen) => isOpen && wanted && this.#spare.prepare());
  }
}
