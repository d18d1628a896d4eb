import { createLibrary, type NodeFunction } from '@loom/graph';
import { flow } from '@loom/testing';
import { expect, it, onTestFinished } from 'vitest';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import type { RunEvent } from '../event.js';
import { createJavaScriptExecutor } from './executor.js';

/** One function of the host, called directly. */
function running(run: NodeFunction, onEvent: (event: RunEvent) => void = () => {}) {
  const node = defineNode({ id: 'test/own', outputs: { out: 'any' }, run: run as never });
  const library = createLibrary({ shelves: [{ name: 'test', types: [node] }] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const started = engine.run(flow().node('a', 'test/own').document);
  started.subscribe((events) => events.forEach(onEvent));
  return { engine, run: started };
}

it('[J10] a function of the host asks, and goes on with the answer', async () => {
  const { engine, run } = running(
    async (_, { ask }) => ({ out: `Hello, ${await ask('Name?')}` }),
    (event) => {
      if (event.kind !== 'node-asked') return;
      expect(event.prompt).toBe('Name?');
      expect(run.answer('a', event.question, 'Ada')).toBe(true);
    },
  );
  const ref = (await run.result).outputs.a?.out?.ref;
  expect(ref && (await engine.read(ref))).toBe('Hello, Ada');
  expect(run.answer('a', 0, 'late')).toBe(false);
});

it('[J10] who asks a user that gives no answer fails, unless it knows better', async () => {
  const { run } = running(
    async (_, { ask }) => ({ out: await ask() }),
    (event) => void (event.kind === 'node-asked' && run.answer('a', event.question, null)),
  );
  expect((await run.result).errors[0]?.error.message).toContain('There is no answer');
});

it('[J10] a cancel ends what waits for an answer', async () => {
  let reason: unknown;
  const { run } = running(
    async (_, { ask }) => {
      await ask('?').catch((thrown) => {
        reason = thrown;
      });
      return { out: 1 };
    },
    (event) => void (event.kind === 'node-asked' && run.cancel()),
  );
  expect((await run.result).status).toBe('cancelled');
  await expect.poll(() => reason).toMatchObject({ code: 'run/cancelled' });
});

it('[J10] a function of the host reads live parameters', async () => {
  let hear: () => void = () => {};
  const isReading = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const { engine, run } = running(async (_, { param }) => {
    while (param('rate', 1) === 1) {
      hear();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return { out: param('rate', 1) };
  });
  await isReading;
  expect(await run.setParameter('a', 'rate', 'fast')).toMatchObject({
    status: 'rejected',
    reason: '“rate” takes a number, not fast.',
  });
  expect(await run.setParameter('a', 'rate', 3)).toEqual({ status: 'applied' });
  const ref = (await run.result).outputs.a?.out?.ref;
  expect(ref && (await engine.read(ref))).toBe(3);
});

it('[J5] progress around something tells how far it got, with and without a length', async () => {
  const told: (string | undefined)[] = [];
  const { engine, run } = running(
    async (_, { progress }) => {
      let out = 0;
      for (const item of progress(new Set([1, 2]), 'adding')) out += item;
      const later = (async function* () {
        yield 3;
      })();
      for await (const item of progress(later)) out += item;
      return { out };
    },
    (event) => event.kind === 'node-progress' && told.push(`${event.fraction} ${event.message}`),
  );
  const ref = (await run.result).outputs.a?.out?.ref;
  expect(ref && (await engine.read(ref))).toBe(6);
  expect(told).toEqual(['0 adding 0 of 2', '0.5 adding 1 of 2', '1 adding 2 of 2', '0 0', '0 1']);
});
