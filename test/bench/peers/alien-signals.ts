import { type Contender, endsOf, sinksOf, type WiredNode, wiredNodes } from '../engine/subject.js';
import { mix } from '../engine/work.js';
import { loadPeer } from './module.js';

type Read = () => number;
type Signal = Read & ((value: number) => void);

interface Signals {
  signal(value: number): Signal;
  computed(compute: () => number): Read;
  effect(react: () => void): () => void;
  startBatch(): void;
  endBatch(): void;
}

const { signal, computed, effect, startBatch, endBatch } = await loadPeer<Signals>('alien-signals');

/** A signal for each literal, a computed for each node, an effect for each sink, which brings what it needs up to date. */
export const alienSignals: Contender = {
  name: 'alien-signals',
  works: ['bench/mix'],
  build(flow) {
    const nodes = wiredNodes(flow);
    const computeds = new Map<string, Read>();
    const literals = new Map<string, Signal>();
    const firsts: { readonly literal: Signal; readonly value: number }[] = [];
    const inputOf = ({ id, ...inputs }: WiredNode, port: 'a' | 'b'): Read => {
      const input = inputs[port];
      if (typeof input === 'string') return computeds.get(input) as Read; // of a node before
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
        computed(() => mix(a(), b())),
      );
    }
    const [first, last] = endsOf(nodes);
    const source = literals.get(`${first.id}.a`) as Signal; // they have such literals
    const leaf = literals.get(`${last.id}.b`) as Signal;
    const lastComputed = computeds.get(last.id) as Read;
    const ends = sinksOf(nodes).map(({ id }) => {
      const sink = computeds.get(id) as Read;
      return effect(() => void sink());
    });
    return {
      run(round) {
        startBatch();
        for (const { literal, value } of firsts) literal(value + round);
        endBatch();
      },
      changeLeaf: (value) => leaf(value),
      changeSource: (value) => source(value),
      last: () => lastComputed(),
      async dispose() {
        for (const end of ends) end();
      },
    };
  },
};
