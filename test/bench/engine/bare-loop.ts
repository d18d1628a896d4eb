import type { FlowDocument, FlowEdge, FlowNode } from '@loom/graph';
import { type Call, mix } from './work.js';

interface BareNode {
  readonly call: Call<number>;
  /** Where its two inputs are in the array of values. */
  readonly inputs: readonly [number, number];
}

/** A node while its place is looked for. */
interface Unsorted {
  readonly node: FlowNode;
  a: Unsorted | undefined;
  b: Unsorted | undefined;
  readonly targets: Unsorted[];
  waiting: number;
  place: number;
}

/**
 * The least that one could do: an array of nodes, sorted; an array of values, literals behind those of the nodes; one
 * call for each node, with its inputs read by index. There are no ports, states, events, errors or earlier results.
 */
export class BareLoop {
  readonly #nodes: readonly BareNode[];
  readonly #values: number[];
  readonly #last: number;

  constructor(nodes: readonly BareNode[], values: number[], last: number) {
    this.#nodes = nodes;
    this.#values = values;
    this.#last = last;
  }

  /** What the last node of the flow has. */
  get last(): number {
    return this.#values[this.#last] as number; // every node has a value
  }

  run(): void {
    const nodes = this.#nodes;
    const values = this.#values;
    for (let i = 0; i < nodes.length; i++) {
      const { call, inputs } = nodes[i] as BareNode; // within the bounds of the loop, here and below
      values[i] = call(values[inputs[0]] as number, values[inputs[1]] as number);
    }
  }

  /** The same, with functions that give promises: each is waited for. */
  async runLater(call: Call<Promise<number>>): Promise<void> {
    const nodes = this.#nodes;
    const values = this.#values;
    for (let i = 0; i < nodes.length; i++) {
      const { inputs } = nodes[i] as BareNode;
      values[i] = await call(values[inputs[0]] as number, values[inputs[1]] as number);
    }
  }

  /** Changes a literal: the second input of the last node, or the first of the first. */
  change(which: 'leaf' | 'source', value: number): void {
    const [at, port] = which === 'leaf' ? [this.#last, 1] : [0, 0];
    const place = this.#nodes[at]?.inputs[port];
    if (place === undefined || place < this.#nodes.length) throw new Error(`The ${which} has no literal.`);
    this.#values[place] = value;
  }
}

/** Builds the loop of a parsed flow: looks names up, sorts, and gives each node its place. */
export function bareLoopOf({ nodes, edges }: FlowDocument): BareLoop {
  const unsorted = new Map<string, Unsorted>();
  let last: Unsorted | undefined;
  for (const id in nodes) {
    last = { node: nodes[id] as FlowNode, a: undefined, b: undefined, targets: [], waiting: 0, place: 0 };
    unsorted.set(id, last);
  }
  for (const id in edges) {
    const { source, target, targetPort } = edges[id] as FlowEdge; // a key of it
    const from = unsorted.get(source);
    const to = unsorted.get(target);
    if (!from || !to) throw new Error(`The ends of ${id} do not exist.`);
    if (targetPort === 'a') to.a = from;
    else to.b = from;
    to.waiting++;
    from.targets.push(to);
  }
  const order: Unsorted[] = [];
  for (const each of unsorted.values()) if (each.waiting === 0) order.push(each);
  for (let i = 0; i < order.length; i++) {
    const each = order[i] as Unsorted;
    each.place = i;
    for (const target of each.targets) if (--target.waiting === 0) order.push(target);
  }
  const values = new Array<number>(order.length).fill(0);
  const sorted = order.map(({ node, a, b }): BareNode => {
    const first = a ? a.place : values.push(node.inputs?.a as number) - 1;
    const second = b ? b.place : values.push(node.inputs?.b as number) - 1;
    return { call: mix, inputs: [first, second] };
  });
  return new BareLoop(sorted, values, last?.place ?? 0);
}
