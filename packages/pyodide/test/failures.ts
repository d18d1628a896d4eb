import type { Executor } from '@loom/engine';
import { expect, onTestFinished } from 'vitest';
import { createPyodideExecutor, type PyodideExecutorOptions } from '../src/index.js';
import workerSource from '../src/worker/worker.js?bundle';
import { python } from './python-programs.js';
import { perform, resultOf } from './tasks.js';

/** Tests end workers as often as they like. */
export const OFTEN = { limit: 100, windowMs: 60_000, backOffMs: 0 };

export const fine = python('fine', 'def fine():\n    return 42\n');
export const nap = python('nap', 'import asyncio\n\nasync def nap():\n    await asyncio.sleep(1000)\n');

/** An executor of a page with one worker, for one test. */
export function created(options: Partial<PyodideExecutorOptions> = {}): Executor {
  const executor = createPyodideExecutor({
    indexUrl: '/pyodide/',
    lanes: 1,
    restarts: OFTEN,
    stallTimeoutMs: 60_000,
    ...options,
  });
  onTestFinished(() => executor.dispose());
  return executor;
}

/** Workers in which some code runs before their own, and those that were made. */
export function workersAfter(prelude: string) {
  const made: Worker[] = [];
  const createWorker = () => {
    const url = URL.createObjectURL(new Blob([prelude, workerSource], { type: 'text/javascript' }));
    const worker = new Worker(url, { type: 'module' });
    made.push(worker);
    return worker;
  };
  return { made, createWorker };
}

/** Whatever happened, the next batch is performed. */
export const goesOn = async (executor: Executor) =>
  expect(await resultOf(executor, (await perform(executor, [fine])).ends[0])).toBe(42);
