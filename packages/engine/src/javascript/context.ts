import type { NodeContext } from '@loom/graph';
import type { TaskEvent } from '../executor.js';
import { logText } from './log.js';

/** What a context needs of the batch that its task is in. */
export interface ContextHost {
  report(event: TaskEvent): void;
  track(task: string, abort: AbortController): void;
  readFile(path: string): Promise<Uint8Array>;
}

/**
 * What a function may do while it runs. Most functions do nothing of it, so everything is made when it is asked for; and
 * all of it works taken out of the context, as in `({ path }, { readFile }) => …`.
 */
export class TaskContext implements NodeContext {
  readonly #task: string;
  readonly #host: ContextHost;
  #abort: AbortController | undefined;

  constructor(task: string, host: ContextHost) {
    this.#task = task;
    this.#host = host;
  }

  /** What tells the task to stop, if it asked for its signal. */
  get abort(): AbortController | undefined {
    return this.#abort;
  }

  get signal(): AbortSignal {
    if (!this.#abort) {
      // One for each task: many listeners on one signal would be taken for a leak.
      this.#abort = new AbortController();
      this.#host.track(this.#task, this.#abort);
    }
    return this.#abort.signal;
  }

  get progress(): NodeContext['progress'] {
    return (fraction, message) => {
      const bounded = Math.min(1, Math.max(0, Number(fraction) || 0));
      const event = { kind: 'progress', task: this.#task, fraction: bounded } as const;
      this.#host.report(message === undefined ? event : { ...event, message: String(message) });
    };
  }

  get log(): NodeContext['log'] {
    return (...parts) => {
      this.#host.report({ kind: 'output', task: this.#task, stream: 'log', text: logText(parts) });
    };
  }

  get readFile(): NodeContext['readFile'] {
    return (path) => this.#host.readFile(path);
  }
}
