import type { Executor, ExecutorEvent } from '@loom/engine';
import { expect, it } from 'vitest';
import { endOf, eventsOf, from, literal, perform, readValue, task } from './batches.js';
import type { ContractPrograms } from './programs.js';

/** Cancelling: what has not ended ends as cancelled, and the next batch works. */
export function cancelRules(executor: () => Executor, programs: ContractPrograms): void {
  const cancelled = async (definition: ContractPrograms['wait']): Promise<void> => {
    const before = task(programs.constant);
    const waiting = task(definition);
    const behind = task(programs.echo, { value: from(waiting) });
    const abort = new AbortController();
    const recording = await perform(executor(), [before, waiting, behind], {
      signal: abort.signal,
      onEvent: (event) => {
        if (event.kind === 'started' && event.task === waiting.id) abort.abort();
      },
    });
    expect([before, waiting, behind].map((each) => endOf(recording, each))).toEqual([
      'success',
      'cancelled',
      'cancelled',
    ]);
    // Definitions outlive whatever stopping took.
    const next = task(programs.add, { a: literal(20), b: literal(22) });
    expect(await readValue(executor(), await perform(executor(), [next]), next)).toBe(42);
  };

  it('[X12] a waiting task is cancelled, and the next batch works', () => cancelled(programs.wait));

  it.runIf(programs.forever)('[X12] a task that computes without end is cancelled, and the next batch works', () =>
    cancelled(programs.forever ?? programs.wait),
  );

  it('[X13] a batch that is cancelled before it begins runs nothing', async () => {
    const never = task(programs.print, { text: literal('never') });
    const recording = await perform(executor(), [never], { signal: AbortSignal.abort() });
    expect(eventsOf(recording, never).map((event) => event.kind)).toEqual(['cancelled']);
  });
}

/** The life of an executor of its own. */
export function lifeRules(create: () => Executor | Promise<Executor>, programs: ContractPrograms): void {
  it('[X14] starting twice is one start, its status is told, and disposing settles everything', async () => {
    const executor = await create();
    const events: ExecutorEvent[] = [];
    const unsubscribe = executor.subscribe((event) => events.push(event));
    expect(executor.status.state).toBe('idle');
    await Promise.all([executor.start(), executor.start()]);
    await executor.start();
    expect(executor.status.state).toBe('ready');
    const states = events.map((event) => (event.kind === 'status' ? event.status.state : event.kind));
    expect(states.at(-1)).toBe('ready');
    expect(states.filter((state) => state === 'ready')).toHaveLength(1);

    await executor.prepare({});
    await executor.define([programs.constant, programs.wait, programs.echo]);
    const done = task(programs.constant);
    const waiting = task(programs.wait);
    const behind = task(programs.echo, { value: from(waiting) });
    let started: () => void = () => {};
    const hasStarted = new Promise<void>((resolve) => {
      started = resolve;
    });
    const running = perform(executor, [done, waiting, behind], {
      onEvent: (event) => {
        if (event.kind === 'started' && event.task === waiting.id) started();
      },
    });
    await hasStarted;
    await Promise.all([executor.dispose(), executor.dispose()]);
    const recording = await running;
    expect([done, waiting, behind].map((each) => endOf(recording, each))).toEqual([
      'success',
      'cancelled',
      'cancelled',
    ]);
    expect(executor.status.state).toBe('disposed');
    await executor.dispose();
    await expect(executor.start()).rejects.toMatchObject({ code: 'executor/disposed' });
    await expect(perform(executor, [task(programs.constant)])).rejects.toMatchObject({ code: 'executor/disposed' });
    unsubscribe();
  });

  it('[X15] an executor that was never started can be disposed of', async () => {
    const executor = await create();
    await executor.dispose();
    expect(executor.status.state).toBe('disposed');
  });
}
