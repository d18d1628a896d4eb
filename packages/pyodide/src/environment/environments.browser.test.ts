import type { EnvironmentStatus } from '@loom/engine';
import { expect, it, onTestFinished } from 'vitest';
import { python } from '../../test/python-programs.js';
import { perform, resultOf } from '../../test/tasks.js';
import { wheelFile } from '../../test/wheel-file.js';
import { createPyodideExecutor } from '../index.js';

it('a wheel that the user chose is installed in each worker, and missing ones are named', async () => {
  const { name, data, sha256 } = await wheelFile({ name: 'tiny', version: '1.2' });
  const executor = createPyodideExecutor({
    indexUrl: '/pyodide/',
    lanes: 2,
    packages: { files: [new File([data], name)] },
  });
  onTestFinished(() => executor.dispose());
  const statuses: EnvironmentStatus[] = [];
  executor.subscribe((event) => event.kind === 'environment' && statuses.push(event.status));
  await executor.prepare({ python: { requirements: ['tiny'] } });
  expect(statuses.at(-1)).toEqual({
    state: 'ready',
    packages: [{ name: 'tiny', version: '1.2' }],
    lock: { loom: 1, requirements: ['tiny'], packages: [{ name: 'tiny', version: '1.2', file: name, sha256 }] },
  });
  const source = 'import asyncio, tiny\n\nasync def use():\n    await asyncio.sleep(0.2)\n    return tiny.VERSION\n';
  const uses = await Promise.all([1, 2].map((n) => perform(executor, [python(`use${n}`, source)])));
  for (const { ends } of uses) expect(await resultOf(executor, ends[0])).toBe('1.2');

  await expect(executor.prepare({ python: { requirements: ['numpy'] } })).rejects.toMatchObject({
    code: 'python/package-missing',
    message: expect.stringContaining('numpy-'),
  });
});
