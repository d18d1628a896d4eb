import { createLibrary } from '@loom/graph';
import { flow, simulatedClock } from '@loom/testing';
import { expect, it, onTestFinished } from 'vitest';
import { builtinShelf } from '../../builtin-shelf.js';
import { defineNode } from '../../define-node.js';
import { createEngine } from '../../engine/engine.js';
import type { Engine } from '../../engine-api.js';
import { createJavaScriptExecutor } from '../../javascript/executor.js';
import { turn } from '../run-fixture.js';

function parameterEngine(): {
  engine: Engine;
  rates: unknown[];
  finish: () => void;
  clock: ReturnType<typeof simulatedClock>;
  /** Resolves when so many calls have begun. */
  begun: (wanted: number) => Promise<void>;
} {
  const rates: unknown[] = [];
  const finishes: (() => void)[] = [];
  let calls = 0;
  const clock = simulatedClock(1);
  const train = defineNode({
    id: 'p/train',
    inputs: { start: { type: 'any', required: false } },
    outputs: { out: 'any' },
    run: (_, { onParameter }) => {
      calls++;
      onParameter('rate', (rate) => {
        if (typeof rate !== 'number') throw new Error('A rate is a number.');
        rates.push(rate);
      });
      onParameter('stuck', () => new Promise(() => {}));
      return new Promise<{ out: number }>((resolve) => {
        finishes.push(() => resolve({ out: 1 }));
      });
    },
  });
  const library = createLibrary({ shelves: [builtinShelf, { name: 'p', types: [train] }] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()], clock });
  onTestFinished(() => engine.dispose());
  return {
    engine,
    rates,
    finish: () => {
      for (const end of finishes.splice(0)) end();
    },
    clock,
    begun: async (wanted) => {
      while (calls < wanted) await turn();
    },
  };
}

it('[A1] a running node takes a parameter, or says why not', async () => {
  const { engine, rates, finish, clock, begun } = parameterEngine();
  const run = engine.run(flow().node('train', 'p/train').document);
  await begun(1);
  expect(await run.setParameter('train', 'rate', 0.5)).toEqual({ status: 'applied' });
  expect(await run.setParameter('train', 'rate', 'fast')).toMatchObject({ status: 'rejected' });
  expect(rates).toEqual([0.5]);
  const answer = run.setParameter('train', 'stuck', 1);
  await turn();
  clock.advance(5_000);
  expect(await answer).toMatchObject({ status: 'rejected', reason: expect.stringContaining('5 s') });
  finish();
  await run.result;
});

it('[A2] a node that offers no handler, or does not run, has none', async () => {
  const { engine, finish, begun } = parameterEngine();
  const run = engine.run(
    flow().node('train', 'p/train').node('next', 'p/train').wire('train.out', 'next.start').document,
  );
  await begun(1);
  const none = { status: 'no-handler' };
  expect(await run.setParameter('train', 'size', 1)).toEqual(none);
  expect(await run.setParameter('next', 'rate', 1)).toEqual(none);
  expect(await run.setParameter('nobody', 'rate', 1)).toEqual(none);
  finish();
  await begun(2);
  finish();
  await run.result;
  expect(await run.setParameter('train', 'rate', 1)).toEqual(none);
});

it('[A2] every frame in which it runs is asked', async () => {
  const { engine, rates, finish, begun } = parameterEngine();
  const { document } = flow()
    .zone('each', { kind: 'for-each' }, { items: [1, 2] })
    .node('train', 'p/train')
    .into('each', 'train')
    .wire('each.item', 'train.start');
  const run = engine.run(document);
  await begun(2);
  await run.setParameter('train', 'rate', 1);
  expect(rates).toEqual([1, 1]);
  await run.setParameter('train', 'rate', 2, [{ node: 'each', index: 1 }]);
  expect(rates).toEqual([1, 1, 2]);
  finish();
  await run.result;
});
