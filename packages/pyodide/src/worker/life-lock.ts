/** How long the lock is kept after the last work: mostly there is more, and asking for it costs a message. */
const KEEP_MS = 500;

/** Holds a lock as long as this worker has work: see `LifeWatch`, at the other end. */
export class LifeLock {
  readonly #locks: LockManager | undefined = globalThis.navigator?.locks;
  readonly #name: string;
  readonly #work = new Set<number>();
  #letGo: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  /** Whether locks can be had here; without an origin there are none. Until it was asked once, a request does not leave at once. */
  async works(): Promise<boolean> {
    try {
      await this.#locks?.request(this.#name, () => {});
      return this.#locks !== undefined;
    } catch {
      return false;
    }
  }

  /** Asked for before the work is begun, the lock is held although nobody here finds out before it has ended. */
  begin(sequence: number): void {
    this.#work.add(sequence);
    clearTimeout(this.#timer);
    if (this.#letGo) return;
    const held = new Promise<void>((resolve) => {
      this.#letGo = resolve;
    });
    this.#locks?.request(this.#name, () => held).catch(() => {});
  }

  end(sequence: number): void {
    if (!this.#work.delete(sequence) || this.#work.size > 0) return;
    this.#timer = setTimeout(() => {
      this.#letGo?.();
      this.#letGo = undefined;
    }, KEEP_MS);
  }
}
