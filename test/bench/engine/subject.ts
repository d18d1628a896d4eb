import { createEngine, createJavaScriptExecutor, defineNode, type Engine } from '@loom/engine';
import { createLibrary, type FlowDocument, type Library, load } from '@loom/graph';
import { type BenchFlow, literalsOf, PORTS } from './flows.js';

const INPUTS = { a: 'number', b: 'number' } as const;

/** Cheap, and nothing that a compiler could leave out. */
function mix(a: number, b: number): number {
  return (a * 31 + b * 17 + 7) % 1_000_003;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const types = [
  defineNode({ id: 'bench/mix', inputs: INPUTS, outputs: { out: 'number' }, run: ({ a, b }) => ({ out: mix(a, b) }) }),
  defineNode({
    id: 'bench/mix-later',
    inputs: INPUTS,
    outputs: { out: 'number' },
    run: async ({ a, b }) => ({ out: mix(a, b) }),
  }),
  defineNode({
    id: 'bench/sleep',
    inputs: INPUTS,
    outputs: { out: 'number' },
    run: async ({ a }) => {
      await pause(10);
      return { out: a };
    },
  }),
];

export const library: Library = createLibrary({ shelves: [{ name: 'bench', types }] });

/** An engine as users get it, with a document to run. */
export interface Subject {
  readonly engine: Engine;
  readonly document: FlowDocument;
  /** Runs everything; the milliseconds until the result is there. */
  run(): Promise<number>;
}

export function subjectOf({ file }: BenchFlow, onEvents?: (events: readonly unknown[]) => void): Subject {
  const { document, issues } = load(file, { library });
  if (issues.length > 0) throw new Error(`The flow has issues: ${JSON.stringify(issues.slice(0, 3))}`);
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  if (onEvents) engine.subscribe(onEvents);
  const run = async (): Promise<number> => {
    const start = performance.now();
    const { status } = await engine.run(document).result;
    const time = performance.now() - start;
    if (status !== 'succeeded') throw new Error(`The run ${status}.`);
    return time;
  };
  return { engine, document, run };
}

/** What the last node gave, to see that both did the same. */
export async function lastValue({ engine, document }: Subject): Promise<unknown> {
  const { outputs } = await engine.run(document).result;
  const ref = Object.values(outputs).at(-1)?.out?.ref;
  return ref && engine.read(ref);
}

type Inputs = Record<string, number>;

/** A node of a bare loop. */
interface BareNode {
  readonly sources: readonly BareNode[];
  readonly literals: readonly number[];
  value: number;
}

/**
 * The least that one could do: records that are sorted already, and a loop over them. No order is looked for; there are
 * no ports, states, events, errors or earlier results.
 */
export class BareLoop {
  readonly #nodes: BareNode[] = [];

  constructor({ feeds }: BenchFlow) {
    feeds.forEach((pair, i) => {
      const sources = (pair ?? []).map((index) => this.#nodes[index] as BareNode); // earlier nodes
      this.#nodes.push({ sources, literals: pair ? [] : Object.values(literalsOf(i)), value: 0 });
    });
  }

  get last(): number {
    return this.#nodes.at(-1)?.value ?? 0;
  }

  /** Values are handed to one function, as a list. */
  run(): void {
    for (const node of this.#nodes) node.value = mixAll(valuesOf(node));
  }

  /** Functions of nodes are called as the engine calls them: with inputs by name, for outputs by name. */
  runCalls(): void {
    for (const node of this.#nodes) node.value = mixNamed(inputsOf(node)).out;
  }

  /** The same with functions that give promises. */
  async runLater(): Promise<void> {
    const later = async (inputs: Inputs): Promise<{ readonly out: number }> => mixNamed(inputs);
    for (const node of this.#nodes) node.value = (await later(inputsOf(node))).out;
  }
}

function valuesOf({ literals, sources }: BareNode): number[] {
  const values: number[] = [];
  for (const value of literals) values.push(value);
  for (const source of sources) values.push(source.value);
  return values;
}

function inputsOf(node: BareNode): Inputs {
  const inputs: Inputs = {};
  valuesOf(node).forEach((value, k) => {
    inputs[PORTS[k] as string] = value;
  });
  return inputs;
}

function mixAll([a = 0, b = 0]: readonly number[]): number {
  return mix(a, b);
}

function mixNamed({ a = 0, b = 0 }: Inputs): { readonly out: number } {
  return { out: mix(a, b) };
}
