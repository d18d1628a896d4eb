import type { RuntimeMessage } from '@loom/python';

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

  /** Messages from JSON text, without those of others: what one runs may be a stream that another has made. */
  messages(text: string): readonly RuntimeMessage[] {
    const messages = JSON.parse(text) as RuntimeMessage[];
    if (this.#prefix === '') return messages;
    return messages.flatMap((message): readonly RuntimeMessage[] => {
      // Only the batch itself tells of several tasks together, by their places.
      if (message.kind === 'ran') return [message];
      const task = this.outer(message.task);
      return task === undefined ? [] : [{ ...message, task }];
    });
  }
}
