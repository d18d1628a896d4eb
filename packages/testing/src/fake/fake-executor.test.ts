import { type Definition, type OutputSummary, skip, type TaskEvent } from '@loom/engine';
import { describe, expect, it } from 'vitest';
import { literal, task } from '../contract/batches.js';
import { itemRules, take } from '../contract/item-rules.js';
import { createFakeExecutor } from './fake-executor.js';
import { createFakeStream } from './fake-stream.js';

const step: Definition = {
  typeId: 'step',
  outputs: ['a', 'b'],
  implementation: { kind: 'function', language: 'javascript', run: () => ({}), revision: '1' },
};

/** An executor with one task that has begun. */
async function running(...more: ReturnType<typeof task>[]) {
  const fake = createFakeExecutor({
    onParameter: (nodeId, name, value) => ({ status: 'rejected', reason: `${nodeId} ${name} ${value}` }),
  });
  const events: TaskEvent[] = [];
  const first = { ...task(step), nodeId: 'first' };
  await fake.define([step]);
  const finished = fake.execute(
    {
      id: 'batch',
      tasks: [
        first,
        ...more.map((each, place) => ({ ...each, nodeId: `node ${place}`, inputs: inputsOf(first.id, each) })),
      ],
    },
    { signal: new AbortController().signal, onEvents: (group) => events.push(...group) },
  );
  fake.begin('first');
  return { fake, events, first, finished };
}

/** Inputs named for a port of the first task come from there. */
function inputsOf(first: string, { inputs }: ReturnType<typeof task>): ReturnType<typeof task>['inputs'] {
  const sources = Object.keys(inputs).map((port) => [port, { kind: 'task', task: first, port }] as const);
  return Object.fromEntries(sources);
}

describe('executor contract: values of the fake', () => {
  const fake = createFakeExecutor();
  itemRules(() => fake);
});

it('items of a stream come when the test pushes them', async () => {
  const { fake, events } = await running();
  const stream = createFakeStream();
  fake.succeed('first', { a: stream });
  const success = events.at(-1);
  const output = success?.kind === 'success' ? (success.outputs.a as OutputSummary) : undefined;
  if (!output) throw new Error('There is no output.');
  expect(output.isStream).toBe(true);
  const waiting = take(fake, output.ref, 0, 10);
  stream.push('x', 'y');
  expect((await waiting).items.map(({ ref }) => fake.values.get(ref.handle))).toEqual(['x', 'y']);
  expect(stream.asked).toBe(10);
  await expect(take(fake, output.ref, 0, 1)).rejects.toMatchObject({ code: 'value/stream-position' });
  const abort = new AbortController();
  const aborted = fake.take(output.ref, { from: 2, max: 1, signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow('enough');
  stream.push('z');
  stream.fail(new Error('broken'));
  expect(await take(fake, output.ref, 2, 5)).toMatchObject({ items: [{}], isDone: false });
  await expect(take(fake, output.ref, 3, 5)).rejects.toThrow('broken');
  fake.release([output.ref]);
  expect(stream.isClosed).toBe(true);
});

it('ports that are given skip are left out, and what needs them is unresolved', async () => {
  const needsA = task(step, { a: literal(0) });
  const needsB = task(step, { b: literal(0) });
  const { fake, events, first } = await running(needsA, needsB);
  fake.succeed('first', { a: skip });
  expect(events.slice(1).map(({ kind, task: id }) => [kind, id])).toEqual([
    ['success', first.id],
    ['unresolved', needsA.id],
  ]);
  expect(fake.open.map(({ id }) => id)).toEqual([needsB.id]);
});

it('live parameters reach running tasks', async () => {
  const { fake, first } = await running();
  expect(await fake.setParameter(first.id, 'rate', 5)).toEqual({ status: 'rejected', reason: 'first rate 5' });
  fake.succeed('first');
  expect(await fake.setParameter(first.id, 'rate', 5)).toEqual({ status: 'no-handler' });
});
