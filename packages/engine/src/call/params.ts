import type { Json } from '@loom/graph';
import { logText } from './log.js';
import type { ParameterHandlers } from './parameters.js';

const KINDS: Readonly<Record<string, string>> = {
  boolean: 'true or false',
  number: 'a number',
  string: 'a text',
};
const MAX_SHOWN = 80;

/** Live parameters that one call only reads: what was set last, of the same kind as the initial value. */
export class Params {
  readonly #handlers: ParameterHandlers;
  readonly #values = new Map<string, Json>();

  constructor(handlers: ParameterHandlers) {
    this.#handlers = handlers;
  }

  read<Value extends Json>(name: string, initial: Value): Value {
    if (!this.#values.has(name)) {
      this.#values.set(name, initial);
      // Who takes a parameter by a handler of its own knows better what fits.
      if (!this.#handlers.has(name)) this.#handlers.add(name, (value) => this.#take(name, initial, value));
    }
    return this.#values.get(name) as Value; // what is taken is of its kind
  }

  #take(name: string, initial: Json, value: Json): void {
    const kind = KINDS[typeof initial];
    if (kind !== undefined && typeof value !== typeof initial) {
      throw new Error(`“${name}” takes ${kind}, not ${logText([value]).trim().slice(0, MAX_SHOWN)}.`);
    }
    this.#values.set(name, value);
  }
}
