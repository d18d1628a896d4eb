import { encodePortable } from '@loom/engine';
import { afterAll, expect, it } from 'vitest';
import { python } from '../test/python-programs.js';
import { callOf, perform, performTasks, resultOf } from '../test/tasks.js';
import { createNodePyodideExecutor } from './node.js';

const executor = createNodePyodideExecutor();
afterAll(() => executor.dispose());

const echo = python('echo', 'def echo(value):\n    return value\n');
const fail = python('fail', 'def fail():\n    raise ValueError("boom")\n');
const source =
  'def items(ctx):\n    ctx.on_parameter("rate", print)\n    for n in range(9):\n        print(n)\n        yield [n]\n';
const items = python('items', source, { streams: ['result'] });
const later = python('later', `async ${source}`, { streams: ['result'] });
const objects = python('objects', 'import gc\n\ndef objects():\n    gc.collect()\n    return len(gc.get_objects())\n');

it('batches, reads, writes, previews, takes and streams leave nothing behind in Python', async () => {
  await executor.define([echo, fail, items, later, objects]);
  const { signal } = new AbortController();
  const count = async () => Number(await resultOf(executor, (await perform(executor, [objects])).ends[0]));
  const round = async () => {
    const value = { rows: [1, 2, 3], bytes: new Uint8Array(100), array: new Float64Array(10) };
    const { ends } = await performTasks(executor, [callOf(echo, { value }), callOf(fail)]);
    const [end] = ends;
    if (end?.kind !== 'success' || !end.outputs.result) throw new Error('The task did not succeed.');
    const { ref } = end.outputs.result;
    await executor.preview(ref, { limit: 2 });
    await executor.read(ref);
    const written = await executor.write(encodePortable(value));
    await executor.read({ executor: executor.id, handle: '1:none' }).catch(() => {});
    executor.release([ref, written]);
    const streams = await performTasks(executor, [callOf(items), callOf(later)]);
    for (const stream of streams.ends) {
      if (stream.kind !== 'success' || !stream.outputs.result) throw new Error('The stream did not begin.');
      const held = stream.outputs.result.ref;
      const taken = await executor.take(held, { from: 0, max: 2, signal });
      await executor.take(held, { from: 0, max: 2, signal }).catch(() => {});
      const refs = [held, ...taken.items.map((item) => item.ref)];
      const gathered = await executor.gather({ kind: 'list', items: refs.map((each) => ({ kind: 'ref', ref: each })) });
      await executor.setParameter('nobody', 'rate', 1);
      executor.release([...refs, gathered.ref]);
    }
  };
  for (let i = 0; i < 20; i++) await round();
  const before = await count();
  for (let i = 0; i < 300; i++) await round();
  // Each round would leave several objects if one were forgotten.
  expect((await count()) - before).toBeLessThan(300);
});
