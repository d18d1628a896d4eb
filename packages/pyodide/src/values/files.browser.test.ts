import { encodePortable } from '@loom/engine';
import { expect, it, onTestFinished } from 'vitest';
import { files } from '../../test/files.js';
import { python } from '../../test/python-programs.js';
import { callOf, performTasks, resultOf } from '../../test/tasks.js';
import { createPyodideExecutor } from '../index.js';

const create = (options: { lanes?: number; memoryLimit?: number; isolation?: 'opaque' } = {}) => {
  const executor = createPyodideExecutor({ indexUrl: '/pyodide/', spare: false, ...options });
  onTestFinished(() => executor.dispose());
  return executor;
};

files('Chromium', create);

it.each(['same-origin', 'opaque'] as const)(
  'a file larger than the memory of Python is read in parts: %s',
  async (isolation) => {
    const executor = createPyodideExecutor({
      indexUrl: '/pyodide/',
      lanes: 1,
      spare: false,
      memoryLimit: 128 * 1024 * 1024,
      isolation,
    });
    onTestFinished(() => executor.dispose());
    const part = new Uint8Array(8 * 1024 * 1024).fill(1);
    const file = new File(
      Array.from({ length: 32 }, () => part),
      'large.bin',
    );
    const count = python(
      'count',
      'def count(file):\n    total = 0\n    with file.open() as source:\n        while part := source.read(1 << 20):\n            total += sum(part[::4096])\n    return [file.size, total]\n',
    );
    await executor.define([count]);
    const { ends } = await performTasks(executor, [callOf(count, { file })]);
    expect(await resultOf(executor, ends[0])).toEqual([256 * 1024 * 1024, 65_536]);
  },
);

it('a file that nobody holds any more is taken away', async () => {
  const executor = create({ lanes: 1 });
  const echo = python('echo', 'def echo(file):\n    return file\n');
  const left = python('left', 'import os\n\ndef left():\n    return os.listdir("/loom/files")\n');
  await executor.define([echo, left]);
  const mounted = async () => resultOf(executor, (await performTasks(executor, [callOf(left)])).ends[0]);
  const { ends } = await performTasks(executor, [callOf(echo, { file: new File(['a'], 'a.txt') })]);
  const [end] = ends;
  expect(await mounted()).toHaveLength(1);
  if (end?.kind === 'success' && end.outputs.result) executor.release([end.outputs.result.ref]);
  expect(await mounted()).toEqual([]);
  const ref = await executor.write(encodePortable(new File(['b'], 'b.txt')));
  expect(await mounted()).toHaveLength(1);
  executor.release([ref]);
  expect(await mounted()).toEqual([]);
});
