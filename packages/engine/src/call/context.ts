import type { Json, LoomError, NodeContext } from '@loom/graph';
import type { ParameterAnswer } from '../executor.js';
import { logText } from './log.js';
import { type Metric, Metrics } from './metric.js';
import { ParameterHandlers } from './parameters.js';

/** What a context needs of those who make the call; `call` is their name for it. */
export interface ContextHost<Call> {
  logged(call: Call, text: string): void;
  progressed(call: Call, fraction: number, message: string | undefined): void;
  measured(call: Call, metric: Metric): void;
  readFile(path: string): Promise<Uint8Array>;
}

/** What few calls ask for; one field for all of it, because there is a context for each call. */
interface Asked {
  abort?: AbortController;
  stoppedFor?: LoomError;
  parameters?: ParameterHandlers;
  metrics?: Metrics;
}

/**
 * What a function may do while it runs. Most functions do nothing of it, so everything is made when it is asked for; and
 * all of it works taken out of the context, as in `({ path }, { readFile }) => …`.
 */
export class CallContext<Call> implements NodeContext {
  readonly #call: Call;
  readonly #host: ContextHost<Call>;
  #asked: Asked | undefined;

  constructor(call: Call, host: ContextHost<Call>) {
    this.#call = call;
    this.#host = host;
  }

  /** What tells the call to stop, if it asked for its signal. */
  get abort(): AbortController | undefined {
    return this.#asked?.abort;
  }

  /** Tells the call to stop, also when it asks for its signal only later. */
  stop(reason: LoomError): void {
    this.#asked ??= {};
    this.#asked.stoppedFor ??= reason;
    this.#asked.abort?.abort(reason);
  }

  /**
   * Hands a parameter to the handler that the call has offered. Never rejects, and answers within a bound: what the
   * handler throws is the reason of the rejection.
   */
  async setParameter(name: string, value: Json): Promise<ParameterAnswer> {
    return this.#asked?.parameters?.set(name, value) ?? { status: 'no-handler' };
  }

  get signal(): AbortSignal {
    this.#asked ??= {};
    if (!this.#asked.abort) {
      // One for each call: many listeners on one signal would be taken for a leak.
      this.#asked.abort = new AbortController();
      if (this.#asked.stoppedFor) this.#asked.abort.abort(this.#asked.stoppedFor);
    }
    return this.#asked.abort.signal;
  }

  get progress(): NodeContext['progress'] {
    return (fraction, message) => {
      const bounded = Math.min(1, Math.max(0, Number(fraction) || 0));
      this.#host.progressed(this.#call, bounded, message === undefined ? undefined : String(message));
    };
  }

  get metric(): NodeContext['metric'] {
    return (name, value, step) => {
      this.#asked ??= {};
      this.#asked.metrics ??= new Metrics();
      this.#host.measured(this.#call, this.#asked.metrics.next(name, value, step));
    };
  }

  get log(): NodeContext['log'] {
    return (...parts) => this.#host.logged(this.#call, logText(parts));
  }

  get readFile(): NodeContext['readFile'] {
    return (path) => this.#host.readFile(path);
  }

  get onParameter(): NodeContext['onParameter'] {
    return (name, handler) => {
      this.#asked ??= {};
      this.#asked.parameters ??= new ParameterHandlers();
      return this.#asked.parameters.add(name, handler);
    };
  }
}
