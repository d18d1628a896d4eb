import type { PortId } from '@loom/graph';
import type { Definition } from '../executor.js';
import type { NodeError } from '../node-error.js';
import { skip } from '../skip.js';
import { givesItems, streamFrom } from './iteration.js';

type Shape = 'none' | 'single' | 'mapping' | 'sequence';

/** How a result is taken apart into output ports, by what the implementation says that it returns. */
export class ResultShape {
  readonly #shape: Shape;
  readonly #ports: readonly PortId[];
  /** Whether the output of each place is a stream; undefined when none is. */
  readonly #streams: readonly boolean[] | undefined;

  constructor({ implementation, outputs, streams = [] }: Pick<Definition, 'implementation' | 'outputs' | 'streams'>) {
    const returns = implementation.kind === 'function' ? 'mapping' : implementation.returns;
    this.#ports = outputs;
    this.#shape = outputs.length === 0 ? 'none' : returns;
    if (streams.length > 0) this.#streams = outputs.map((port) => streams.includes(port));
  }

  get ports(): readonly PortId[] {
    return this.#ports;
  }

  /** The ports, when each is a property of a result and none is a stream. */
  get plainPorts(): readonly PortId[] | undefined {
    return this.#shape === 'mapping' && this.#streams === undefined ? this.#ports : undefined;
  }

  isStream(place: number): boolean {
    return this.#streams?.[place] === true;
  }

  /** Why a result cannot be taken apart; undefined when it can. */
  wrongResult(result: unknown): NodeError | undefined {
    if (result === skip) return undefined;
    return this.#misshapen(result) ?? (this.#streams && this.#notIterable(result));
  }

  /** The value of an output, by its place, of a result that is not wrong. */
  outputOf(result: unknown, place: number): unknown {
    if (result === skip) return skip;
    const value = this.#partOf(result, place);
    return this.#streams?.[place] && value !== skip ? streamFrom(value) : value;
  }

  #misshapen(result: unknown): NodeError | undefined {
    const ports = this.#ports;
    if (this.#shape === 'mapping' && typeof result === 'object' && result !== null) {
      for (const port of ports) if (!(port in result) && !this.#isWholeStream(result)) return this.#incomplete(result);
      return undefined;
    }
    if (this.#shape === 'none' || this.#shape === 'single') return undefined;
    const wanted = ports.map((port) => `"${port}"`).join(', ');
    if (this.#shape === 'sequence') {
      if (Array.isArray(result) && result.length === ports.length) return undefined;
      return fault(`The result must be an array with one item for each output: ${wanted}.`);
    }
    const kind = result === null ? 'null' : typeof result;
    return fault(`The result must be an object with the outputs ${wanted}, not ${kind}.`);
  }

  #notIterable(result: unknown): NodeError | undefined {
    for (let place = 0; place < this.#ports.length; place++) {
      if (!this.isStream(place)) continue;
      const value = this.#partOf(result, place);
      if (value === skip || givesItems(value)) continue;
      const kind = value === null ? 'null' : typeof value;
      const port = this.#ports[place];
      return fault(`The output "${port}" is a stream: give it a generator, an iterator or a list, not ${kind}.`);
    }
    return undefined;
  }

  #partOf(result: unknown, place: number): unknown {
    switch (this.#shape) {
      case 'mapping': {
        if (this.#isWholeStream(result)) return result;
        return (result as Readonly<Record<PortId, unknown>>)[this.#ports[place] as PortId];
      }
      case 'sequence':
        return (result as readonly unknown[])[place];
      case 'single':
        return place === 0 ? result : undefined;
      case 'none':
        return undefined;
    }
  }

  /** A generator function needs no object around the only thing that it gives. */
  #isWholeStream(result: unknown): boolean {
    if (this.#streams === undefined || this.#ports.length !== 1) return false;
    return givesItems(result) && !((this.#ports[0] as PortId) in result);
  }

  #incomplete(result: object): NodeError {
    const missing = this.#ports.filter((port) => !(port in result));
    const names = missing.map((port) => `"${port}"`).join(', ');
    const plural = missing.length === 1 ? '' : 's';
    return fault(`The result lacks the output${plural} ${names}. Return { ${missing.join(', ')} } too.`);
  }
}

function fault(message: string): NodeError {
  return { code: 'javascript/wrong-result', message, frames: [] };
}
