import { type ExecutorStatus, faultFrom } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { bootStatus } from '../boot/boot-progress.js';
import { makeSnapshot, startWorker, type WorkerSource } from '../boot/start-worker.js';
import { disposedError } from '../disposed-error.js';
import { fatalError } from '../link/fatal.js';
import { DEFAULT_RECYCLE, DEFAULT_STALL_MS, type PoolOptions, type RecyclePolicy } from '../options.js';
import { Lane, type Turn } from './lane.js';
import { chooseLane } from './lane-choice.js';
import type { LaneRequest, PoolUser, Waiting } from './pool-user.js';
import { DEFAULT_RESTART_POLICY, RestartBudget } from './restart-budget.js';
import type { Session } from './session.js';
import { Spare } from './spare.js';
import { isWornOut } from './wear.js';

/** How long it is not tried again to start one more worker than the pool has, when that failed. */
const NO_MORE_MS = 30_000;

/** Workers of one kind: starts them as they are needed, hands them to batches, and replaces those that end. */
export class WorkerPool {
  readonly lanes: number;
  readonly #source: WorkerSource;
  readonly #recycle: RecyclePolicy;
  readonly #stallMs: number;
  readonly #users = new Set<PoolUser>();
  readonly #lanes: Lane[] = [];
  readonly #spare: Spare;
  readonly #budget: RestartBudget;
  readonly #abort = new AbortController();
  #waiting: Waiting[] = [];
  #status: ExecutorStatus = { state: 'idle' };
  /** Starts that are under way, each for a place that has no worker. */
  readonly #opening = new Set<Promise<Session>>();
  #noMoreUntil = 0;
  readonly #nextGeneration: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasWorked = false;
  #disposed = false;

  constructor(
    source: WorkerSource,
    options: PoolOptions,
    defaults: { readonly lanes: number; readonly spare: boolean; readonly nextGeneration: () => number },
  ) {
    this.#nextGeneration = defaults.nextGeneration;
    this.#source = { ...source, shared: source.shared && options.cancel !== 'restart' };
    this.#recycle = options.recycle ?? DEFAULT_RECYCLE;
    this.#stallMs = options.stallTimeoutMs ?? DEFAULT_STALL_MS;
    this.lanes = Math.max(1, Math.floor(options.lanes ?? defaults.lanes));
    this.#budget = new RestartBudget(options.restarts ?? DEFAULT_RESTART_POLICY);
    this.#spare = new Spare(options.spare ?? defaults.spare, () => this.#startWorker(), {
      isNeeded: () => source.snapshots?.isAbsent === true,
      perform: () => makeSnapshot(this.#source, this.#stallMs, this.#abort.signal),
    });
  }

  get status(): ExecutorStatus {
    return this.#status;
  }

  /** The workers that are ready. */
  get sessions(): readonly Session[] {
    return this.#lanes.map(({ session }) => session);
  }

  /** Whether memory is shared with the workers, so that code which computes can be interrupted. */
  get isShared(): boolean {
    return this.#source.shared;
  }

  /** Whether a worker stands by. */
  get hasSpare(): boolean {
    return this.#spare.isReady;
  }

  get users(): number {
    return this.#users.size;
  }

  /** Whether nobody works or waits here. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#lanes.every(({ isFree }) => isFree);
  }

  join(user: PoolUser): () => void {
    this.#users.add(user);
    return () => this.#users.delete(user);
  }

  /** Starts over although workers kept dying: someone asked for it. */
  start(): Promise<Session> {
    this.#budget.reset();
    return this.ready();
  }

  /** A ready worker, the free ones first; all who wait share one start. A failed start is tried again by the next call. */
  async ready(): Promise<Session> {
    if (this.#disposed) throw disposedError();
    const lane = this.#lanes.find(({ isFree }) => isFree) ?? this.#lanes[0];
    if (lane) return lane.session;
    const [opening] = this.#opening;
    if (opening) return opening;
    const { exhausted } = this.#budget;
    if (exhausted) throw exhausted;
    return this.#open(0);
  }

  /** Waits for the worker that suits a batch best. Rejects when none can be had, or with the signal's reason. */
  acquire(request: LaneRequest, signal: AbortSignal): Promise<Turn> {
    return new Promise<Turn>((resolve, reject) => {
      if (this.#disposed) return reject(disposedError());
      if (signal.aborted) return reject(signal.reason);
      const leave = () => {
        this.#waiting = this.#waiting.filter((each) => each !== waiting);
        reject(signal.reason);
      };
      const settled =
        <Argument>(use: (argument: Argument) => void) =>
        (argument: Argument) => {
          signal.removeEventListener('abort', leave);
          use(argument);
        };
      const waiting: Waiting = { request, resolve: settled(resolve), reject: settled(reject) };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
      this.lookAgain();
    });
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const reason = disposedError();
    this.#abort.abort(reason);
    clearTimeout(this.#timer);
    this.#spare.dispose(reason);
    this.#refuse(reason);
    for (const session of this.sessions) session.connection.close(reason);
    this.#setStatus({ state: 'disposed' });
  }

  /** Whether a worker has a batch. */
  isBusy(session: Session): boolean {
    return this.#lanes.some((lane) => lane.session === session && !lane.isFree);
  }

  /** Ends workers that are worn and that nobody needs. */
  retireWorn(): void {
    for (const { isFree, session } of [...this.#lanes]) {
      if (!isFree || !isWornOut(session, this.#users, this.#recycle)) continue;
      session.connection.close(
        new LoomError('executor/recycled', 'Its memory had grown; another worker takes its place.'),
      );
    }
  }

  /** Gives workers to those who wait, in their order. */
  lookAgain(): void {
    clearTimeout(this.#timer);
    let soonest = Number.POSITIVE_INFINITY;
    let wanted = 0;
    for (const waiting of [...this.#waiting]) {
      const views = this.#lanes.map((lane) => ({ waitMs: lane.waitMs, ...waiting.request.moving(lane.session) }));
      const choice = chooseLane(views, this.#mayOpen());
      if (choice.kind === 'use') this.#give(this.#lanes[choice.lane] as Lane, waiting);
      else if (choice.kind === 'open') wanted++;
      else soonest = Math.min(soonest, choice.ms);
    }
    for (let missing = wanted - this.#opening.size; missing > 0 && this.#mayOpen(); missing--) {
      // When it fails, those who wait are told, or the status tells.
      this.#open(0).catch(() => {});
    }
    if (this.#lanes.length === 0 && this.#opening.size === 0) this.#refuse(this.#budget.exhausted);
    // What takes longer than was thought is not waited for any longer.
    if (soonest < Number.POSITIVE_INFINITY) this.#timer = setTimeout(() => this.lookAgain(), soonest + 1);
  }

  #refuse(reason: unknown): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(reason);
  }

  #give(lane: Lane, waiting: Waiting): void {
    this.#waiting = this.#waiting.filter((each) => each !== waiting);
    this.#spare.rest();
    this.#hasWorked = true;
    waiting.resolve(lane.begin(waiting.request.workMs(), () => this.#onTurnEnded(lane)));
  }

  #onTurnEnded(lane: Lane): void {
    if (this.#disposed) return;
    lane.session.isDeaf = false;
    this.retireWorn();
    this.lookAgain();
    this.#rest();
  }

  /** Nobody works: time for what makes the next work faster. */
  #rest(): void {
    if (this.#hasWorked && this.#lanes.every(({ isFree }) => isFree)) this.#spare.prepareSoon();
  }

  /** Whether a worker may be started beside those that there are. */
  #mayOpen(): boolean {
    if (this.#budget.exhausted) return false;
    if (this.#lanes.length === 0) return this.#opening.size === 0;
    return this.#lanes.length + this.#opening.size < this.lanes && performance.now() >= this.#noMoreUntil;
  }

  /** Fills one more place: with the spare worker if there is one, else with a new one. */
  #open(delayMs: number): Promise<Session> {
    const opening = this.#opened(delayMs).finally(() => this.#opening.delete(opening));
    this.#opening.add(opening);
    return opening;
  }

  async #opened(delayMs: number): Promise<Session> {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    try {
      const session = await (this.#spare.take() ?? this.#startWorker(this.sessions.length === 0));
      if (this.#disposed) throw disposedError();
      this.#fill(session);
      return session;
    } catch (fault) {
      if (!this.#disposed) this.#onNotOpened(fault);
      throw fault;
    }
  }

  #startWorker(isTold = false): Promise<Session> {
    return startWorker(this.#source, {
      generation: this.#nextGeneration(),
      stallMs: this.#stallMs,
      signal: this.#abort.signal,
      ...(isTold
        ? {
            onStage: (...stage) => {
              if (!this.#disposed && this.sessions.length === 0) this.#setStatus(bootStatus(...stage));
            },
          }
        : {}),
    });
  }

  #fill(session: Session): void {
    const lane = new Lane(session);
    this.#lanes.push(lane);
    session.connection.onSignal((signal) => {
      if (signal.kind === 'fatal') session.connection.close(fatalError(signal));
      else if ('sequence' in signal) session.receive(signal);
    });
    void session.connection.closed.then((reason) => this.#onClosed(lane, session, reason));
    if (this.#status.state !== 'ready') this.#setStatus({ state: 'ready' });
    queueMicrotask(() => {
      this.lookAgain();
      this.#rest();
    });
  }

  #onNotOpened(fault: unknown): void {
    this.#noMoreUntil = performance.now() + NO_MORE_MS;
    if (this.#lanes.length > 0) return;
    this.#setStatus({ state: 'failed', error: faultFrom(fault, 'executor/failed-to-start') });
    this.#refuse(fault);
  }

  #onClosed(lane: Lane, session: Session, reason: LoomError): void {
    this.#lanes.splice(this.#lanes.indexOf(lane), 1);
    session.lose(reason);
    for (const user of [...this.#users]) user.onLost(session, reason);
    if (!this.#disposed) this.#replace(reason);
  }

  /** Starts the next worker at once, so that the next batch finds it ready. */
  #replace(reason: LoomError): void {
    // A worker that was ended to cancel its code, or because it was old, did not fail.
    const wanted = reason.code === 'executor/cancelled' || reason.code === 'executor/recycled';
    const delayMs = wanted ? 0 : this.#budget.spend(reason);
    const isLast = this.#lanes.length === 0;
    if (delayMs === undefined) {
      if (!isLast) return;
      const exhausted = this.#budget.exhausted as LoomError; // it was spent just now
      this.#setStatus({ state: 'failed', error: faultFrom(exhausted) });
      this.#refuse(exhausted);
      return;
    }
    if (isLast && !this.hasSpare) this.#setStatus({ state: 'restarting', reason: reason.message });
    // Who cancels once may cancel again: the next spare worker does not wait for quiet.
    const opened = () => wanted && this.#spare.prepare();
    // When it fails the status tells; whoever needs the worker next tries again.
    this.#open(delayMs).then(opened, () => {});
  }

  #setStatus(status: ExecutorStatus): void {
    this.#status = status;
    for (const user of [...this.#users]) user.onStatus(status);
  }
}
