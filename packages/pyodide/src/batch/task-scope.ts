import type { RuntimeEvent } from '@loom/python';

/** Names the tasks of one executor apart from those of others in the same workers: each engine counts its own. */
export class TaskScope {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  inner = (task: string): string => this.#prefix + task;

  outer(task: string): string | undefined {
    return task.startsWith(this.#prefix) ? task.slice(this.#prefix.length) : undefined;
  }

  /** Events as JSON text, without those of others: what one runs may be a stream that another has made. */
  events(text: string): readonly RuntimeEvent[] {
    const all = JSON.parse(text) as RuntimeEvent[];
    if (this.#prefix === '') return all;
    return all.flatMap((event) => {
      const task = this.outer(event.task);
      return task === undefined ? [] : { ...event, task };
    });
  }
}
