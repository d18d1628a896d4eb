import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallContext } from './context.js';
import { PARAMETER_TIMEOUT_MS } from './parameters.js';

const context = (): CallContext<string> =>
  new CallContext('call', { said() {}, readFile: async () => new Uint8Array() });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('the last handler of a name counts, until it is ended', async () => {
  const call = context();
  const seen: unknown[] = [];
  const { onParameter } = call;
  const endFirst = onParameter('rate', (value) => seen.push(['first', value]));
  const endSecond = onParameter('rate', (value) => seen.push(['second', value]));
  endFirst();
  expect(await call.setParameter('rate', 1)).toEqual({ status: 'applied' });
  endSecond();
  expect(await call.setParameter('rate', 2)).toEqual({ status: 'no-handler' });
  expect(await call.setParameter('other', 2)).toEqual({ status: 'no-handler' });
  expect(seen).toEqual([['second', 1]]);
});

it.each<[string, () => unknown, string]>([
  [
    'an error',
    () => {
      throw new RangeError('too fast');
    },
    'too fast',
  ],
  [
    'a text',
    () => {
      throw 'not now';
    },
    'not now',
  ],
  ['a later error', () => Promise.reject(new Error('later')), 'later'],
  [
    'nothing',
    () => {
      throw undefined;
    },
    'Thrown: undefined',
  ],
])('%s that a handler throws is the reason', async (_name, handler, reason) => {
  const call = context();
  call.onParameter('rate', handler);
  expect(await call.setParameter('rate', 1)).toEqual({ status: 'rejected', reason });
});

it('a handler that does not answer is left', async () => {
  const call = context();
  call.onParameter('rate', () => new Promise(() => {}));
  const answer = call.setParameter('rate', 1);
  await vi.advanceTimersByTimeAsync(PARAMETER_TIMEOUT_MS);
  expect(await answer).toEqual({ status: 'rejected', reason: 'The handler of "rate" did not answer within 5 s.' });
  expect(vi.getTimerCount()).toBe(0);
});

it('a handler may change what it receives', async () => {
  const call = context();
  const value = { list: [1] };
  call.onParameter('rate', (given) => (given as typeof value).list.push(2));
  await call.setParameter('rate', value);
  expect(value).toEqual({ list: [1] });
});

it('handlers are bounded', () => {
  const call = context();
  expect(() => {
    for (let i = 0; i <= 1_000; i++) call.onParameter(`p${i}`, () => {});
  }).toThrow('at most 1000 live parameters');
});
