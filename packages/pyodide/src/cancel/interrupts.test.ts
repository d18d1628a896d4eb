import { afterAll, beforeAll, expect, it } from 'vitest';
import { python } from '../../test/python-programs.js';
import { callOf, performTasks } from '../../test/tasks.js';
import { createNodePyodideExecutor } from '../node.js';

// Longer than any interrupt takes: no worker is to be ended.
const executor = createNodePyodideExecutor({ graceMs: 60_000 });
const fine = python('fine', 'def fine():\n    return 42\n');
const busy = python('busy', 'def busy(rounds):\n    for _ in range(rounds):\n        pass\n');
const nap = python('nap', 'import asyncio\nasync def nap():\n    await asyncio.sleep(0.002)\n');

beforeAll(async () => {
  await executor.define([fine, busy, nap]);
  await executor.start();
});
afterAll(() => executor.dispose());

// Batches that end by themselves at about the moment of their interrupt: 25 ms after the cancel.
it.each([0, 5, 15, 20, 22, 24, 26, 28, 30, 40])(
  'an interrupt never hits the next batch (cancelled after %i ms)',
  async (wait) => {
    for (const rounds of [100_000, 300_000, 600_000, 1_000_000]) {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), wait);
      const cancelled = performTasks(executor, [callOf(busy, { rounds }), callOf(nap)], { signal: abort.signal });
      const next = performTasks(executor, [callOf(fine), callOf(nap), callOf(busy, { rounds: 100_000 })]);
      expect((await next).ends.map((end) => end.kind)).toEqual(['success', 'success', 'success']);
      for (const end of (await cancelled).ends) expect(['success', 'cancelled']).toContain(end.kind);
    }
    expect(executor.status.state).toBe('ready');
  },
);
