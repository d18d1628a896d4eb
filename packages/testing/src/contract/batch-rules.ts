import type { Executor } from '@loom/engine';
import { expect, it } from 'vitest';
import { endOf, eventsOf, from, held, listOf, literal, outputOf, perform, readValue, task } from './batches.js';
import type { ContractPrograms } from './programs.js';

/** What tasks of a batch give, and what the executor says of them. */
export function batchRules(executor: () => Executor, programs: ContractPrograms): void {
  it('[X1] a task starts, then ends once, with its outputs and its duration', async () => {
    const sum = task(programs.add, { a: literal(1), b: literal(2) });
    const recording = await perform(executor(), [sum]);
    expect(eventsOf(recording, sum).map((event) => event.kind)).toEqual(['started', 'success']);
    const end = eventsOf(recording, sum).at(-1);
    expect(end?.kind === 'success' && end.durationMs).toBeGreaterThanOrEqual(0);
    expect(outputOf(recording, sum).ref.executor).toBe(executor().id);
    expect(await readValue(executor(), recording, sum)).toBe(3);
  });

  it('[X1] a task that gives several outputs gives each on its port', async () => {
    const pair = task(programs.pair);
    const recording = await perform(executor(), [pair]);
    expect(await readValue(executor(), recording, pair, 'first')).toBe(1);
    expect(await readValue(executor(), recording, pair, 'second')).toBe(2);
  });

  it('[X2] tasks use outputs of earlier tasks of the same batch', async () => {
    const pair = task(programs.pair);
    const three = task(programs.add, { a: from(pair, 'first'), b: from(pair, 'second') });
    const six = task(programs.add, { a: from(three), b: from(three) });
    const recording = await perform(executor(), [pair, three, six]);
    expect(await readValue(executor(), recording, six)).toBe(6);
  });

  it('[X2] a chain of 300 tasks in one batch', async () => {
    const tasks = [task(programs.constant)];
    for (let i = 0; i < 299; i++) {
      const last = tasks.at(-1);
      if (last) tasks.push(task(programs.add, { a: from(last), b: literal(1) }));
    }
    const recording = await perform(executor(), tasks);
    expect(tasks.map((each) => endOf(recording, each))).toEqual(tasks.map(() => 'success'));
    const last = tasks.at(-1);
    expect(last && (await readValue(executor(), recording, last))).toBe(7 + 299);
    // A message for each event would cost more than the tasks.
    expect(recording.groups.length).toBeLessThan(recording.events.length);
  });

  it('[X2] an input of several wires is a list in order', async () => {
    const one = task(programs.constant);
    const all = task(programs.echo, { value: listOf(from(one), literal('x'), from(one)) });
    const recording = await perform(executor(), [one, all]);
    expect(await readValue(executor(), recording, all)).toEqual([7, 'x', 7]);
  });

  it('[X3] tasks of a later batch use values by their handles', async () => {
    const first = task(programs.constant);
    const before = await perform(executor(), [first]);
    const second = task(programs.add, { a: held(outputOf(before, first).ref), b: literal(1) });
    const after = await perform(executor(), [second]);
    expect(await readValue(executor(), after, second)).toBe(8);
    // Handles are never used twice.
    expect(outputOf(after, second).ref.handle).not.toBe(outputOf(before, first).ref.handle);
  });

  it('[X4] an error ends its task, leaves those that need it unresolved, and all others go on', async () => {
    const failing = task(programs.fail);
    const needs = task(programs.add, { a: from(failing), b: literal(1) });
    const needsThat = task(programs.echo, { value: listOf(literal(1), from(needs)) });
    const free = task(programs.constant);
    const recording = await perform(executor(), [failing, needs, needsThat, free]);
    expect([failing, needs, needsThat, free].map((each) => endOf(recording, each))).toEqual([
      'error',
      'unresolved',
      'unresolved',
      'success',
    ]);
    expect(eventsOf(recording, needs).map((event) => event.kind)).toEqual(['unresolved']);
    const end = eventsOf(recording, failing).at(-1);
    expect(end?.kind === 'error' && end.error.message).toContain('boom');
    expect(end?.kind === 'error' && end.error.code).toMatch(/^[a-z]+\/[a-z-]+$/);
  });

  it('[X4] a source that cannot be loaded ends only its own tasks, with an error', async () => {
    const broken = task(programs.broken);
    const fine = task(programs.constant);
    const recording = await perform(executor(), [broken, fine]);
    expect(endOf(recording, broken)).toBe('error');
    expect(endOf(recording, fine)).toBe('success');
  });

  it('[X4] a task that names a value that was let go ends with an error', async () => {
    const first = task(programs.constant);
    const { ref } = outputOf(await perform(executor(), [first]), first);
    executor().release([ref, { executor: executor().id, handle: 'never was' }]);
    const late = task(programs.echo, { value: held(ref) });
    const recording = await perform(executor(), [late]);
    expect(endOf(recording, late)).toBe('error');
    const end = eventsOf(recording, late).at(-1);
    expect(end?.kind === 'error' && end.error.code).toBe('value/lost');
  });

  it('[X5] what a task prints comes between its start and its end, whole', async () => {
    const text = 'first line\nsecond line with ünïcödé 🧵\n';
    const printing = task(programs.print, { text: literal(text) });
    const silent = task(programs.constant);
    const recording = await perform(executor(), [silent, printing]);
    const kinds = eventsOf(recording, printing).map((event) => event.kind);
    expect(kinds[0]).toBe('started');
    expect(kinds.at(-1)).toBe('success');
    const printed = eventsOf(recording, printing).map((event) => (event.kind === 'output' ? event.text : ''));
    expect(printed.join('')).toContain('first line\nsecond line with ünïcödé 🧵\n');
    expect(eventsOf(recording, silent).some((event) => event.kind === 'output')).toBe(false);
  });

  it('[X6] a new revision takes the place of the one before', async () => {
    const before = task(programs.constant);
    expect(await readValue(executor(), await perform(executor(), [before]), before)).toBe(7);
    await executor().define([programs.constantNext]);
    const after = task(programs.constantNext);
    expect(await readValue(executor(), await perform(executor(), [after]), after)).toBe(8);
    await executor().define([programs.constant]);
    const again = task(programs.constant);
    expect(await readValue(executor(), await perform(executor(), [again]), again)).toBe(7);
  });

  it('[X7] an empty batch ends at once', async () => {
    expect((await perform(executor(), [])).events).toEqual([]);
  });
}
