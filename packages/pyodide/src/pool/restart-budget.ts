import { LoomError } from '@loom/graph';

/** How often a worker that died by itself is started again. */
export interface RestartPolicy {
  /** Deaths within {@link windowMs} after which it is not started again by itself. */
  readonly limit: number;
  readonly windowMs: number;
  /** Wait before the second restart within the window; doubles with each further one. The first comes at once. */
  readonly backOffMs: number;
}

export const DEFAULT_RESTART_POLICY: RestartPolicy = { limit: 3, windowMs: 60_000, backOffMs: 500 };

/** The wait before the next restart in milliseconds, or `undefined` when the budget is spent. */
export function nextRestart({ limit, backOffMs }: RestartPolicy, recentDeaths: number): number | undefined {
  if (recentDeaths > limit) return undefined;
  return recentDeaths <= 1 ? 0 : backOffMs * 2 ** (recentDeaths - 2);
}

/** Counts the deaths of the workers of one pool. */
export class RestartBudget {
  readonly #policy: RestartPolicy;
  #deaths: number[] = [];
  #last: LoomError | undefined;

  constructor(policy: RestartPolicy) {
    this.#policy = policy;
  }

  /** Why no worker is started by itself now; undefined while one is. */
  get exhausted(): LoomError | undefined {
    if (!this.#last || this.#delay() !== undefined) return undefined;
    return new LoomError(
      'executor/restarts-exhausted',
      `Python ended ${this.#deaths.length} times in a short while and is not started again by itself. Mend the node that ` +
        `ends it, then start Python again (executor.start()) or run after ${seconds(this.#policy.windowMs)}. ` +
        `The last reason: ${this.#last.message}`,
      { cause: this.#last, context: { deaths: this.#deaths.length, windowMs: this.#policy.windowMs } },
    );
  }

  /** A worker died. Gives how long to wait before the next one, or `undefined` when there is to be none. */
  spend(reason: LoomError): number | undefined {
    this.#deaths.push(Date.now());
    this.#last = reason;
    return this.#delay();
  }

  /** Someone asked for a new beginning. */
  reset(): void {
    this.#deaths = [];
    this.#last = undefined;
  }

  #delay(): number | undefined {
    const now = Date.now();
    this.#deaths = this.#deaths.filter((at) => now - at < this.#policy.windowMs);
    return nextRestart(this.#policy, this.#deaths.length);
  }
}

const seconds = (ms: number) => `${Math.ceil(ms / 1000)} s`;
