import type { Json, LoomError, NodeContext } from '@loom/graph';
import type { ParameterAnswer } from '../executor.js';
import { logText } from './log.js';
import { Metrics } from './metric.js';
import { ParameterHandlers } from './parameters.js';
import { Params } from './params.js';
import { Questions } from './questions.js';
import { NO_TASK, type Said } from './said.js';
import { Tracked } from './tracked.js';

/** What a context needs of those who make the call; `call` is their name for it. */
export interface ContextHost<Call> {
  said(call: Call, said: Said): void;
  readFile(path: string): Promise<Uint8Array>;
}

/** What few calls ask for; one field for all of it, because there is a context for each call. */
interface Asked {
  abort?: AbortController;
  stoppedFor?: LoomError;
  parameters?: ParameterHandlers;
  params?: Params;
  questions?: Questions;
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
    this.#asked.questions?.stop(reason);
  }

  /** Hands an answer to what the call has asked; null when there is none. The first one counts. */
  answer(question: number, text: string | null): void {
    this.#asked?.questions?.answer(question, text);
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
    const report = (fraction: number, message: string | undefined): void => {
      const event = { kind: 'progress', task: NO_TASK, fraction } as const;
      this.#host.said(this.#call, message === undefined ? event : { ...event, message });
    };
    const progress = (what: unknown, message?: string, total?: number): unknown => {
      const word = message === undefined ? undefined : String(message);
      if (typeof what === 'object' && what !== null) return new Tracked(what, report, word, total);
      return report(Math.min(1, Math.max(0, Number(what) || 0)), word);
    };
    return progress as NodeContext['progress'];
  }

  get metric(): NodeContext['metric'] {
    return (name, value, step) => {
      this.#asked ??= {};
      this.#asked.metrics ??= new Metrics();
      const metric = this.#asked.metrics.next(name, value, step);
      this.#host.said(this.#call, { kind: 'metric', task: NO_TASK, ...metric });
    };
  }

  get log(): NodeContext['log'] {
    return (...parts) =>
      this.#host.said(this.#call, { kind: 'output', task: NO_TASK, stream: 'log', text: logText(parts) });
  }

  get readFile(): NodeContext['readFile'] {
    return (path) => this.#host.readFile(path);
  }

  get onParameter(): NodeContext['onParameter'] {
    return (name, handler) => this.#parameters.add(name, handler);
  }

  get param(): NodeContext['param'] {
    return (name, initial) => {
      this.#asked ??= {};
      this.#asked.params ??= new Params(this.#parameters);
      return this.#asked.params.read(name, initial);
    };
  }

  get ask(): NodeContext['ask'] {
    return (prompt = '') => {
      this.#asked ??= {};
      this.#asked.questions ??= new Questions((said) => this.#host.said(this.#call, said), this.#asked.stoppedFor);
      return this.#asked.questions.ask(String(prompt));
    };
  }

  get #parameters(): ParameterHandlers {
    this.#asked ??= {};
    this.#asked.parameters ??= new ParameterHandlers();
    return this.#asked.parameters;
  }
}
