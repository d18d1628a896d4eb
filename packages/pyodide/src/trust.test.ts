import { expect, it } from 'vitest';
import { checkSameTrust, isolationFor } from './trust.js';

it.each([
  ['trusted', {}, 'same-origin'],
  ['trusted', { isolation: 'opaque' }, 'opaque'],
  ['trusted', { jsAccess: true }, 'same-origin'],
  ['untrusted', {}, 'opaque'],
  ['untrusted', { isolation: 'opaque', jsAccess: false }, 'opaque'],
] as const)('workers of %s flows with %o are %s', (trust, options, expected) => {
  expect(isolationFor(trust, options)).toBe(expected);
});

it.each([
  [{ isolation: 'same-origin' }, /isolation/],
  [{ jsAccess: true }, /jsAccess/],
  [{ createWorker: () => {} }, /createWorker/],
  [{ isolation: 'same-origin', jsAccess: true }, /isolation: 'same-origin' and jsAccess: true/],
] as const)('untrusted flows with %o are refused', (options, message) => {
  expect(() => isolationFor('untrusted', options)).toThrow(
    expect.objectContaining({ code: 'executor/bad-options', message: expect.stringMatching(message) }),
  );
});

it.each([
  ['untrusted', 'trusted'],
  [undefined, 'untrusted'],
] as const)('an executor for %s flows does not join a pool for %s ones', (executor, pool) => {
  expect(() => checkSameTrust(executor, pool)).toThrow(expect.objectContaining({ code: 'executor/bad-options' }));
  checkSameTrust(pool, pool);
});
