import type { NodeSettings } from '@loom/graph';
import { expect, it } from 'vitest';
import { type Admission, admit, type EventPolicy, policyOf } from './policy.js';

it.each<[EventPolicy, number, number, Admission]>([
  ['queue', 0, 0, 'start'],
  ['queue', 1, 0, 'wait'],
  ['queue', 0, 1, 'wait'],
  ['queue', 1, 999, 'wait'],
  ['queue', 1, 1_000, 'overflow'],
  ['drop', 0, 0, 'start'],
  ['drop', 1, 0, 'drop'],
  ['latest', 0, 0, 'start'],
  ['latest', 1, 0, 'wait'],
  ['latest', 1, 1, 'replace'],
  ['latest', 1, 7, 'replace'],
  ['parallel', 63, 0, 'start'],
  ['parallel', 64, 0, 'wait'],
  ['parallel', 63, 1, 'wait'],
  ['parallel', 64, 1_000, 'overflow'],
])('%s: with %i running and %i waiting a firing does: %s', (policy, running, waiting, admission) => {
  expect(admit(policy, running, waiting)).toBe(admission);
});

it('is a queue when a node says nothing, or something that this version does not know', () => {
  expect(policyOf(undefined)).toBe('queue');
  expect(policyOf({})).toBe('queue');
  expect(policyOf({ eventPolicy: 'debounce' } as unknown as NodeSettings)).toBe('queue');
  expect(policyOf({ eventPolicy: 'latest' })).toBe('latest');
});
