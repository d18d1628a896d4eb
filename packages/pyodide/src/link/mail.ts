import type { RuntimeMail, RuntimeMailReply } from '@loom/python';
import { MAX_MAIL_BYTES, MailSlotSender } from '../worker/mail-slot.js';

/** Messages that wait for the slot; more is a flood. */
const MAX_WAITING = 100;

/** How a posted message is let go when it is settled in another way. */
export type Withdraw = () => void;

/** Sends messages to code that computes, one after the other. Wakes a worker that sleeps. */
export class Mail {
  readonly #slot = new MailSlotSender();
  readonly #bell: Int32Array;
  readonly #replies = new Map<number, (answer: RuntimeMailReply['answer']) => void>();
  #waiting: Uint8Array[] = [];
  #current: Uint8Array | undefined;
  #count = 0;

  /** `interrupt` is the memory of the interrupt gate, by which a sleeping worker is woken. */
  constructor(interrupt: SharedArrayBuffer) {
    this.#bell = new Int32Array(interrupt, 0, 1);
  }

  get buffer(): SharedArrayBuffer {
    return this.#slot.buffer;
  }

  /** Numbers the messages that expect a reply. */
  nextId(): number {
    return ++this.#count;
  }

  /** Undefined when the message is too large, or too many wait. */
  post(message: RuntimeMail): Withdraw | undefined {
    const bytes = new TextEncoder().encode(JSON.stringify(message));
    if (bytes.length > MAX_MAIL_BYTES || this.#waiting.length >= MAX_WAITING) return undefined;
    this.#waiting.push(bytes);
    this.#putNext();
    return () => this.#withdraw(bytes);
  }

  /** Calls once with what a handler said to the message with this number. Returns how to end that. */
  onReply(id: number, listener: (answer: RuntimeMailReply['answer']) => void): () => void {
    this.#replies.set(id, listener);
    return () => this.#replies.delete(id);
  }

  /** The worker has taken the message out of the slot. */
  taken(): void {
    this.#current = undefined;
    this.#putNext();
  }

  replied({ id, answer }: RuntimeMailReply): void {
    const listener = this.#replies.get(id);
    this.#replies.delete(id);
    listener?.(answer);
  }

  #withdraw(bytes: Uint8Array): void {
    if (this.#current !== bytes) {
      this.#waiting = this.#waiting.filter((each) => each !== bytes);
    } else if (this.#slot.takeBack()) {
      this.taken();
    }
  }

  #putNext(): void {
    const [next] = this.#waiting;
    if (!next || this.#current || !this.#slot.put(next)) return;
    this.#waiting.shift();
    this.#current = next;
    Atomics.add(this.#bell, 0, 1);
    Atomics.notify(this.#bell, 0);
  }
}
