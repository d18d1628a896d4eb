import type { LoomError } from '@loom/graph';
import type { Session } from './session.js';
import { givenUp } from './wanted-end.js';
import { type LimitedWorker, STARTING } from './worker-limit.js';

/** How long nothing happens before a spare worker is started: starting one takes a core for some seconds. */
const IDLE_MS = 1_000;
/** How long it is not tried again after it failed. */
const RETRY_MS = 60_000;

/** What makes later starts faster. */
export interface Preparation {
  isNeeded(): boolean;
  /** Never rejects. */
  perform(): Promise<void>;
}

/** Where spare workers come from. */
interface Starts {
  readonly snapshot: Preparation;
  start(): Promise<Session>;
}

/** One worker more than are working, ready to take the place of one that has to be ended. */
export class Spare {
  readonly #isWanted: boolean;
  readonly #starts: Starts;
  readonly #first: Preparation;
  readonly #mayStart: () => boolean;
  #session: Session | undefined;
  #starting: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;
  #disposedFor: LoomError | undefined;

  constructor(isWanted: boolean, starts: Starts, mayStart: () => boolean) {
    this.#isWanted = isWanted;
    this.#starts = starts;
    this.#first = starts.snapshot;
    this.#mayStart = mayStart;
  }

  get isReady(): boolean {
    return this.#session !== undefined;
  }

  /** The one that stands by, and the one that starts, as those see them who need their place. */
  get workers(): LimitedWorker[] {
    const end = () => this.take()?.connection.close(givenUp());
    const ready: LimitedWorker = { state: 'spare', hasValues: false, restMs: Number.POSITIVE_INFINITY, end };
    return [...(this.#session ? [ready] : []), ...(this.#starting ? [STARTING] : [])];
  }

  /** Gives the worker away. */
  take(): Session | undefined {
    const session = this.#session;
    this.#session = undefined;
    return session;
  }

  /** There is nothing to do: after a while, a spare worker is started if there is none. */
  prepareSoon(): void {
    if (this.#starting || this.#disposedFor) return;
    if (!this.#first.isNeeded() && (!this.#isWanted || this.#session)) return;
    this.rest();
    const timer = setTimeout(() => this.prepare(), Math.max(IDLE_MS, this.#notBefore - performance.now()));
    this.#timer = timer;
    // In Node nobody stays awake for it.
    (timer as { unref?(): void }).unref?.();
  }

  /** There is something to do: not now. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  dispose(reason: LoomError): void {
    this.#disposedFor = reason;
    this.rest();
    this.take()?.connection.close(reason);
  }

  /** Starts what is missing now, if there may be another worker. */
  prepare(): void {
    if (this.#starting || this.#disposedFor || !this.#mayStart()) return;
    this.#starting = this.#startLast()
      .catch(() => {
        this.#notBefore = performance.now() + RETRY_MS;
      })
      .finally(() => {
        this.#starting = undefined;
      });
  }

  async #startLast(): Promise<void> {
    if (this.#first.isNeeded()) await this.#first.perform();
    if (this.#isWanted && !this.#session && !this.#disposedFor) this.#keep(await this.#starts.start());
  }

  #keep(session: Session): void {
    this.#session = session;
    if (this.#disposedFor) this.dispose(this.#disposedFor);
    void session.connection.closed.then(() => {
      if (this.#session === session) this.#session = undefined;
    });
  }
}
