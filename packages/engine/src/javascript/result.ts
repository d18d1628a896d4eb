import type { PortId } from '@loom/graph';
import type { Definition } from '../executor.js';
import type { NodeError } from '../node-error.js';
import { skip } from '../skip.js';

type Shape = 'none' | 'single' | 'mapping' | 'sequence';

/** How a result is taken apart into output ports, by what the implementation says that it returns. */
export class ResultShape {
  readonly #shape: Shape;
  readonly #ports: readonly PortId[];

  constructor({ implementation, outputs }: Pick<Definition, 'implementation' | 'outputs'>) {
    const returns = implementation.kind === 'function' ? 'mapping' : implementation.returns;
    this.#ports = outputs;
    this.#shape = outputs.length === 0 ? 'none' : returns;
  }

  get ports(): readonly PortId[] {
    return this.#ports;
  }

  /** The ports, when each is a property of a result. */
  get plainPorts(): readonly PortId[] | undefined {
    return this.#shape === 'mapping' ? this.#ports : undefined;
  }

  /** Whether the output of a place is a stream. */
  isStream(_place: number): boolean {
    return false;
  }

  /** Why a result cannot be taken apart; undefined when it can. */
  wrongResult(result: unknown): NodeError | undefined {
    if (result === skip) return undefined;
    const ports = this.#ports;
    if (this.#shape === 'mapping' && typeof result === 'object' && result !== null) {
      for (const port of ports) if (!(port in result)) return this.#incomplete(result);
      return undefined;
    }
    if (this.#shape === 'none' || this.#shape === 'single') return undefined;
    const wanted = ports.map((port) => `"${port}"`).join(', ');
    if (this.#shape === 'sequence') {
      if (Array.isArray(result) && result.length === ports.length) return undefined;
      return wrong(`The result must be an array with one item for each output: ${wanted}.`);
    }
    const kind = result === null ? 'null' : typeof result;
    return wrong(`The result must be an object with the outputs ${wanted}, not ${kind}.`);
  }

  /** The value of an output, by its place, of a result that is not wrong; `skip` where it has none. */
  outputOf(result: unknown, place: number): unknown {
    if (result === skip) return skip;
    switch (this.#shape) {
      case 'mapping':
        return (result as Readonly<Record<PortId, unknown>>)[this.#ports[place] as PortId];
      case 'sequence':
        return (result as readonly unknown[])[place];
      case 'single':
        return place === 0 ? result : undefined;
      case 'none':
        return undefined;
    }
  }

  #incomplete(result: object): NodeError {
    const missing = this.#ports.filter((port) => !(port in result));
    const names = missing.map((port) => `"${port}"`).join(', ');
    const plural = missing.length === 1 ? '' : 's';
    return wrong(`The result lacks the output${plural} ${names}. Return { ${missing.join(', ')} } too.`);
  }
}

export function wrong(message: string): NodeError {
  return { code: 'javascript/wrong-result', message, frames: [] };
}
