import type { PortId } from '@loom/graph';
import { type CompiledFlow, Join } from '../flow/compiled-flow.js';
import type { Overrides } from '../plan/blocked.js';
import { ELSEWHERE, type RunRecord } from '../plan/run-record.js';
import { type GivenLiteral, givenLiterals, multipleInputs } from './task-inputs.js';
import type { Tokens } from './tokens.js';

/** What a node is called with apart from what comes by wire, and which inputs of several wires have some. */
interface Prepared {
  readonly literals: readonly GivenLiteral[];
  readonly lists: readonly PortId[];
}

const nothing: Prepared = { literals: [], lists: [] };
const preparedOf = new WeakMap<CompiledFlow, (Prepared | undefined)[]>();

/** Puts together what functions are called with, without tasks: prepared once for each compiled flow. */
export class DirectInputs {
  readonly #flow: CompiledFlow;
  readonly #overrides: Overrides;
  readonly #prepared: (Prepared | undefined)[];

  constructor(flow: CompiledFlow, overrides: Overrides) {
    this.#flow = flow;
    this.#overrides = overrides;
    let prepared = preparedOf.get(flow);
    if (!prepared) {
      prepared = new Array<Prepared | undefined>(flow.ids.length);
      preparedOf.set(flow, prepared);
    }
    this.#prepared = prepared;
  }

  /**
   * The inputs of a node that starts. Wires that bring no value count as not connected.
   *
   * @param fetch - Finds what came of a batch for an edge; may throw.
   */
  of(node: number, record: RunRecord, tokens: Tokens, fetch: (edge: number) => unknown): Record<PortId, unknown> {
    const { inStart, inEdges, edgeSource, edgeTargetPort, edgeOutput, edgeModes, joins } = this.#flow;
    const isLenient = joins !== undefined && joins[node] !== Join.all;
    const { literals, lists } = this.#preparedFor(node);
    const inputs: Record<PortId, unknown> = {};
    for (const { port, value } of literals) {
      // What receives it may change it.
      set(inputs, port, typeof value === 'object' && value !== null ? structuredClone(value) : value);
    }
    for (const port of lists) if (!Object.hasOwn(inputs, port)) set(inputs, port, []);
    const end = inStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = inStart[node] as number; k < end; k++) {
      const edge = inEdges[k] as number;
      if (isLenient && !tokens.hasValue(edge)) continue;
      const source = edgeSource[edge] as number;
      const place = edgeOutput[edge] as number;
      let value = place === 0 ? record.first[source] : record.valueAt(source, place);
      // What comes of a stream is no output.
      if (value === ELSEWHERE || edgeModes?.[edge]) value = fetch(edge);
      const port = edgeTargetPort[edge] as PortId;
      if (lists.length > 0 && lists.includes(port)) (inputs[port] as unknown[]).push(value);
      else set(inputs, port, value);
    }
    return inputs;
  }

  #preparedFor(node: number): Prepared {
    const known = this.#prepared[node];
    const own = this.#overrides.size > 0 ? this.#overrides.get(node) : undefined;
    if (known && !own) return known;
    const prepared = prepare(this.#flow, node, own);
    // What is given for one run only is not kept for the next.
    if (!own) this.#prepared[node] = prepared;
    return prepared;
  }
}

function prepare(flow: CompiledFlow, node: number, own: Parameters<typeof givenLiterals>[2]): Prepared {
  const type = flow.types[node];
  const wired = new Set<PortId>();
  const end = flow.inStart[node + 1] as number;
  for (let k = flow.inStart[node] as number; k < end; k++) {
    wired.add(flow.edgeTargetPort[flow.inEdges[k] as number] as PortId);
  }
  const multiple = type && multipleInputs(type);
  // A wire that may turn out to bring nothing leaves the place to the literal.
  const isLenient = flow.joins !== undefined && flow.joins[node] !== Join.all;
  const lists = [...wired].filter((port) => multiple?.has(port));
  const literals = givenLiterals(flow, node, own).filter(({ port }) =>
    isLenient ? !lists.includes(port) : !wired.has(port),
  );
  return literals.length === 0 && lists.length === 0 ? nothing : { literals, lists };
}

/** Defines a port of the name `__proto__`: assigning it would change the prototype instead. */
function set(inputs: Record<PortId, unknown>, port: PortId, value: unknown): void {
  if (port === '__proto__') {
    Object.defineProperty(inputs, port, { value, enumerable: true, configurable: true, writable: true });
  } else {
    inputs[port] = value;
  }
}
