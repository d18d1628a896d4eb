import type { PortId } from '@loom/graph';
import { type CompiledFlow, Join } from '../../flow/compiled-flow.js';
import type { Overrides } from '../../plan/blocked.js';
import { ELSEWHERE } from '../../plan/place-marks.js';
import type { RunPlan } from '../../plan/plan.js';
import type { RunRecord } from '../../plan/run-record.js';
import { type GivenLiteral, givenLiterals, multipleInputs } from '../dispatch/task-inputs.js';
import type { Tokens } from '../tokens.js';
import { type CallRecipes, recipesOf } from './call-recipes.js';
import { freshJson, setOwn } from './fresh-json.js';

/** What a node is called with apart from what comes by wire, and which inputs of several wires have some. */
interface Prepared {
  readonly literals: readonly GivenLiteral[];
  readonly lists: readonly PortId[];
}

const nothing: Prepared = { literals: [], lists: [] };
const preparedOfFlows = new WeakMap<CompiledFlow, (Prepared | undefined)[]>();

function preparedOf(flow: CompiledFlow): (Prepared | undefined)[] {
  let prepared = preparedOfFlows.get(flow);
  if (!prepared) {
    prepared = [];
    preparedOfFlows.set(flow, prepared);
  }
  return prepared;
}

/** Puts together what functions are called with, without tasks: by recipe where there is one, else wire by wire. */
export class DirectInputs {
  readonly #flow: CompiledFlow;
  readonly #overrides: Overrides;
  readonly #recipes: CallRecipes;
  #prepared: (Prepared | undefined)[] | undefined;

  constructor({ flow, scope, overrides }: Pick<RunPlan, 'flow' | 'scope' | 'overrides'>) {
    this.#flow = flow;
    this.#overrides = overrides;
    this.#recipes = recipesOf(flow, scope);
  }

  /**
   * The inputs of a node that starts. Wires that bring no value count as not connected.
   *
   * @param fetch - Finds what came of a batch for an edge; may throw.
   */
  of(
    node: number,
    record: RunRecord,
    tokens: Pick<Tokens, 'hasValue' | 'isNone'>,
    fetch: (edge: number) => unknown,
  ): Record<PortId, unknown> {
    if (!record.hasElsewhere) {
      const inputs = this.#recipes.inputsOf(this.#recipes.layout.positionOf(node), record.values);
      if (inputs) return inputs;
    }
    const { inStart, inEdges, edgeSource, edgeTargetPort, edgeOutput, edgeModes, joins } = this.#flow;
    const isLenient = joins !== undefined && joins[node] !== Join.all;
    const { literals, lists } = this.#preparedFor(node);
    const inputs: Record<PortId, unknown> = {};
    // What receives it may change it.
    for (const { port, value } of literals) setOwn(inputs, port, freshJson(value));
    for (const port of lists) if (!isLenient || this.#isBrought(node, port, tokens)) setOwn(inputs, port, []);
    const end = inStart[node + 1] as number; // typed arrays of fixed length, here and below
    for (let k = inStart[node] as number; k < end; k++) {
      const edge = inEdges[k] as number;
      if (isLenient && !tokens.hasValue(edge)) continue;
      let value = record.valueAt(edgeSource[edge] as number, edgeOutput[edge] as number);
      // What comes of a stream is no output.
      if (value === ELSEWHERE || edgeModes?.[edge]) value = fetch(edge);
      const port = edgeTargetPort[edge] as PortId;
      if (lists.length > 0 && lists.includes(port)) (inputs[port] as unknown[]).push(value);
      else setOwn(inputs, port, value);
    }
    return inputs;
  }

  /** The inputs of a node, by its position, where all wires bring values of this realm. */
  ofValues(position: number, record: RunRecord): Record<PortId, unknown> {
    return this.of(record.layout.nodes[position] as number, record, ALL_VALUES, fetchNothing);
  }

  /** Whether any wire into an input is more than as good as not there: the list of what they bring may be empty. */
  #isBrought(node: number, port: PortId, tokens: Pick<Tokens, 'isNone'>): boolean {
    const { inStart, inEdges, edgeTargetPort } = this.#flow;
    const end = inStart[node + 1] as number; // typed arrays of fixed length
    for (let k = inStart[node] as number; k < end; k++) {
      const edge = inEdges[k] as number;
      if (edgeTargetPort[edge] === port && !tokens.isNone(edge)) return true;
    }
    return false;
  }

  #preparedFor(node: number): Prepared {
    this.#prepared ??= preparedOf(this.#flow);
    const known = this.#prepared[node];
    const own = this.#overrides.size > 0 ? this.#overrides.get(node) : undefined;
    if (known && !own) return known;
    const prepared = prepare(this.#flow, node, own);
    // What is given for one run only is not kept for the next.
    if (!own) this.#prepared[node] = prepared;
    return prepared;
  }
}

const ALL_VALUES = { hasValue: () => true, isNone: () => false };

function fetchNothing(): never {
  throw new Error('A value is held by an executor.');
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
  const literals = givenLiterals(flow, node, own).filter(({ port }) => isLenient || !wired.has(port));
  return literals.length === 0 && lists.length === 0 ? nothing : { literals, lists };
}
