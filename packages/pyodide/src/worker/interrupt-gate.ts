const SEQUENCE = 0;
const ATTEMPT = 1;
const SIGINT = 2;

/**
 * Stands where Pyodide expects the interrupt buffer: Pyodide reads index 0 every few dozen bytecodes and writes 0 there.
 *
 * The page shares two words: the number of the batch to interrupt, and a count of attempts. The gate hands an interrupt
 * to Python only while that very batch runs, once per attempt. So an interrupt that comes too late can never hit the
 * next batch, and nobody has to clear anything in time.
 */
export class InterruptGate {
  readonly #words: Int32Array | undefined;
  #active = 0;
  #offered = 0;
  #taken = 0;

  constructor(buffer: SharedArrayBuffer | undefined) {
    this.#words = buffer && new Int32Array(buffer);
  }

  get 0(): number {
    const words = this.#words;
    if (!words || this.#active === 0 || Atomics.load(words, SEQUENCE) !== this.#active) return 0;
    const attempt = Atomics.load(words, ATTEMPT);
    if (attempt === this.#taken) return 0;
    this.#offered = attempt;
    return SIGINT;
  }

  set 0(_cleared: number) {
    this.#taken = this.#offered;
  }

  /** From here on the batch with this number may be interrupted. 0 closes the gate. */
  open(sequence: number): void {
    this.#active = sequence;
  }

  /** Runs Python that is not the batch's own code, such as a preview while the batch awaits: never interrupted. */
  closedWhile<T>(work: () => T): T {
    const active = this.#active;
    this.#active = 0;
    try {
      return work();
    } finally {
      this.#active = active;
    }
  }

  /** Drops an interrupt that was asked for and not yet taken. */
  forget(): void {
    if (this.#words) this.#offered = this.#taken = Atomics.load(this.#words, ATTEMPT);
  }

  /** Blocks without burning time, until the time is over or an interrupt is asked for. */
  sleep(ms: number): void {
    // A shared WebAssembly.Memory exists even in pages that are not isolated, so sleeping needs no special headers.
    const words =
      this.#words ?? new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
    if (this[0] === SIGINT) return;
    Atomics.wait(words, ATTEMPT, Atomics.load(words, ATTEMPT), ms);
  }
}

/** The page's end of the gate. */
export class InterruptRequest {
  readonly buffer = new SharedArrayBuffer(8);
  readonly #words = new Int32Array(this.buffer);

  /** Asks for one KeyboardInterrupt in the batch with this number. */
  interrupt(sequence: number): void {
    Atomics.store(this.#words, SEQUENCE, sequence);
    Atomics.add(this.#words, ATTEMPT, 1);
    Atomics.notify(this.#words, ATTEMPT);
  }
}
