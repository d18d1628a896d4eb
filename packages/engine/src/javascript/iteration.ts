import { isStream } from '../preview/describe.js';

interface Steps {
  next(): unknown;
  return?(value?: unknown): unknown;
}

/** Whether a value can be given for a stream. Texts and maps are values of their own, not lists of their parts. */
export function givesItems(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || value instanceof Map) return false;
  return Symbol.iterator in value || Symbol.asyncIterator in value || hasSteps(value);
}

/** What gives the items of such a value over time, once and in order: the value itself where it is that already. */
export function streamFrom(value: unknown): unknown {
  if (isStream(value) || !givesItems(value)) return value;
  if (Symbol.iterator in value) return (value as Iterable<unknown>)[Symbol.iterator]();
  return new BareSteps(value as Steps);
}

/** What asks a stream for its items. The results of its steps may be promises. */
export function stepsOf(stream: object): Steps {
  if (Symbol.asyncIterator in stream) return (stream as AsyncIterable<unknown>)[Symbol.asyncIterator]();
  return (stream as Iterable<unknown>)[Symbol.iterator]();
}

function hasSteps(value: object): value is Steps {
  return typeof (value as { readonly next?: unknown }).next === 'function';
}

/** Makes an object that only has `next` one that loops can go through; `for await` takes both kinds of steps. */
class BareSteps implements AsyncIterableIterator<unknown> {
  readonly #steps: Steps;

  constructor(steps: Steps) {
    this.#steps = steps;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<unknown>> {
    return (await this.#steps.next()) as IteratorResult<unknown>;
  }

  async return(): Promise<IteratorResult<unknown>> {
    await this.#steps.return?.();
    return { done: true, value: undefined };
  }
}
