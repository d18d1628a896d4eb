import { type Contender, endsOf, wiredNodes } from '../engine/subject.js';
import { callOf } from '../engine/work.js';
import { loadPeer } from './module.js';

interface Observer {
  fulfilled(value: number): void;
  rejected(error: unknown): void;
}

interface Variable {
  define(name: string, inputs: readonly string[], definition: unknown): void;
}

interface RuntimeModule {
  readonly Runtime: new () => {
    module(): { variable(observer?: Observer): Variable };
    dispose(): void;
  };
}

const { Runtime } = await loadPeer<RuntimeModule>('@observablehq/runtime');

/** Tells when all nodes that a change reaches have a new value. */
class Waiting {
  #left = 0;
  #resolve: () => void = () => {};
  #reject: (error: unknown) => void = () => {};

  /** Until so many values are there. */
  for(values: number, change: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#left = values;
      this.#resolve = resolve;
      this.#reject = reject;
      change();
    });
  }

  fulfilled(): void {
    if (--this.#left === 0) this.#resolve();
  }

  rejected(error: unknown): void {
    this.#reject(error);
  }
}

/** A variable for each node and each literal. Nodes are observed, as cells are that a notebook shows. */
export const observable: Contender = {
  name: '@observablehq/runtime',
  works: ['bench/mix', 'bench/mix-later', 'bench/sleep'],
  build(flow, work) {
    const nodes = wiredNodes(flow);
    const call = callOf(work);
    const [first, last] = endsOf(nodes);
    const runtime = new Runtime();
    const module = runtime.module();
    const waiting = new Waiting();
    const reached = new Set<string>([first.id]);
    let lastValue = 0;

    const literals = new Map<string, { readonly variable: Variable; readonly value: number }>();
    const inputOf = (id: string, port: 'a' | 'b', input: number | string): string => {
      if (typeof input === 'string') return input;
      const name = `${id}.${port}`;
      const variable = module.variable();
      variable.define(name, [], input);
      literals.set(name, { variable, value: input });
      return name;
    };
    const observerOf = (isLast: boolean): Observer => ({
      fulfilled(value) {
        if (isLast) lastValue = value;
        waiting.fulfilled();
      },
      rejected: (error) => waiting.rejected(error),
    });
    // What is defined is computed soon, whoever waits for it.
    let computing: Promise<void> | undefined = waiting.for(nodes.length, () => {
      for (const { id, a, b } of nodes) {
        const inputs = [inputOf(id, 'a', a), inputOf(id, 'b', b)];
        if (inputs.some((input) => reached.has(input))) reached.add(id);
        module.variable(observerOf(id === last.id)).define(id, inputs, call);
      }
    });

    const change = (name: string, value: number): void => literals.get(name)?.variable.define(name, [], value);
    const firsts = [...literals].filter(([name]) => name.endsWith('.a'));
    return {
      run(round) {
        const pending = computing;
        computing = undefined;
        if (pending) return pending;
        return waiting.for(nodes.length, () => {
          for (const [name, { value }] of firsts) change(name, value + round);
        });
      },
      changeLeaf: (value) => waiting.for(1, () => change(`${last.id}.b`, value)),
      changeSource: (value) => waiting.for(reached.size, () => change(`${first.id}.a`, value)),
      last: () => lastValue,
      dispose: async () => runtime.dispose(),
    };
  },
};
