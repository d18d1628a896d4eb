import { decodePortable, type OutputSummary } from '@loom/engine';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { python } from '../../test/python-programs.js';
import { callOf, performTasks } from '../../test/tasks.js';
import { createNodePyodideExecutor } from '../node.js';

// Longer than any interrupt takes: no worker is to be ended.
const executor = createNodePyodideExecutor({ graceMs: 60_000 });
const stream = { streams: ['result'] };
const fine = python('fine', 'def fine():\n    return 42\n');
const sleep = python('sleep', 'import asyncio\nasync def sleep():\n    await asyncio.sleep(1000)\n');
const loop = python('loop', 'def loop():\n    while True:\n        pass\n');
const endless = python(
  'endless',
  'def endless():\n    yield 0\n    print("begun", flush=True)\n    while True:\n        pass\n',
  stream,
);
const ticks = python(
  'ticks',
  'import asyncio\n\nasync def ticks():\n    n = 0\n    while True:\n        yield n\n        n += 1\n        await asyncio.sleep(0.001)\n',
  stream,
);

beforeAll(async () => {
  await executor.define([fine, sleep, loop, endless, ticks]);
  await executor.start();
});
afterAll(() => executor.dispose());

async function outputOf(definition: typeof fine): Promise<OutputSummary> {
  const { ends } = await performTasks(executor, [callOf(definition)]);
  const [end] = ends;
  if (end?.kind !== 'success' || !end.outputs.result) throw new Error(`It did not succeed: ${JSON.stringify(end)}`);
  return end.outputs.result;
}

it('code behind a stream is stopped in place: other values and streams stay', async () => {
  const [kept, other, stuck] = [await outputOf(fine), await outputOf(ticks), await outputOf(endless)];
  const { signal } = new AbortController();
  const first = await executor.take(stuck.ref, { from: 0, max: 1, signal });
  expect(decodePortable(await executor.read(first.items[0]?.ref ?? stuck.ref))).toBe(0);
  const abort = new AbortController();
  // Its code has begun when it says so.
  const onEvents = () => abort.abort(new Error('enough'));
  const taking = executor.take(stuck.ref, { from: 1, max: 1, signal: abort.signal, onEvents });
  await expect(taking).rejects.toThrow('enough');
  expect(executor.status.state).toBe('ready');
  expect(decodePortable(await executor.read(kept.ref))).toBe(42);
  expect((await executor.take(other.ref, { from: 0, max: 1, signal })).items).toHaveLength(1);
  // What was stopped has come to its end.
  await expect(executor.take(stuck.ref, { from: 1, max: 1, signal })).rejects.toMatchObject({ code: 'run/cancelled' });
});

it.each([
  ['waits', sleep],
  ['computes', loop],
])('a batch that %s and a take that computes are stopped together, each for itself', async (_name, definition) => {
  const [stuck, other] = [await outputOf(endless), await outputOf(ticks)];
  const { signal } = new AbortController();
  await executor.take(stuck.ref, { from: 0, max: 1, signal });
  const abort = new AbortController();
  let taking: Promise<string> | undefined;
  const performed = performTasks(executor, [callOf(definition)], {
    signal: abort.signal,
    cancelOn: (event) => {
      if (event.kind !== 'started') return false;
      taking = executor.take(stuck.ref, { from: 1, max: 1, signal: abort.signal }).then(
        () => 'items',
        (reason: Error) => reason.message,
      );
      setTimeout(() => abort.abort(new Error('enough')), 50);
      return false;
    },
  });
  expect((await performed).ends[0]?.kind).toBe('cancelled');
  expect(await taking).toBe('enough');
  expect((await executor.take(other.ref, { from: 0, max: 1, signal })).items).toHaveLength(1);
  expect(executor.status.state).toBe('ready');
});
