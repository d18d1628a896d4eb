import type { MailSlot } from './mail-slot.js';

const SIGINT = 2;

/** SIGUSR1: there is mail, or it is time to send what was said. */
const SIGBELL = 10;

/** A bell that Python could not heed, because it was not in user code, is rung again after so long. */
const MAIL_AGAIN_MS = 20;

/** What computing code has said waits so long at most. */
const TICK_MS = 100;

/** Looks at the clock once in so many polls: there is one every few dozen bytecodes. */
const TICK_POLLS = 256;

/** Counts the attempts, and wakes a worker that sleeps. */
const ATTEMPT = 0;

/** Places for interrupts that were asked for: more batches and takes than this are never stopped at the same moment. */
const PLACES = 16;

/** Where the number of what to interrupt stands; the number of the attempt stands behind it. */
function wordOf(sequence: number): number {
  return 1 + 2 * (sequence % PLACES);
}

/**
 * Stands where Pyodide expects the interrupt buffer: Pyodide reads index 0 every few dozen bytecodes and writes 0 there.
 *
 * The page shares some words: numbers of batches and takes to interrupt, each with a count of attempts. The gate hands an
 * interrupt to Python only while the code of that very batch or take runs, once per attempt. So an interrupt that comes
 * too late can never hit the next one, and nobody has to clear anything in time.
 */
export class InterruptGate {
  readonly #words: Int32Array | undefined;
  readonly #mail: MailSlot | undefined;
  /** The last attempt that was handed over, by place. */
  readonly #taken = new Int32Array(1 + 2 * PLACES);
  #batch = 0;
  #active = 0;
  #word = 0;
  #offered = 0;
  #polls = 0;
  #mailAgainAt = 0;
  #tickAt = 0;

  constructor(buffer: SharedArrayBuffer | undefined, mail?: MailSlot) {
    this.#words = buffer && new Int32Array(buffer);
    this.#mail = mail;
  }

  get 0(): number {
    if (this.#active === 0) return 0;
    const attempt = this.#attempt();
    if (attempt !== 0) {
      this.#offered = attempt;
      return SIGINT;
    }
    return this.#isBellDue() ? SIGBELL : 0;
  }

  set 0(_cleared: number) {
    if (this.#offered === 0) return;
    this.#taken[this.#word] = this.#offered;
    this.#offered = 0;
  }

  /** From here on the batch with this number may be interrupted. 0 closes the gate. */
  open(sequence: number): void {
    this.#batch = sequence;
    this.#enter(sequence);
  }

  /** The code of a take runs until the batch has its turn again (undefined); 0 closes the gate in between. */
  step(sequence: number | undefined): void {
    this.#enter(sequence ?? this.#batch);
  }

  /** Runs Python that is not the batch's own code, such as a preview while the batch awaits: never interrupted. */
  closedWhile<T>(work: () => T): T {
    const active = this.#active;
    this.#enter(0);
    try {
      return work();
    } finally {
      this.#enter(active);
    }
  }

  #enter(sequence: number): void {
    this.#active = sequence;
    this.#word = wordOf(sequence);
    this.#offered = 0;
  }

  /** Drops an interrupt that was asked for and not yet taken. */
  forget(sequence: number): void {
    const word = wordOf(sequence);
    if (this.#words) this.#taken[word] = Atomics.load(this.#words, word + 1);
  }

  /** Blocks without burning time, until the time is over or an interrupt is asked for. */
  sleep(ms: number): void {
    // A shared WebAssembly.Memory exists even in pages that are not isolated, so sleeping needs no special headers.
    const words =
      this.#words ?? new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer);
    // Before anything is looked at: what comes after that changes it, and ends the wait.
    const seen = Atomics.load(words, ATTEMPT);
    if (this.#active !== 0 && this.#attempt() !== 0) return;
    const bound = this.#mail?.isFull ? Math.min(ms, MAIL_AGAIN_MS) : ms;
    Atomics.wait(words, ATTEMPT, seen, bound);
  }

  /** An attempt to interrupt what runs, which was not handed over yet; else 0. */
  #attempt(): number {
    const words = this.#words;
    if (!words || Atomics.load(words, this.#word) !== this.#active) return 0;
    const attempt = Atomics.load(words, this.#word + 1);
    return attempt === this.#taken[this.#word] ? 0 : attempt;
  }

  /** Never twice in a row: Python's handler is polled too, and would be called inside of itself without end. */
  #isBellDue(): boolean {
    this.#polls++;
    const hasMail = this.#mail?.isFull === true;
    if (!hasMail && this.#polls % TICK_POLLS !== 0) return false;
    const now = performance.now();
    if (now < (hasMail ? this.#mailAgainAt : this.#tickAt)) return false;
    this.#mailAgainAt = now + MAIL_AGAIN_MS;
    this.#tickAt = now + TICK_MS;
    return true;
  }
}

/** The page's end of the gate. */
export class InterruptRequest {
  readonly buffer = new SharedArrayBuffer(4 * (1 + 2 * PLACES));
  readonly #words = new Int32Array(this.buffer);

  /** Asks for one KeyboardInterrupt in the code of the batch or the take with this number. */
  interrupt(sequence: number): void {
    const words = this.#words;
    const attempt = Atomics.load(words, ATTEMPT) + 1;
    // The number comes last: until it stands there, nobody is meant.
    Atomics.store(words, wordOf(sequence) + 1, attempt);
    Atomics.store(words, wordOf(sequence), sequence);
    Atomics.store(words, ATTEMPT, attempt);
    Atomics.notify(words, ATTEMPT);
  }
}
