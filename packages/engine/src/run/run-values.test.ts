import { expect, it, vi } from 'vitest';
import { ExecutorSlot } from '../engine/executor-slot.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { ELSEWHERE } from '../plan/place-marks.js';
import { Transfers } from './dispatch/transfers.js';
import { RunValues } from './run-values.js';

it('[X24] a list that is put together in this realm takes one handle', async () => {
  const executor = createJavaScriptExecutor();
  await executor.start();
  const { direct } = executor;
  if (!direct) throw new Error('It calls functions.');
  const slots = new Map([[executor.id, new ExecutorSlot(executor)]]);
  const host = { slots, retain: () => {}, release: () => {} };
  const values = new RunValues(host, new Transfers(host));
  const held = direct.describe('held');
  const describeValue = vi.spyOn(direct, 'describe');
  const list = await values.gather([
    { value: 'here', summary: undefined },
    { value: ELSEWHERE, summary: held },
  ]);
  expect(describeValue).toHaveBeenCalledTimes(1);
  expect(direct.valueOf(list.ref)).toEqual(['here', 'held']);
  await executor.dispose();
});
