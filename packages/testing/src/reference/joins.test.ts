import { describe, expect, it } from 'vitest';
import { type FlowBuilder, flow } from '../flow.js';
import { told } from './fixture.js';

/** `bad` fails, `skip` skips its port, `one` gives 1; all feed a `join`. */
function three(policy?: 'all' | 'any' | 'first' | 'settled', sources: readonly string[] = ['bad', 'skip', 'one']) {
  let built = flow()
    .node('bad', 'now/failsOnOdd', { x: 1 })
    .node('skip', 'now/skipsOdd', { x: 1 })
    .node('one', 'now/constant', { value: 1 })
    .node('end', 'now/join', undefined, policy && { join: policy });
  for (const source of sources) built = built.wire(`${source}.out`, 'end.in');
  return built.document;
}

describe('a join', () => {
  it('of all is skipped for an error before a skip', () => {
    expect(told(three())).toEqual({
      bad: 'error javascript/exception',
      skip: {},
      one: { out: 1 },
      end: 'skipped upstream-error bad',
    });
    expect(told(three('all', ['skip', 'one']))).toMatchObject({ end: 'skipped upstream-skipped skip' });
    expect(told(three('all', ['one']))).toMatchObject({ end: { out: [1] } });
  });

  it('of any fires with the values that there are', () => {
    expect(told(three('any'))).toMatchObject({ end: { out: [1] } });
    expect(told(three('any', ['bad', 'skip']))).toMatchObject({ end: 'skipped upstream-error bad' });
    expect(told(three('any', ['skip']))).toMatchObject({ end: 'skipped upstream-skipped skip' });
  });

  it('that is settled always fires', () => {
    expect(told(three('settled', ['bad', 'skip']))).toMatchObject({ end: { out: [] } });
    expect(told(three('settled'))).toMatchObject({ end: { out: [1] } });
  });

  it('of the first may have any of the values that can be there, and never a later one alone', () => {
    const ends = new Set<string>();
    const document = flow()
      .node('a', 'now/constant', { value: 1 })
      .node('b', 'now/constant', { value: 2 })
      .node('after', 'now/add', { b: 10 })
      .wire('a.out', 'after.a')
      .node('end', 'now/join', undefined, { join: 'first' })
      .wire('a.out', 'end.in', 0)
      .wire('b.out', 'end.in', 1)
      .wire('after.out', 'end.in', 2).document;
    told(document, {
      choose: (_path, _node, candidates) => {
        for (const { expected } of candidates)
          ends.add(expected.state === 'success' ? JSON.stringify(expected.outputs.get('out')) : expected.state);
        return candidates[0] as never;
      },
    });
    expect([...ends].sort()).toEqual(['[1,11]', '[1,2,11]', '[1,2]', '[1]', '[2]']);
  });

  it('of the first goes by values only', () => {
    expect(told(three('first'))).toMatchObject({ end: { out: [1] } });
    expect(told(three('first', ['skip', 'bad']))).toMatchObject({ end: 'skipped upstream-error bad' });
  });

  it('fires at once without wires, whatever its policy', () => {
    for (const policy of ['all', 'any', 'first', 'settled'] as const)
      expect(told(three(policy, []))).toMatchObject({ end: { out: 'absent' } });
  });

  it('hands the blame on to where it began, and names any of several', () => {
    const document = flow(three('settled'))
      .node('bad2', 'now/failsOnOdd', { x: 3 })
      .node('both', 'now/add')
      .wire('bad.out', 'both.a')
      .wire('bad2.out', 'both.b')
      .node('last', 'now/add')
      .wire('both.out', 'last.a').document;
    expect(told(document)).toMatchObject({
      both: 'skipped upstream-error bad bad2',
      last: 'skipped upstream-error bad bad2',
    });
  });
});

describe('an input whose wire has no value', () => {
  const document = (inputs: Record<string, number>): FlowBuilder =>
    flow()
      .node('skip', 'now/skipsOdd', { x: 1 })
      .node('one', 'now/constant', { value: 1 })
      .node('end', 'now/given', inputs, { join: 'any' })
      .wire('one.out', 'end.needed')
      .wire('skip.out', 'end.maybe')
      .wire('skip.out', 'end.usual');

  it('falls back to its literal, then to its default, and is else absent', () => {
    expect(told(document({}).document)).toMatchObject({ end: { out: [1, 'absent', 5] } });
    expect(told(document({ maybe: 2, usual: 3 }).document)).toMatchObject({ end: { out: [1, 2, 3] } });
  });

  it('fails the node when it cannot be absent', () => {
    const needs = flow()
      .node('skip', 'now/skipsOdd', { x: 1 })
      .node('end', 'now/given', undefined, { join: 'settled' })
      .wire('skip.out', 'end.needed');
    expect(told(needs.document)).toMatchObject({ end: 'error node/missing-input' });
  });
});

describe('control nodes', () => {
  it('send a value one way, and skip the other', () => {
    const document = flow()
      .node('yes', 'loom/branch', { value: 7, condition: true })
      .node('taken', 'now/add', { b: 0 })
      .node('left', 'now/add', { b: 0 })
      .node('both', 'loom/merge')
      .wire('yes.true', 'taken.a')
      .wire('yes.false', 'left.a')
      .wire('taken.out', 'both.values', 1)
      .wire('left.out', 'both.values', 0).document;
    expect(told(document)).toEqual({
      yes: { true: 7 },
      taken: { out: 7 },
      left: 'skipped upstream-skipped yes',
      both: { value: 7 },
    });
  });

  it('refuse a condition that is no bool', () => {
    const document = flow()
      .node('odd', 'now/constant', { value: 1 })
      .node('fork', 'loom/branch', { value: 7 })
      .wire('odd.out', 'fork.condition').document;
    expect(told(document)).toMatchObject({ fork: 'error branch/not-a-bool' });
  });

  it('compare cases as text', () => {
    const by = (value: unknown) =>
      told(
        flow()
          .node('case', 'now/constant', { value: value as never })
          .node('way', 'loom/switch', { value: 'x' }, { cases: ['1', 'true', 'b'] })
          .wire('case.out', 'way.case').document,
      ).way;
    expect([1, true, 'b', 'c', false].map(by)).toEqual([
      { 1: 'x' },
      { true: 'x' },
      { b: 'x' },
      { default: 'x' },
      { default: 'x' },
    ]);
    expect([null, [1]].map(by)).toEqual(['error switch/not-a-case', 'error switch/not-a-case']);
  });

  it('merge to the first value in the order of the wires', () => {
    const document = flow()
      .node('skip', 'now/skipsOdd', { x: 1 })
      .node('a', 'now/constant', { value: 'a' })
      .node('b', 'now/constant', { value: 'b' })
      .node('merge', 'loom/merge')
      .wire('skip.out', 'merge.values', 0)
      .wire('b.out', 'merge.values', 1)
      .wire('a.out', 'merge.values', 2).document;
    expect(told(document)).toMatchObject({ merge: { value: 'b' } });
  });
});
