import { createLibrary, type FlowDocument } from '@loom/graph';
import { flow, randomFlow, randomFlowTypes } from '@loom/testing';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileFlow } from '../../flow/compile.js';
import { tokenStart } from '../plan-start.js';
import { Phase, Token, Tokens } from '../tokens.js';
import { type BatchingOptions, type FrameTokens, formBatches, mostTasks, type NodeRun } from './batching.js';

const library = createLibrary({ shelves: [{ name: 'test', types: randomFlowTypes }] });

function batchesOf(
  document: FlowDocument,
  options: Partial<BatchingOptions<FrameTokens>> = {},
): { names: string[][]; taken: number } {
  const compiled = compileFlow(document, library);
  const tokens = new Tokens(
    compiled,
    tokenStart(compiled, compiled.order, () => true),
  );
  const frame: FrameTokens = { flow: compiled, tokens };
  const ready: NodeRun[] = [];
  for (let node = tokens.next(); node !== undefined; node = tokens.next()) ready.push({ frame, node });
  const { batches, taken } = formBatches({
    ready,
    lanes: 1,
    spread: false,
    closure: true,
    maximum: 256,
    mayJoin: (_, node) => tokens.phase[node] === Phase.waiting,
    ...options,
  });
  return { names: batches.map((runs) => runs.map(({ node }) => compiled.ids[node] ?? '')), taken };
}

const twoChains = flow()
  .node('a1', 'test/join')
  .node('b1', 'test/join')
  .node('a2', 'test/join')
  .node('b2', 'test/join')
  .node('both', 'test/join')
  .wire('a1.out', 'a2.in')
  .wire('b1.out', 'b2.in')
  .wire('a2.out', 'both.in')
  .wire('b2.out', 'both.in').document;

it('[B1] one lane takes everything that becomes ready in it', () => {
  expect(batchesOf(twoChains)).toEqual({ names: [['a1', 'b1', 'a2', 'b2', 'both']], taken: 2 });
});

it('[B2] independent chains go to lanes of their own, and what joins them waits', () => {
  expect(batchesOf(twoChains, { spread: true, lanes: 2 })).toEqual({
    names: [
      ['a1', 'a2'],
      ['b1', 'b2'],
    ],
    taken: 2,
  });
});

it('[B3] a batch is cut at its maximum', () => {
  expect(batchesOf(twoChains, { maximum: 3 }).names).toEqual([['a1', 'b1', 'a2']]);
  expect(batchesOf(twoChains, { maximum: 1 })).toEqual({ names: [['a1']], taken: 1 });
});

it('[B3] a batch is larger where no lanes have to be balanced', () => {
  let long = flow();
  for (let index = 0; index < 1100; index++) {
    long = long.node(`n${index}`, 'test/join');
    if (index > 0) long = long.wire(`n${index - 1}.out`, `n${index}.in`);
  }
  const sizeOf = (spread: boolean) => batchesOf(long.document, { spread, maximum: mostTasks(spread) }).names[0]?.length;
  expect([sizeOf(true), sizeOf(false)]).toEqual([256, 1024]);
});

it('[B1] without closure only what is ready goes', () => {
  expect(batchesOf(twoChains, { closure: false }).names).toEqual([['a1', 'b1']]);
});

it('[B1] a node that has been reached by an error does not join', () => {
  const compiled = compileFlow(twoChains, library);
  const tokens = new Tokens(
    compiled,
    tokenStart(compiled, compiled.order, () => true),
  );
  const index = (id: string): number => compiled.indexOf.get(id) ?? -1;
  for (const id of ['a1', 'a2']) tokens.settle(index(id), Phase.error, Token.error, index(id));
  const { batches } = formBatches({
    ready: [{ frame: { flow: compiled, tokens }, node: index('b1') }],
    lanes: 1,
    spread: false,
    closure: true,
    maximum: 256,
    mayJoin: (_, node) => tokens.phase[node] === Phase.waiting,
  });
  expect(batches.map((runs) => runs.map(({ node }) => node))).toEqual([[index('b1'), index('b2')]]);
});

it('[B1] in every batch each node comes after those of the same batch that it needs', () => {
  const shapes = fc.record({
    spread: fc.boolean(),
    lanes: fc.integer({ min: 1, max: 4 }),
    maximum: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(randomFlow({ maxNodes: 25 }), shapes, (document, shape) => {
      const { names } = batchesOf(document, shape);
      const all = names.flat();
      expect(new Set(all).size).toBe(all.length);
      expect(names.length).toBeLessThanOrEqual(shape.lanes);
      for (const batch of names) {
        for (const { source, target } of Object.values(document.edges)) {
          if (!batch.includes(target)) continue;
          // Every input of a node in a first batch comes from the same batch: nothing has ended yet.
          expect(batch.indexOf(source)).toBeGreaterThanOrEqual(0);
          expect(batch.indexOf(source)).toBeLessThan(batch.indexOf(target));
        }
      }
    }),
  );
});
