import type { Executor } from '@loom/engine';
import { expect, it } from 'vitest';
import { eventsOf, literal, outputOf, perform, readValue, task } from './batches.js';
import type { ContractPrograms } from './programs.js';

/** Live parameters, and how large values are. */
export function parameterRules(executor: () => Executor, programs: ContractPrograms): void {
  it('[X26] a task that runs takes a parameter by its handler, or says why not', async () => {
    const tuned = task(programs.tunable);
    let hear: () => void = () => {};
    const isReady = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const running = perform(executor(), [tuned], { onEvent: (event) => event.kind === 'output' && hear() });
    await isReady;
    const set = (name: string, value: number) => executor().setParameter(tuned.id, name, value);
    expect(await set('speed', 1)).toEqual({ status: 'no-handler' });
    expect(await set('rate', 13)).toEqual({ status: 'rejected', reason: expect.stringContaining('unlucky') });
    expect(await set('rate', 5)).toEqual({ status: 'applied' });
    expect(await readValue(executor(), await running, tuned)).toBe(5);
    expect(await set('rate', 6)).toEqual({ status: 'no-handler' });
  });

  it('[X30] a task that reads a parameter sees what was set last, and takes only what is of its kind', async () => {
    const reading = task(programs.reading);
    let hear: () => void = () => {};
    const isReady = new Promise<void>((resolve) => {
      hear = resolve;
    });
    const running = perform(executor(), [reading], { onEvent: (event) => event.kind === 'output' && hear() });
    await isReady;
    const set = (value: number | string) => executor().setParameter(reading.id, 'rate', value);
    // It is there from the first time that it is read.
    await expect.poll(async () => (await set('fast')).status).toBe('rejected');
    expect(await set('fast')).toEqual({ status: 'rejected', reason: expect.stringContaining('“rate” takes a number') });
    expect(await set(0.25)).toEqual({ status: 'applied' });
    expect(await readValue(executor(), await running, reading)).toBe(0.25);
  });

  it('[X31] a task tells its progress through something by items', async () => {
    const tracked = task(programs.tracked);
    const recording = await perform(executor(), [tracked]);
    const told = eventsOf(recording, tracked).filter(({ kind }) => kind === 'progress');
    expect(told.at(-1)).toEqual({ kind: 'progress', task: tracked.id, fraction: 1, message: 'adding 3 of 3' });
    expect(await readValue(executor(), recording, tracked)).toBe(6);
  });

  it('[X26] a task that nobody knows has no handler', async () => {
    expect(await executor().setParameter('no such task', 'rate', 1)).toEqual({ status: 'no-handler' });
  });

  it('[X28] metrics are told with their steps, and what is no number as null', async () => {
    const measured = task(programs.measured);
    const events = eventsOf(await perform(executor(), [measured]), measured);
    expect(events.filter(({ kind }) => kind === 'metric')).toEqual([
      { kind: 'metric', task: measured.id, name: 'loss', value: 3, step: 0 },
      { kind: 'metric', task: measured.id, name: 'loss', value: null, step: 1 },
      { kind: 'metric', task: measured.id, name: 'loss', value: 1, step: 10 },
    ]);
  });

  it.runIf(programs.asking)('[X29] a task that asks goes on with the first answer', async () => {
    if (!programs.asking) return;
    const asking = task(programs.asking);
    const recording = await perform(executor(), [asking], {
      onEvent(event) {
        if (event.kind !== 'asked') return;
        executor().answer?.('no such task', event.question, 'nobody');
        for (const text of ['Ada', 'Bob']) executor().answer?.(asking.id, event.question, text);
      },
    });
    const told = eventsOf(recording, asking).map(({ kind }) => kind);
    expect(told).toEqual(['started', 'asked', 'answered', 'success']);
    expect(await readValue(executor(), recording, asking)).toBe('Ada');
  });

  it('[X27] outputs tell about how many bytes they take', async () => {
    const sizes: (number | undefined)[] = [];
    for (const value of [1, 'x'.repeat(50_000), new Float64Array(10_000), Array.from({ length: 10_000 }, String)]) {
      const echo = task(programs.echo, { value: literal(value) });
      sizes.push(outputOf(await perform(executor(), [echo]), echo).bytes);
    }
    const [number = 0, text = 0, array = 0, list = 0] = sizes;
    expect(number).toBeGreaterThan(0);
    expect(number).toBeLessThan(100);
    expect(text).toBeGreaterThanOrEqual(50_000);
    expect(text).toBeLessThan(250_000);
    expect(array).toBeGreaterThanOrEqual(80_000);
    expect(array).toBeLessThan(100_000);
    expect(list).toBeGreaterThan(100_000);
    expect(list).toBeLessThan(2_000_000);
  });
}
