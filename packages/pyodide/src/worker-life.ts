import { type ExecutorStatus, faultFrom } from '@loom/engine';
import { LoomError } from '@loom/graph';
import { bootStatus } from './boot-progress.js';
import { Connection } from './connection.js';
import { fatalError } from './fatal.js';
import { HandleSpace } from './handle-space.js';
import type { BootStage, WorkerSignal } from './protocol.js';
import { nextRestart, type RestartPolicy } from './restart-budget.js';
import { Session } from './session.js';
import { InterruptRequest } from './worker/interrupt-gate.js';
import type { OpenWorker } from './worker-link.js';

/** Where the worker comes from and where it finds Pyodide. */
export interface WorkerSource {
  readonly open: OpenWorker;
  /** Absolute, with a slash at the end. */
  readonly indexUrl: string;
  /** The same folder as a path, in Node. */
  readonly indexPath?: string;
  /** Whether memory can be shared with the worker. */
  readonly shared: boolean;
  /** Whether node sources may import what reaches into the page. */
  readonly jsAccess?: boolean;
  /** The Python harness: file name to source. */
  readonly runtime: Readonly<Record<string, string>>;
}

export interface LifeOptions {
  readonly executor: string;
  readonly stallMs: number;
  readonly restarts: RestartPolicy;
}

export interface LifeListener {
  onStatus(status: ExecutorStatus): void;
  onSignal(session: Session, signal: WorkerSignal): void;
  /** A worker that was ready has ended, with all of its values. */
  onLost(session: Session, reason: LoomError): void;
}

const STAGES: readonly BootStage[] = ['worker', 'download', 'compile', 'python', 'harness'];

/** Keeps one worker alive: starts it once, starts it again when it dies, and gives up when it keeps dying. */
export class WorkerLife {
  readonly #source: WorkerSource;
  readonly #options: LifeOptions;
  readonly #listener: LifeListener;
  #status: ExecutorStatus = { state: 'idle' };
  #session: Session | undefined;
  #starting: Promise<Session> | undefined;
  #opening: Connection | undefined;
  #deaths: number[] = [];
  #exhausted: LoomError | undefined;
  #generation = 0;
  #disposed = false;

  constructor(source: WorkerSource, options: LifeOptions, listener: LifeListener) {
    this.#source = source;
    this.#options = options;
    this.#listener = listener;
  }

  get status(): ExecutorStatus {
    return this.#status;
  }

  /** The worker that is ready now. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** Starts over although workers kept dying: someone asked for it. */
  start(): Promise<Session> {
    this.#deaths = [];
    return this.ready();
  }

  /** The ready worker; all who wait share one start. A failed start is tried again by the next call. */
  ready(): Promise<Session> {
    if (this.#disposed) return Promise.reject(disposedError());
    if (this.#session) return Promise.resolve(this.#session);
    if (this.#exhausted && this.#restartDelay() === undefined) return Promise.reject(this.#exhausted);
    return this.#begin(0);
  }

  dispose(): void {
    this.#disposed = true;
    this.#session?.connection.close(disposedError());
    this.#opening?.close(disposedError());
    this.#setStatus({ state: 'disposed' });
  }

  #begin(delayMs: number): Promise<Session> {
    this.#exhausted = undefined;
    this.#starting ??= this.#open(delayMs).finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #open(delayMs: number): Promise<Session> {
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    try {
      const session = await this.#boot();
      this.#session = session;
      session.connection.onSignal((signal) => this.#onSignal(session, signal));
      void session.connection.closed.then((reason) => this.#onClosed(session, reason));
      this.#setStatus({ state: 'ready' });
      return session;
    } catch (fault) {
      if (!this.#disposed) this.#setStatus({ state: 'failed', error: faultFrom(fault, 'executor/failed-to-start') });
      throw fault;
    } finally {
      this.#opening = undefined;
    }
  }

  async #boot(): Promise<Session> {
    const { indexUrl, indexPath, runtime, shared, jsAccess } = this.#source;
    const report = this.#progress();
    report('worker');
    const connection = new Connection(await this.#source.open());
    this.#opening = connection;
    if (this.#disposed) connection.close(disposedError());
    const interrupt = shared ? new InterruptRequest() : undefined;
    const session = new Session(connection, new HandleSpace(this.#options.executor, ++this.#generation), interrupt);
    await connection.boot(
      {
        indexUrl,
        runtime,
        jsAccess: jsAccess === true,
        ...(indexPath ? { indexPath } : {}),
        ...(interrupt ? { interrupt: interrupt.buffer } : {}),
      },
      this.#options.stallMs,
      (signal) => {
        if (signal.kind === 'progress') report(signal.stage, signal.loaded, signal.total);
      },
    );
    return session;
  }

  /** Stages overlap (one file may still come while another is compiled); the status only moves on. */
  #progress(): (stage: BootStage, loaded?: number, total?: number) => void {
    let reached = 0;
    return (stage, loaded, total) => {
      const index = STAGES.indexOf(stage);
      if (index < reached || this.#disposed) return;
      reached = index;
      this.#setStatus(bootStatus(stage, loaded, total));
    };
  }

  #onSignal(session: Session, signal: WorkerSignal): void {
    if (signal.kind === 'fatal') session.connection.close(fatalError(signal));
    else this.#listener.onSignal(session, signal);
  }

  #onClosed(session: Session, reason: LoomError): void {
    if (this.#session !== session) return;
    this.#session = undefined;
    this.#listener.onLost(session, reason);
    if (!this.#disposed) this.#restart(reason);
  }

  /** Starts the next worker at once, so that the next batch finds it ready. */
  #restart(reason: LoomError): void {
    // A worker that was ended to cancel its code did not fail.
    const wanted = reason.code === 'executor/cancelled';
    if (!wanted) this.#deaths.push(Date.now());
    const delayMs = wanted ? 0 : this.#restartDelay();
    if (delayMs === undefined) {
      this.#exhausted = new LoomError(
        'executor/restarts-exhausted',
        `Python ended ${this.#deaths.length} times in a short while and is not started again by itself. ${reason.message}`,
        { cause: reason },
      );
      this.#setStatus({ state: 'failed', error: faultFrom(this.#exhausted) });
      return;
    }
    this.#setStatus({ state: 'restarting', reason: reason.message });
    this.#begin(delayMs).catch(() => {
      // The status tells; whoever needs the worker next tries again.
    });
  }

  #restartDelay(): number | undefined {
    const now = Date.now();
    this.#deaths = this.#deaths.filter((at) => now - at < this.#options.restarts.windowMs);
    return nextRestart(this.#options.restarts, this.#deaths.length);
  }

  #setStatus(status: ExecutorStatus): void {
    this.#status = status;
    this.#listener.onStatus(status);
  }
}

/** What callers get after the executor was disposed. */
export function disposedError(): LoomError {
  return new LoomError('executor/disposed', 'This executor has been disposed.');
}
