import type { RuntimeEvent, RuntimeMessage } from '@loom/python';
import { addEventsOf } from './ran.js';

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

  /**
   * Events from JSON text, without those of others: what one runs may be a stream that another has made. `tasks` are those of the
   * batch that says it.
   */
  events(text: string, tasks: readonly { readonly id: string }[] = []): readonly RuntimeEvent[] {
    const events: RuntimeEvent[] = [];
    for (const message of JSON.parse(text) as RuntimeMessage[]) {
      if (message.kind === 'ran') addEventsOf(message, tasks, events);
      else if (this.#prefix === '') events.push(message);
      else {
        const task = this.outer(message.task);
        if (task !== undefined) events.push({ ...message, task });
      }
    }
    return events;
  }
}
