import type { JoinPolicy } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import { ran } from './container/zone-fixture.js';

const forked = (condition: boolean, join?: JoinPolicy): ReturnType<typeof flow> =>
  flow()
    .node('value', 'loom/value-number', { value: 7 })
    .node('branch', 'loom/branch', { condition })
    .node('yes', 'n/add', { b: 1 })
    .node('no', 'n/add', { b: 2 })
    .node('join', 'n/list', undefined, join && { join })
    .wire('value.value', 'branch.value')
    .wire('branch.true', 'yes.a')
    .wire('branch.false', 'no.a')
    .wire('yes.sum', 'join.in', 0)
    .wire('no.sum', 'join.in', 1);

describe('[T7] a branch', () => {
  it.each([
    [true, { yes: 'success', no: 'skipped upstream-skipped' }],
    [false, { yes: 'skipped upstream-skipped', no: 'success' }],
  ])('hands on one way when the condition is %s', async (condition, expected) => {
    const { ends, values } = await ran(forked(condition).document);
    expect(ends).toMatchObject({ ...expected, branch: 'success' });
    expect(values.branch).toEqual(condition ? { true: 7 } : { false: 7 });
  });

  it('needs a flag', async () => {
    const { errors } = await ran(
      forked(true).node('n', 'loom/value-number').wire('n.value', 'branch.condition').document,
    );
    expect(errors[0]?.error.code).toBe('branch/not-a-bool');
  });
});

describe('[T6] joins', () => {
  it.each([
    [undefined, 'skipped upstream-skipped', undefined],
    ['all', 'skipped upstream-skipped', undefined],
    ['any', 'success', [8]],
    ['first', 'success', [8]],
    ['settled', 'success', [8]],
  ] as const)('%s', async (join, end, list) => {
    const { ends, values } = await ran(forked(true, join).document);
    expect(ends.join).toBe(end);
    expect(values.join?.list).toEqual(list);
  });

  it.each([
    ['all', 'skipped upstream-error', undefined],
    ['any', 'skipped upstream-error', undefined],
    ['first', 'skipped upstream-error', undefined],
    ['settled', 'success', []],
  ] as const)('%s, when nothing arrives', async (join, end, list) => {
    const { document } = flow()
      .node('fails', 'n/odd-fails', { a: 1 })
      .node('even', 'n/even', { a: 1 })
      .node('join', 'n/list', undefined, { join })
      .wire('fails.a', 'join.in')
      .wire('even.a', 'join.in');
    const { ends, values } = await ran(document);
    expect(ends.join).toBe(end);
    expect(values.join?.list).toEqual(list);
  });

  it('an input whose wire brings nothing falls back to its literal, its default, or fails', async () => {
    const { document } = flow()
      .node('even', 'n/even', { a: 1 })
      .node('literal', 'n/add', { a: 1, b: 5 }, { join: 'settled' })
      .node('default', 'n/add', { a: 1 }, { join: 'settled' })
      .node('absent', 'n/add', {}, { join: 'settled' })
      .wire('even.a', 'literal.b')
      .wire('even.a', 'default.b')
      .wire('even.a', 'absent.a');
    const { values, ends } = await ran(document);
    expect([values.literal, values.default]).toEqual([{ sum: 6 }, { sum: 2 }]);
    expect(ends.absent).toBe('error node/missing-input');
  });
});

it.each([
  ['a', { a: 7 }],
  ['b', { b: 7 }],
  ['z', { default: 7 }],
])('[T8] a switch on "%s"', async (text, expected) => {
  const { document } = flow().node('switch', 'loom/switch', { value: 7, case: text }, { cases: ['a', 'b'] });
  expect((await ran(document)).values.switch).toEqual(expected);
});

it('[T9] [T10] a merge behind a branch goes on once, with what arrived', async () => {
  const { document } = flow(forked(false).document)
    .node('merge', 'loom/merge')
    .wire('yes.sum', 'merge.values')
    .wire('no.sum', 'merge.values');
  const { values, events } = await ran(document);
  expect(values.merge).toEqual({ value: 9 });
  expect(events.filter((event) => event.kind === 'node-succeeded' && event.node === 'merge')).toHaveLength(1);
});
