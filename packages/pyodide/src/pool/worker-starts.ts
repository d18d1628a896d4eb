import { makeSnapshot, startWorker, type WorkerSource } from '../boot/start-worker.js';
import type { BootStage } from '../link/protocol.js';
import { DEFAULT_STALL_MS, type PoolOptions } from '../options.js';
import type { Session } from './session.js';
import type { Preparation } from './spare.js';

/** Starts the workers of one pool, until that is disposed of. */
export class WorkerStarts {
  readonly #source: WorkerSource;
  readonly #stallMs: number;
  readonly #nextGeneration: () => number;
  readonly #abort = new AbortController();

  constructor(source: WorkerSource, options: PoolOptions, nextGeneration: () => number) {
    this.#source = { ...source, shared: source.shared && options.cancel !== 'restart' };
    this.#stallMs = options.stallTimeoutMs ?? DEFAULT_STALL_MS;
    this.#nextGeneration = nextGeneration;
  }

  /** Whether memory is shared with the workers, so that code which computes can be interrupted. */
  get isShared(): boolean {
    return this.#source.shared;
  }

  start(onStage?: (stage: BootStage, loaded?: number, total?: number) => void): Promise<Session> {
    return startWorker(this.#source, {
      generation: this.#nextGeneration(),
      stallMs: this.#stallMs,
      signal: this.#abort.signal,
      ...(onStage && { onStage }),
    });
  }

  /** Makes the snapshot that later starts are faster with. */
  get snapshot(): Preparation {
    return {
      isNeeded: () => this.#source.snapshots?.isAbsent === true,
      perform: () => makeSnapshot(this.#source, this.#stallMs, this.#abort.signal),
    };
  }

  stop(reason: Error): void {
    this.#abort.abort(reason);
  }
}
