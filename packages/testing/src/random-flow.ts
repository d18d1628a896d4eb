import { defineNode } from '@loom/engine';
import type { FlowDocument, NodeType } from '@loom/graph';
import * as fc from 'fast-check';
import { flow } from './flow.js';

/** Node types of random flows: `test/join` takes any number of wires; a second language makes values move. */
export const randomFlowTypes: readonly NodeType[] = [
  defineNode({
    id: 'test/join',
    inputs: { in: { type: 'any', multiple: true, required: false } },
    outputs: { out: 'any' },
    run: ({ in: items }) => ({ out: items }),
  }),
];

/** Shape of a random flow. */
export interface RandomFlowOptions {
  /** @default 12 */
  readonly maxNodes?: number;
  /** Types to choose from; each must have a multiple input `in` and an output `out`. @default ['test/join'] */
  readonly types?: readonly string[];
}

/**
 * Random flows without cycles: a wire goes from a node to a later one. Nodes are called `n0`, `n1` and so on; some are
 * muted.
 */
export function randomFlow(options: RandomFlowOptions = {}): fc.Arbitrary<FlowDocument> {
  const { maxNodes = 12, types = ['test/join'] } = options;
  const node = fc.record({
    type: fc.constantFrom(...types),
    muted: fc.integer({ min: 0, max: 14 }).map((dice) => dice === 0),
    sources: fc.array(fc.nat(), { maxLength: 3 }),
  });
  return fc.array(node, { minLength: 1, maxLength: maxNodes }).map((nodes) => {
    let builder = flow();
    nodes.forEach(({ type, muted }, i) => {
      builder = builder.node(`n${i}`, type, undefined, muted ? { mode: 'muted' } : undefined);
    });
    nodes.forEach(({ sources }, i) => {
      if (i === 0) return;
      for (const source of new Set(sources.map((number) => number % i)))
        builder = builder.wire(`n${source}.out`, `n${i}.in`);
    });
    return builder.document;
  });
}
