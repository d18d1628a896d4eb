import type { LoomError } from '@loom/graph';
import type { Session } from './session.js';

/** How long nothing happens before a spare worker is started: starting one takes a core for some seconds. */
const IDLE_MS = 1_000;
/** How long it is not tried again after it failed. */
const RETRY_MS = 60_000;

/** What makes later starts faster. */
interface Preparation {
  isNeeded(): boolean;
  /** Never rejects. */
  perform(): Promise<void>;
}

/** One worker more than are working, ready to take the place of one that has to be ended. */
export class Spare {
  readonly #isWanted: boolean;
  readonly #start: () => Promise<Session>;
  readonly #first: Preparation;
  #session: Session | undefined;
  #starting: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #notBefore = 0;
  #disposedFor: LoomError | undefined;

  constructor(isWanted: boolean, start: () => Promise<Session>, first: Preparation) {
    this.#isWanted = isWanted;
    this.#start = start;
    this.#first = first;
  }

  get isReady(): boolean {
    return this.#session !== undefined;
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

  /** Starts what is missing now. */
  prepare(): void {
    if (this.#starting || this.#disposedFor) return;
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
    if (this.#isWanted && !this.#session && !this.#disposedFor) this.#keep(await this.#start());
  }

  #keep(session: Session): void {
    this.#session = session;
    if (this.#disposedFor) this.dispose(this.#disposedFor);
    void session.connection.closed.then(() => {
      if (this.#session === session) this.#session = undefined;
    });
  }
}
