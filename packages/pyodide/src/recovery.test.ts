import { expect, it } from 'vitest';
import { flowEngine, pythonFlow } from '../test/flow-engine.js';
import { createNodePyodideExecutor } from './node.js';

const STUBBORN = `
def stuck(value):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
`;
const flow = pythonFlow(
  {
    hold: 'import asyncio\n\nasync def hold(value: list = []):\n    await asyncio.Event().wait()\n',
    make: 'def make(n: int) -> list:\n    return [n]\n',
    stuck: STUBBORN,
    total: 'def total(a: list, b: list) -> int:\n    return sum(a + b)\n',
  },
  {
    hold1: { type: 'hold' },
    hold2: { type: 'hold' },
    a: { type: 'make', inputs: { n: 1 } },
    b: { type: 'make', inputs: { n: 2 } },
    stuck: { type: 'stuck' },
    total: { type: 'total' },
  },
  ['a.result > hold2.value', 'b.result > stuck.value', 'a.result > total.a', 'b.result > total.b'],
);

it('[R3] of two workers one is ended: what it held is computed again, and what the other one holds is not', async () => {
  // Code that listens has time to hear of a cancel: its worker is to stay.
  const executor = createNodePyodideExecutor({ lanes: 2, graceMs: 5_000 });
  const { run, whenStarted, computed, resultOf } = flowEngine(executor, flow);

  // While one worker is held, the other one makes what is asked for.
  const first = run('hold1');
  await whenStarted('hold1');
  await run('a').result;
  first.cancel();
  await first.result;
  const second = run('hold2');
  await whenStarted('hold2');
  await run('b').result;
  second.cancel();
  await second.result;
  const busy = run('stuck');
  await whenStarted('stuck');
  busy.cancel();
  expect((await busy.result).status).toBe('cancelled');

  computed.length = 0;
  expect(await resultOf('total')).toBe(3);
  // Which of the two had the stuck one depends on which was free first.
  expect([
    ['a', 'total'],
    ['b', 'total'],
  ]).toContainEqual(computed.sort());
});
