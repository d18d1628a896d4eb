import type { PortId } from '@loom/graph';
import type { Definition } from '../executor.js';
import type { NodeError } from '../node-error.js';

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

  /** Why a result cannot be taken apart; undefined when it can. */
  wrongResult(result: unknown): NodeError | undefined {
    const ports = this.#ports;
    if (this.#shape === 'mapping' && typeof result === 'object' && result !== null) {
      for (const port of ports) if (!(port in result)) return this.#incomplete(result);
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

  /** The value of an output, by its place, of a result that is not wrong. */
  outputOf(result: unknown, place: number): unknown {
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
    return fault(`The result lacks the output${plural} ${names}. Return { ${missing.join(', ')} } too.`);
  }
}

function fault(message: string): NodeError {
  return { code: 'javascript/wrong-result', message, frames: [] };
}
