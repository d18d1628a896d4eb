import { type Contender, endsOf, sinksOf, type WiredNode, wiredNodes } from '../engine/subject.js';
import { mix } from '../engine/work.js';
import { loadPeer } from './module.js';

interface Signal {
  value: number;
}

interface Signals {
  signal(value: number): Signal;
  computed(compute: () => number): Readonly<Signal>;
  effect(react: () => void): () => void;
  batch(change: () => void): void;
}

const { signal, computed, effect, batch } = await loadPeer<Signals>('@preact/signals-core');

/** A signal for each literal, a computed for each node, an effect for each sink, which brings what it needs up to date. */
export const preactSignals: Contender = {
  name: '@preact/signals-core',
  works: ['bench/mix'],
  build(flow) {
    const nodes = wiredNodes(flow);
    const computeds = new Map<string, Readonly<Signal>>();
    const literals = new Map<string, Signal>();
    const firsts: { readonly literal: Signal; readonly value: number }[] = [];
    const inputOf = ({ id, ...inputs }: WiredNode, port: 'a' | 'b'): Readonly<Signal> => {
      const input = inputs[port];
      if (typeof input === 'string') return computeds.get(input) as Readonly<Signal>; // of a node before
      const literal = signal(input);
      literals.set(`${id}.${port}`, literal);
      if (port === 'a') firsts.push({ literal, value: input });
      return literal;
    };
    for (const node of nodes) {
      const a = inputOf(node, 'a');
      const b = inputOf(node, 'b');
      computeds.set(
        node.id,
        computed(() => mix(a.value, b.value)),
      );
    }
    const [first, last] = endsOf(nodes);
    const source = literals.get(`${first.id}.a`) as Signal; // they have such literals
    const leaf = literals.get(`${last.id}.b`) as Signal;
    const lastComputed = computeds.get(last.id) as Readonly<Signal>;
    const ends = sinksOf(nodes).map(({ id }) => {
      const sink = computeds.get(id) as Readonly<Signal>;
      return effect(() => void sink.value);
    });
    return {
      run(round) {
        batch(() => {
          for (const { literal, value } of firsts) literal.value = value + round;
        });
      },
      changeLeaf(value) {
        leaf.value = value;
      },
      changeSource(value) {
        source.value = value;
      },
      last: () => lastComputed.value,
      async dispose() {
        for (const end of ends) end();
      },
    };
  },
};
