import type { NodeContext } from '@loom/graph';
import { logText } from './log.js';

/** What a context needs of those who make the call; `call` is their name for it. */
export interface ContextHost<Call> {
  logged(call: Call, text: string): void;
  progressed(call: Call, fraction: number, message: string | undefined): void;
  /** The call has asked for its signal. */
  track(call: Call, abort: AbortController): void;
  readFile(path: string): Promise<Uint8Array>;
}

/**
 * What a function may do while it runs. Most functions do nothing of it, so everything is made when it is asked for; and
 * all of it works taken out of the context, as in `({ path }, { readFile }) => …`.
 */
export class CallContext<Call> implements NodeContext {
  readonly #call: Call;
  readonly #host: ContextHost<Call>;
  #abort: AbortController | undefined;

  constructor(call: Call, host: ContextHost<Call>) {
    this.#call = call;
    this.#host = host;
  }

  /** What tells the call to stop, if it asked for its signal. */
  get abort(): AbortController | undefined {
    return this.#abort;
  }

  get signal(): AbortSignal {
    if (!this.#abort) {
      // One for each call: many listeners on one signal would be taken for a leak.
      this.#abort = new AbortController();
      this.#host.track(this.#call, this.#abort);
    }
    return this.#abort.signal;
  }

  get progress(): NodeContext['progress'] {
    return (fraction, message) => {
      const bounded = Math.min(1, Math.max(0, Number(fraction) || 0));
      this.#host.progressed(this.#call, bounded, message === undefined ? undefined : String(message));
    };
  }

  get log(): NodeContext['log'] {
    return (...parts) => this.#host.logged(this.#call, logText(parts));
  }

  get readFile(): NodeContext['readFile'] {
    return (path) => this.#host.readFile(path);
  }
}
