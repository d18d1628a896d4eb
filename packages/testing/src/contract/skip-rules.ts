import type { Executor } from '@loom/engine';
import { expect, it } from 'vitest';
import { endOf, eventsOf, from, listOf, literal, perform, readValue, task } from './batches.js';
import type { ContractPrograms } from './programs.js';

/** Outputs that a function leaves without a value. */
export function skipRules(executor: () => Executor, programs: ContractPrograms): void {
  it.each([
    ['none', ['first', 'second'], ['success', 'success']],
    ['first', ['second'], ['unresolved', 'success']],
    ['second', ['first'], ['success', 'unresolved']],
    ['all', [], ['unresolved', 'unresolved']],
  ])(
    '[X25] a task that skips %s succeeds with the others, and what needs a skipped port is unresolved',
    async (which, ports, ends) => {
      const skipping = task(programs.skipping, { which: literal(which) });
      const readers = ['first', 'second'].map((port) => task(programs.echo, { value: from(skipping, port) }));
      const recording = await perform(executor(), [skipping, ...readers]);
      const success = eventsOf(recording, skipping).at(-1);
      expect(success?.kind === 'success' && Object.keys(success.outputs)).toEqual(ports);
      expect(readers.map((reader) => endOf(recording, reader))).toEqual(ends);
      for (const [place, reader] of readers.entries()) {
        if (ends[place] === 'success') expect(await readValue(executor(), recording, reader)).toBe(place + 1);
      }
    },
  );

  it('[X25] also inside of a list', async () => {
    const skipping = task(programs.skipping, { which: literal('first') });
    const reader = task(programs.echo, { value: listOf(literal(1), from(skipping, 'first')) });
    expect(endOf(await perform(executor(), [skipping, reader]), reader)).toBe('unresolved');
  });
}
