/** What is done with a fault of a listener. */
export type OnListenerError = (error: unknown) => void;

/**
 * Hands events to listeners in groups: everything of one turn of the event loop together, in order. Without listeners
 * nothing is kept. One listener's fault never reaches another, nor who emitted.
 */
export class Feed<Event> {
  readonly #listeners = new Set<(events: readonly Event[]) => void>();
  readonly #onListenerError: OnListenerError;
  #events: Event[] = [];
  #scheduled = false;

  constructor(onListenerError: OnListenerError) {
    this.#onListenerError = onListenerError;
  }

  /** Whether anybody listens; emitting otherwise is wasted. */
  get isActive(): boolean {
    return this.#listeners.size > 0;
  }

  subscribe(listener: (events: readonly Event[]) => void): () => void {
    // A wrapper, so that one function may listen twice and each unsubscribe ends its own.
    const own = (events: readonly Event[]): void => listener(events);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  emit(event: Event): void {
    if (this.#listeners.size === 0) return;
    this.#events.push(event);
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  /** Delivers what is waiting now. */
  flush(): void {
    if (this.#events.length === 0) return;
    const events = this.#events;
    this.#events = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(events);
      } catch (error) {
        this.report(error);
      }
    }
  }

  clear(): void {
    this.#listeners.clear();
    this.#events = [];
  }

  /** Tells who hears of faults. */
  report(error: unknown): void {
    try {
      this.#onListenerError(error);
    } catch {
      // Nobody is left to tell.
    }
  }
}
