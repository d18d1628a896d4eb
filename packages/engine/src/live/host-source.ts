import type { Json } from '@loom/graph';
import type { EventSource } from './event-source.js';

/** Hands events of the app to the nodes that wait for their name. */
export class HostEvents {
  readonly source: EventSource;
  readonly #listeners = new Map<string, Set<(payload: Json) => void>>();

  constructor() {
    this.source = {
      name: 'host',
      start: ({ inputs, fire }) => this.#listen(String(inputs.name), (payload) => fire({ payload })),
    };
  }

  /** Gives how many nodes it reached. */
  emit(name: string, payload: Json): number {
    const listeners = [...(this.#listeners.get(name) ?? [])];
    for (const listener of listeners) listener(payload);
    return listeners.length;
  }

  #listen(name: string, listener: (payload: Json) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(name) === listeners) this.#listeners.delete(name);
    };
  }
}
