import type { Session } from './session.js';

/** A worker's time, while one batch has it. */
export interface Turn {
  readonly session: Session;
  /** Nothing is left to do but to say so: who needs this worker may as well wait for it. */
  soon(): void;
  /** The batch has ended, whatever became of the worker. Twice is fine. */
  end(): void;
}

/** How long a worker takes to say that its batch has ended. */
const SOON_MS = 1;

/** A worker of a pool that is ready, and who has it. */
export class Lane {
  readonly session: Session;
  #turn: Turn | undefined;
  /** When the batch that is running ends, as far as one can tell; milliseconds of `performance.now`. */
  #expectedEnd = 0;
  #usedAt = performance.now();

  constructor(session: Session) {
    this.session = session;
  }

  get isFree(): boolean {
    return this.#turn === undefined && !this.session.connection.isClosed;
  }

  /** Whether nobody wants anything of it, also beside batches. */
  get isIdle(): boolean {
    return this.isFree && !this.session.connection.isAsked;
  }

  /** Milliseconds since somebody used it, or was given it. */
  get restMs(): number {
    return performance.now() - this.#usedAt;
  }

  /** Somebody is about to use it beside batches. */
  use(): void {
    this.#usedAt = performance.now();
  }

  /** Milliseconds until it is free, about: `Infinity` when that is not known or long over. */
  get waitMs(): number {
    if (this.isFree) return 0;
    const left = this.#expectedEnd - performance.now();
    return left > 0 ? left : Number.POSITIVE_INFINITY;
  }

  /** Gives the worker to a batch that takes about so long; `undefined` when nobody knows. */
  begin(workMs: number | undefined, onEnd: () => void): Turn {
    const turn: Turn = {
      session: this.session,
      soon: () => {
        if (this.#turn === turn) this.#expectedEnd = performance.now() + SOON_MS;
      },
      end: () => {
        if (this.#turn !== turn) return;
        this.#turn = undefined;
        this.use();
        onEnd();
      },
    };
    this.#turn = turn;
    this.#expectedEnd = workMs === undefined ? 0 : performance.now() + workMs;
    return turn;
  }
}
