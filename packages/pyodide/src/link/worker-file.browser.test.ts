import { expect, it, onTestFinished } from 'vitest';
import { python } from '../../test/python-programs.js';
import { perform, resultOf } from '../../test/tasks.js';
import { createPyodideExecutor, type ModuleWorkerOptions } from '../index.js';
import workerSource from '../worker/worker.js?bundle';

const fine = python('fine', 'def fine():\n    return 42\n');
const file = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));

const ways: [string, ModuleWorkerOptions][] = [
  ['the address of a file', { workerUrl: file }],
  ['a function of the app', { createWorker: () => new Worker(file, { type: 'module' }) }],
];

it.each(ways)('the worker can come from %s', async (_way, options) => {
  const executor = createPyodideExecutor({ indexUrl: '/pyodide/', ...options });
  onTestFinished(() => executor.dispose());
  expect(await resultOf(executor, (await perform(executor, [fine])).ends[0])).toBe(42);
});
