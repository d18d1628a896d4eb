/** Tells listeners one after the other. What one throws must reach its author, and stop nobody else. */
export function tellAll<Event>(listeners: Iterable<(event: Event) => void>, event: Event): void {
  for (const listener of [...listeners]) {
    try {
      listener(event);
    } catch (fault) {
      queueMicrotask(() => {
        throw fault;
      });
    }
  }
}
