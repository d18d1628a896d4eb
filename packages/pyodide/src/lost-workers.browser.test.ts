import { describe, expect, it } from 'vitest';
import { created, fine, goesOn, nap, workersAfter } from '../test/failures.js';
import { python } from '../test/python-programs.js';
import { callOf, errorOf, perform, performTasks } from '../test/tasks.js';

describe('failure table', () => {
  it('row: a worker whose message cannot be read fails all that waits for it, and is replaced', async () => {
    const { made, createWorker } = workersAfter('');
    const executor = created({ createWorker, spare: false });
    await executor.start();
    await executor.define([nap, fine]);
    const performed = performTasks(executor, [callOf(nap), callOf(fine)], {
      cancelOn: () => {
        made[0]?.dispatchEvent(new MessageEvent('messageerror'));
        return false;
      },
    });
    const { ends } = await performed;
    expect(ends.map((end) => errorOf(end).code)).toEqual(['executor/lost', 'executor/lost']);
    await goesOn(executor);
    expect(made.length).toBeGreaterThan(1);
  });

  it('row: a worker that is gone without a word is noticed by what it does not answer', async () => {
    const { made, createWorker } = workersAfter(
      `addEventListener('message', ({ data }) => data === 'vanish' && close());`,
    );
    const executor = created({ createWorker, spare: false, stallTimeoutMs: 30_000 });
    await executor.start();
    made[0]?.postMessage('vanish');
    expect(errorOf((await perform(executor, [fine])).ends[0])).toMatchObject({
      code: 'executor/lost',
      message: expect.stringContaining('did not answer for 30 s'),
    });
    await goesOn(executor);
  });

  it.each([
    ['computes', python('spin', 'def spin():\n    while True:\n        pass\n')],
    ['awaits', nap],
  ])(
    'row: a worker that is gone without a word while it %s is noticed by the lock that it held',
    async (_how, work) => {
      const { made, createWorker } = workersAfter('');
      const executor = created({ createWorker, spare: false, snapshot: 'off' });
      await executor.start();
      await perform(executor, [fine]);
      const { ends } = await perform(executor, [work], {
        cancelOn: ({ kind }) => {
          // As the browser does it: nobody is told.
          if (kind === 'started') made[0]?.terminate();
          return false;
        },
      });
      expect(errorOf(ends[0])).toMatchObject({
        code: 'executor/lost',
        message: expect.stringContaining('gone in the middle of its work'),
      });
      await goesOn(executor);
      expect(made).toHaveLength(2);
    },
  );

  it('a worker that only computes for long is left in peace', async () => {
    const { made, createWorker } = workersAfter('');
    const executor = created({ createWorker, spare: false, snapshot: 'off' });
    const long = python(
      'long',
      'import time\ndef long():\n    end = time.monotonic() + 6\n    while time.monotonic() < end:\n        pass\n    return 1\n',
    );
    expect((await perform(executor, [fine, long])).ends.map(({ kind }) => kind)).toEqual(['success', 'success']);
    await goesOn(executor);
    expect(made).toHaveLength(1);
  });

  it('row: a worker that is gone without a word while it works is ended by a cancel', async () => {
    const { made, createWorker } = workersAfter(
      `addEventListener('message', ({ data }) => data === 'vanish' && close());`,
    );
    const executor = created({ createWorker, spare: false });
    const { ends } = await perform(executor, [nap], {
      cancelOn: ({ kind }) => {
        if (kind === 'started') made[0]?.postMessage('vanish');
        return kind === 'started';
      },
    });
    expect(ends[0]?.kind).toBe('cancelled');
    await goesOn(executor);
  });

  it('row: a value that shows itself without end keeps nobody waiting for ever', async () => {
    const source = [
      'class Endless:',
      '    shown = 0',
      '',
      '    def _repr_html_(self):',
      '        self.shown += 1',
      '        while self.shown > 1:',
      '            pass',
      '        return "x"',
      '',
      'def endless():',
      '    return Endless()',
    ].join('\n');
    const executor = created({ spare: false, stallTimeoutMs: 30_000 });
    await executor.start();
    const [end] = (await perform(executor, [python('endless', source)])).ends;
    if (end?.kind !== 'success' || !end.outputs.result) throw new Error(JSON.stringify(end));
    const { ref } = end.outputs.result;
    const shown = await Promise.allSettled([executor.preview(ref), executor.preview(ref)]);
    expect(shown[1]).toMatchObject({ status: 'rejected', reason: { code: 'executor/lost' } });
    await goesOn(executor);
  });
});
