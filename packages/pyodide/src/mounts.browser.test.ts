import { afterEach, beforeEach, expect, it } from 'vitest';
import { python } from '../test/python-programs.js';
import { perform } from '../test/tasks.js';
import { createPyodideExecutor } from './index.js';

const RealWorker = globalThis.Worker;
const alive = new Set<Worker>();
let made = 0;

beforeEach(() => {
  globalThis.Worker = class extends RealWorker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      made++;
      alive.add(this);
    }

    override terminate(): void {
      alive.delete(this);
      super.terminate();
    }
  };
});
afterEach(() => {
  globalThis.Worker = RealWorker;
});

it('fifty mounts, most of them twice and too short to start, leave no worker behind', async () => {
  const fine = python('fine', 'def fine():\n    return 42\n');
  for (let mount = 0; mount < 50; mount++) {
    const executor = createPyodideExecutor({ indexUrl: '/pyodide/', lanes: 2 });
    const starting = executor.start();
    if (mount % 25 === 24) {
      await starting;
      expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
    }
    // As in StrictMode: gone before anything was there.
    await executor.dispose();
    await starting.catch((fault) => expect(fault.code).toBe('executor/disposed'));
    expect(executor.status.state).toBe('disposed');
  }
  expect(made).toBeGreaterThanOrEqual(2);
  expect(alive.size).toBe(0);
}, 120_000);
