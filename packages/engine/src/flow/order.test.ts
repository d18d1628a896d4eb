import { createLibrary, topologicalOrder } from '@loom/graph';
import { flow, randomFlow } from '@loom/testing';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileFlow } from './compile.js';

const library = createLibrary();

function orderOf(document: Parameters<typeof compileFlow>[0]): { order: string[]; cyclic: string[] } {
  const { order, cyclic, ids } = compileFlow(document, library);
  const names = Array.from(order, (node) => ids[node] ?? '');
  return { order: names, cyclic: ids.filter((_, node) => cyclic[node] === 1) };
}

it('[P1] the order is that of the graph package', () => {
  fc.assert(
    fc.property(randomFlow({ maxNodes: 30 }), (document) => {
      expect(orderOf(document)).toEqual({ order: topologicalOrder(document).order, cyclic: [] });
    }),
  );
});

it('[P5] nodes of cycles are told from those behind them', () => {
  const { document } = flow()
    .node('behind', 't')
    .node('a', 't')
    .node('b', 't')
    .node('self', 't')
    .node('free', 't')
    .node('last', 't')
    .wire('a.out', 'b.in')
    .wire('b.out', 'a.in')
    .wire('self.out', 'self.in')
    .wire('free.out', 'a.in')
    .wire('b.out', 'behind.in')
    .wire('self.out', 'behind.in2')
    .wire('behind.out', 'last.in');
  expect(orderOf(document)).toEqual({
    order: ['free', 'a', 'b', 'self', 'behind', 'last'],
    cyclic: ['a', 'b', 'self'],
  });
});

it('[P1] a chain of 100,000 nodes needs no stack', () => {
  const nodes: Record<string, { type: string; position: { x: number; y: number } }> = {};
  const edges: Record<string, { source: string; sourcePort: string; target: string; targetPort: string }> = {};
  for (let i = 99_999; i >= 0; i--) nodes[`n${i}`] = { type: 't', position: { x: 0, y: 0 } };
  for (let i = 1; i < 100_000; i++) {
    edges[`e${i}`] = { source: `n${i - 1}`, sourcePort: 'out', target: `n${i}`, targetPort: 'in' };
  }
  const { order } = orderOf({ ...flow().document, nodes, edges });
  expect([order[0], order[99_999]]).toEqual(['n0', 'n99999']);
});
