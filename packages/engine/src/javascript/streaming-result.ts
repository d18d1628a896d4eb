import type { PortId } from '@loom/graph';
import type { Definition } from '../executor.js';
import type { NodeError } from '../node-error.js';
import { skip } from '../skip.js';
import { givesItems, streamFrom } from './iteration.js';
import { ResultShape, wrong } from './result.js';

/** How the results of a definition are taken apart. */
export function resultShape(definition: Pick<Definition, 'implementation' | 'outputs' | 'streams'>): ResultShape {
  const { streams = [] } = definition;
  return streams.length === 0 ? new ResultShape(definition) : new StreamingResult(definition, streams);
}

/** Results with streams among their outputs. A shape of its own, because most results have none and are to be quick. */
class StreamingResult extends ResultShape {
  readonly #streams: readonly boolean[];
  /** The name of the only output. */
  readonly #only: PortId | undefined;

  constructor(definition: Pick<Definition, 'implementation' | 'outputs'>, streams: readonly PortId[]) {
    super(definition);
    this.#streams = definition.outputs.map((port) => streams.includes(port));
    if (definition.outputs.length === 1) this.#only = definition.outputs[0];
  }

  override isStream(place: number): boolean {
    return this.#streams[place] === true;
  }

  override wrongResult(result: unknown): NodeError | undefined {
    if (result === skip || this.#isWhole(result)) return undefined;
    return super.wrongResult(result) ?? this.#notIterable(result);
  }

  override outputOf(result: unknown, place: number): unknown {
    const value = this.#isWhole(result) ? result : super.outputOf(result, place);
    return this.isStream(place) && value !== skip ? streamFrom(value) : value;
  }

  /** A generator function needs no object around the only thing that it gives. */
  #isWhole(result: unknown): boolean {
    return this.#only !== undefined && givesItems(result) && !(this.#only in result);
  }

  #notIterable(result: unknown): NodeError | undefined {
    for (const [place, port] of this.ports.entries()) {
      if (!this.isStream(place)) continue;
      const value = super.outputOf(result, place);
      if (value === skip || givesItems(value)) continue;
      const kind = value === null ? 'null' : typeof value;
      return wrong(`The output "${port}" is a stream: give it a generator, an iterator or a list, not ${kind}.`);
    }
    return undefined;
  }
}
