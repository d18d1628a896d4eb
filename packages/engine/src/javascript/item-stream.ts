import { LoomError } from '@loom/graph';
import { isThenable } from '../call/thenable.js';
import type { NodeError } from '../node-error.js';
import { NodeFault } from '../node-fault.js';
import { javascriptFault } from './fault.js';
import { stepsOf } from './iteration.js';
import type { LateOutput } from './late-output.js';
import type { Slices } from './slices.js';

/** What a stream needs to know of the code behind it. */
export interface StreamOrigin {
  /** Where the code says something; absent when somebody else hears it. */
  readonly output?: LateOutput;
  /** Streams that the code was given: theirs is run by it. */
  readonly reads?: readonly object[];
  /** What is told of something that the code threw. */
  faultOf(thrown: unknown): NodeError;
  /** The code will not be asked for more. With a reason when it was not finished. */
  onEnd(reason?: LoomError): void;
}

/** Items as they are. */
export interface RawItems {
  readonly values: readonly unknown[];
  readonly isDone: boolean;
}

/** What a step came to. It never rejects, because the next to ask for items may come much later. */
type Step =
  | { readonly kind: 'item'; readonly value: unknown }
  | { readonly kind: 'end' }
  | { readonly kind: 'fault'; readonly thrown: unknown };

const TURN = Symbol('turn');
const END: Step = { kind: 'end' };

/** For streams that no task made. */
const noOrigin: StreamOrigin = { faultOf: (thrown) => javascriptFault(thrown), onEnd: () => {} };

/**
 * The items of an iterator, asked for one after the other and never more than were asked for. An item that comes after
 * nobody waits for it any more is the first of the next take.
 */
export class ItemStream {
  readonly origin: StreamOrigin;
  readonly #stream: object;
  readonly #slices: Slices;
  #steps: ReturnType<typeof stepsOf> | undefined;
  #position = 0;
  #pending: Promise<Step> | undefined;
  #failure: NodeFault | undefined;
  #isDone = false;
  #isTaking = false;
  #closedFor: LoomError | undefined;
  #stopWaiting: (reason: unknown) => void = () => {};

  constructor(stream: object, slices: Slices, origin: StreamOrigin = noOrigin) {
    this.#stream = stream;
    this.#slices = slices;
    this.origin = origin;
  }

  /** What is there now, and at least one item unless the stream has ended. */
  async take(from: number, max: number, signal: AbortSignal): Promise<RawItems> {
    if (this.#closedFor) throw this.#closedFor;
    if (this.#isTaking || from !== this.#position) throw this.#elsewhere(from);
    signal.throwIfAborted();
    this.#isTaking = true;
    try {
      if (performance.now() > this.#slices.end()) {
        await new Promise<void>((go) => this.#slices.afterTurn(go));
        signal.throwIfAborted();
        if (this.#closedFor) throw this.#closedFor;
      }
      return await this.#take(max, signal);
    } finally {
      this.#isTaking = false;
    }
  }

  /** Tells the code to return. What it still does is nobody's. */
  close(reason: LoomError): void {
    if (this.#closedFor) return;
    this.#closedFor = reason;
    this.#stopWaiting(reason);
    if (this.#isDone || this.#failure) return;
    this.origin.onEnd(reason);
    try {
      const returned = this.#steps ? this.#steps.return?.() : stepsOf(this.#stream).return?.();
      if (isThenable(returned)) returned.then(undefined, () => {});
    } catch {
      // Its clean-up failed, and there is nobody left to tell.
    }
  }

  async #take(max: number, signal: AbortSignal): Promise<RawItems> {
    const values: unknown[] = [];
    let turn: Promise<typeof TURN> | undefined;
    while (values.length < max && !this.#isDone) {
      let step: Step | typeof TURN;
      const next = this.#failure ? undefined : (this.#pending ?? this.#step());
      if (next === undefined) {
        // Items that came before it are given first.
        if (values.length > 0) break;
        throw this.#failure;
      }
      if (!(next instanceof Promise)) step = next;
      else if (values.length === 0) step = await this.#settled(next, signal);
      else {
        // Whatever is there without waiting for anything is there before the next turn.
        turn ??= new Promise((resolve) => this.#slices.afterTurn(() => resolve(TURN)));
        step = await Promise.race([next, turn]);
        if (this.#closedFor) throw this.#closedFor;
      }
      if (step === TURN) break;
      this.#pending = undefined;
      this.#note(step, values);
      if (performance.now() > this.#slices.end()) break;
    }
    return { values, isDone: this.#isDone };
  }

  #step(): Step | Promise<Step> {
    try {
      this.#steps ??= stepsOf(this.#stream);
      const result = this.#steps.next();
      if (!isThenable(result)) return stepOf(result);
      this.#pending = Promise.resolve(result).then(stepOf, (thrown: unknown) => ({ kind: 'fault', thrown }));
      return this.#pending;
    } catch (thrown) {
      return { kind: 'fault', thrown };
    }
  }

  #note(step: Step, values: unknown[]): void {
    switch (step.kind) {
      case 'item':
        this.#position++;
        values.push(step.value);
        return;
      case 'end':
        this.#isDone = true;
        this.origin.onEnd();
        return;
      case 'fault':
        this.#failure = new NodeFault(this.origin.faultOf(step.thrown));
        this.origin.onEnd();
        return;
    }
  }

  /** Waits for a step, but no longer than somebody wants it. */
  #settled(next: Promise<Step>, signal: AbortSignal): Promise<Step> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(signal.reason);
      const settle = (): void => {
        signal.removeEventListener('abort', stop);
        this.#stopWaiting = () => {};
      };
      signal.addEventListener('abort', stop, { once: true });
      this.#stopWaiting = reject;
      next.then(resolve).finally(settle);
    });
  }

  #elsewhere(from: number): LoomError {
    const message = this.#isTaking
      ? 'Items of this stream are being taken already: wait for them.'
      : `A stream gives its items once and in order: the next one is ${this.#position}, not ${from}.`;
    return new LoomError('value/stream-position', message, { context: { from, next: this.#position } });
  }
}

function stepOf(result: unknown): Step {
  if (typeof result !== 'object' || result === null) {
    return {
      kind: 'fault',
      thrown: new TypeError(`A step of the stream gave ${String(result)} instead of an object.`),
    };
  }
  const { done, value } = result as IteratorResult<unknown>;
  return done ? END : { kind: 'item', value };
}
