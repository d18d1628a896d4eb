import { describe, expect, it } from 'vitest';
import { flow } from '../flow.js';
import { told } from './fixture.js';

describe('nodes that are not run', () => {
  it('muted: skipped, and so is what hangs on it', () => {
    const document = flow()
      .node('mute', 'now/constant', undefined, { mode: 'muted', pinned: { out: 3 } })
      .node('end', 'now/add')
      .wire('mute.out', 'end.a').document;
    expect(told(document)).toEqual({ mute: 'skipped muted', end: 'skipped upstream-skipped mute' });
  });

  it('pinned: gives what is pinned, also behind an error, and skips the rest', () => {
    const document = flow()
      .node('bad', 'now/failsOnOdd')
      .node('pin', 'now/parts', undefined, { pinned: { both: 4 } })
      .node('has', 'now/add', { b: 0 })
      .node('lacks', 'now/add')
      .wire('bad.out', 'pin.x')
      .wire('pin.both', 'has.a')
      .wire('pin.even', 'lacks.a').document;
    const ends = { pin: { both: 4 }, has: { out: 4 }, lacks: 'skipped upstream-skipped pin' };
    expect(told(document)).toMatchObject(ends);
    expect(told(document, { pins: { pin: { both: 6 } } })).toMatchObject({ pin: { both: 6 }, has: { out: 6 } });
  });

  it('bypassed: hands on what comes to the first input that fits', () => {
    const bypassed = { mode: 'bypassed' } as const;
    const document = flow()
      .node('one', 'now/constant', { value: 1 })
      .node('bad', 'now/failsOnOdd')
      .node('second', 'now/add', { a: 9 }, bypassed)
      .wire('one.out', 'second.b')
      .node('literal', 'now/add', { b: 8 }, bypassed)
      .node('nothing', 'now/add', undefined, bypassed)
      .node('failing', 'now/add', undefined, bypassed)
      .wire('bad.out', 'failing.a')
      .wire('one.out', 'failing.b')
      .node('end', 'now/add')
      .wire('nothing.out', 'end.a')
      .node('behind', 'now/add')
      .wire('failing.out', 'behind.a').document;
    expect(told(document)).toMatchObject({
      second: { out: 1 },
      literal: { out: 8 },
      nothing: {},
      failing: {},
      end: 'skipped upstream-skipped nothing',
      behind: 'skipped upstream-error bad',
    });
  });

  it('waiting for an event: skipped, whatever comes', () => {
    const document = flow().node('tick', 'loom/timer').node('end', 'now/add').wire('tick.tick', 'end.a').document;
    expect(told(document)).toEqual({ tick: 'skipped waits-for-event', end: 'skipped upstream-skipped tick' });
  });
});

describe('blocked nodes', () => {
  it('fail when they would have started', () => {
    const document = flow()
      .node('unknown', 'nobody/knows')
      .node('behind', 'now/add')
      .wire('unknown.out', 'behind.a')
      .node('needs', 'now/given')
      .node('bad', 'now/failsOnOdd')
      .node('after', 'now/given')
      .wire('bad.out', 'after.usual')
      .node('gone', 'now/add')
      .wire('bad.out', 'gone.nowhere')
      .node('unfit', 'now/total', { items: 3 }).document;
    expect(told(document)).toEqual({
      unknown: 'error node/unknown-type',
      behind: 'skipped upstream-error unknown',
      needs: 'error node/missing-input',
      bad: 'error javascript/exception',
      after: 'skipped upstream-error bad',
      gone: 'skipped upstream-error bad',
      unfit: 'error of any code',
    });
  });

  it('fail on a cycle, and skip what is behind', () => {
    const document = flow()
      .node('a', 'now/add')
      .node('b', 'now/add')
      .node('behind', 'now/add')
      .wire('a.out', 'b.a')
      .wire('b.out', 'a.a')
      .wire('b.out', 'behind.a').document;
    expect(told(document)).toEqual({
      a: 'error graph/cycle',
      b: 'error graph/cycle',
      behind: 'skipped upstream-error b',
    });
  });
});

describe('a part of a flow', () => {
  const document = flow()
    .node('far', 'now/constant', { value: 5 })
    .node('pin', 'now/add', { b: 0 }, { pinned: { out: 2 } })
    .node('one', 'now/constant', { value: 1 })
    .node('sum', 'now/add')
    .node('other', 'now/add')
    .wire('far.out', 'pin.a')
    .wire('pin.out', 'sum.a')
    .wire('one.out', 'sum.b')
    .wire('sum.out', 'other.a').document;

  it('is what the targets need, without what only a pinned node needs', () => {
    expect(told(document, { targets: { kind: 'nodes', nodes: ['sum'] } })).toEqual({
      pin: { out: 2 },
      one: { out: 1 },
      sum: { out: 3 },
    });
  });

  it('takes promoted inputs before literals', () => {
    const promoted = flow(document).with({ inputs: { start: { node: 'one', port: 'value' } } }).document;
    expect(told(promoted, { inputs: { start: 4 } })).toMatchObject({ one: { out: 4 }, sum: { out: 6 } });
  });
});
