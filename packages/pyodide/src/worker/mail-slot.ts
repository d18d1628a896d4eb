/** The state of the slot. */
const STATE = 0;
const LENGTH = 1;
const WORDS = 2;

const EMPTY = 0;
const FULL = 1;
const BEING_READ = 2;

/** What one message may have, in bytes of UTF-8. */
export const MAX_MAIL_BYTES = 64 * 1024;

/**
 * The worker's end of a slot for one message, in memory that the page shares with it: so a message reaches code that
 * computes and reads no messages otherwise.
 */
export class MailSlot {
  readonly #words: Int32Array;
  readonly #bytes: Uint8Array;

  constructor(buffer: SharedArrayBuffer) {
    this.#words = new Int32Array(buffer, 0, WORDS);
    this.#bytes = new Uint8Array(buffer, 4 * WORDS);
  }

  /** Asked every few dozen bytecodes of Python. */
  get isFull(): boolean {
    return Atomics.load(this.#words, STATE) === FULL;
  }

  /** The message, which is then gone; undefined when there is none, or the page has just taken it back. */
  take(): string | undefined {
    if (Atomics.compareExchange(this.#words, STATE, FULL, BEING_READ) !== FULL) return undefined;
    // Browsers decode no text in shared memory.
    const copy = this.#bytes.slice(0, Atomics.load(this.#words, LENGTH));
    Atomics.store(this.#words, STATE, EMPTY);
    return new TextDecoder().decode(copy);
  }
}

/** The page's end. */
export class MailSlotSender {
  readonly buffer = new SharedArrayBuffer(4 * WORDS + MAX_MAIL_BYTES);
  readonly #words = new Int32Array(this.buffer, 0, WORDS);
  readonly #bytes = new Uint8Array(this.buffer, 4 * WORDS);

  /** Puts a message in; false when there is still one. */
  put(bytes: Uint8Array): boolean {
    if (Atomics.load(this.#words, STATE) !== EMPTY) return false;
    this.#bytes.set(bytes);
    Atomics.store(this.#words, LENGTH, bytes.length);
    Atomics.store(this.#words, STATE, FULL);
    return true;
  }

  /** Takes the message back; false when the worker has it already. */
  takeBack(): boolean {
    return Atomics.compareExchange(this.#words, STATE, FULL, EMPTY) === FULL;
  }
}
