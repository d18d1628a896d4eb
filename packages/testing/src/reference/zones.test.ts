import type { ZoneSettings } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { flow } from '../flow.js';
import { placed, told, toldFrames } from './fixture.js';

/** For each item: the item plus `captured`, failing on odd sums. */
function forEachFlow(items: readonly number[], settings: Partial<ZoneSettings> = {}) {
  const zone = { kind: 'for-each', ...settings } as ZoneSettings;
  const document = flow()
    .node('captured', 'now/constant', { value: 10 })
    .node('each', 'loom/for-each', { items: [...items] }, { zone })
    .node('sum', 'now/add')
    .node('even', 'now/failsOnOdd')
    .node('beside', 'now/add', { a: 0, b: 0 })
    .wire('each.item', 'sum.a')
    .wire('captured.out', 'sum.b')
    .wire('sum.out', 'even.x')
    .wire('even.out', 'each.result').document;
  return placed(document, { sum: 'each', even: 'each', beside: 'each' });
}

/** Counts up while the count is small. */
function whileFlow(settings: Partial<ZoneSettings> = {}, inputs: Record<string, number | boolean> = { value: 0 }) {
  const zone = { kind: 'while', ...settings } as ZoneSettings;
  const document = flow()
    .node('loop', 'loom/while', inputs, { zone })
    .node('next', 'now/add', { b: 1 })
    .node('again', 'now/isSmall', { limit: 3 })
    .wire('loop.value.current', 'next.a')
    .wire('next.out', 'loop.value.next')
    .wire('next.out', 'again.x')
    .wire('again.out', 'loop.continue').document;
  return placed(document, { next: 'loop', again: 'loop' });
}

/** Repeats a number of times: the value grows by the index, unless it is odd. */
function repeatFlow(times: number, settings: Partial<ZoneSettings> = {}) {
  const zone = { kind: 'repeat', ...settings } as ZoneSettings;
  const document = flow()
    .node('loop', 'loom/repeat', { times, value: 4 }, { zone })
    .node('grow', 'now/add')
    .node('even', 'now/failsOnOdd')
    .wire('loop.value.current', 'grow.a')
    .wire('loop.index', 'grow.b')
    .wire('grow.out', 'even.x')
    .wire('even.out', 'loop.value.next').document;
  return placed(document, { grow: 'loop', even: 'loop' });
}

describe('a for-each', () => {
  it('gives a list in the order of the items, with captures the same in every frame', () => {
    expect(told(forEachFlow([2, 4]))).toEqual({ captured: { out: 10 }, each: { result: [12, 14] } });
    expect(toldFrames(forEachFlow([2, 4]), 'each')).toEqual([
      { sum: { out: 12 }, even: { out: 12 }, beside: { out: 0 } },
      { sum: { out: 14 }, even: { out: 14 }, beside: { out: 0 } },
    ]);
  });

  it('of nothing gives an empty list and has no frames', () => {
    expect(told(forEachFlow([]))).toMatchObject({ each: { result: [] } });
    expect(toldFrames(forEachFlow([]), 'each')).toEqual([]);
  });

  it('one after another ends with the first frame that fails, in which all else goes on', () => {
    const document = forEachFlow([2, 3, 4], { concurrency: 1 });
    expect(told(document)).toMatchObject({ each: 'error zone/frame-failed' });
    expect(toldFrames(document, 'each')).toEqual([
      { sum: { out: 12 }, even: { out: 12 }, beside: { out: 0 } },
      { sum: { out: 13 }, even: 'error javascript/exception', beside: { out: 0 } },
    ]);
  });

  it('that collects leaves out what failed, and tells of it', () => {
    expect(told(forEachFlow([1, 2, 3], { onError: 'collect' }))).toMatchObject({
      each: {
        result: [12],
        errors: [
          { index: 0, node: 'even', code: 'javascript/exception' },
          { index: 2, node: 'even', code: 'javascript/exception' },
        ],
      },
    });
  });

  it('adds nothing for a result that has no value', () => {
    const document = flow()
      .node('each', 'loom/for-each', { items: [1, 2, 3] }, { zone: { kind: 'for-each' } })
      .node('some', 'now/skipsOdd')
      .wire('each.item', 'some.x')
      .wire('some.out', 'each.result').document;
    expect(told(placed(document, { some: 'each' }))).toEqual({ each: { result: [2] } });
  });

  it('fails when it gets no list', () => {
    const document = flow(forEachFlow([])).node('text', 'now/constant', { value: 'ab' }).wire('text.out', 'each.items');
    expect(told(document.document)).toMatchObject({ each: 'error zone/not-a-list' });
  });

  it('waits for its captures, and is skipped behind an error', () => {
    const document = flow(forEachFlow([2]))
      .node('bad', 'now/failsOnOdd')
      .wire('bad.out', 'beside.a').document;
    expect(told(document)).toMatchObject({ each: 'skipped upstream-error bad' });
    const lenient = flow(document).node(
      'each',
      'loom/for-each',
      { items: [2] },
      { zone: { kind: 'for-each' }, join: 'any' },
    );
    expect(told(lenient.document)).toMatchObject({ each: { result: [12] } });
    expect(toldFrames(lenient.document, 'each')).toMatchObject([{ beside: 'skipped upstream-error bad' }]);
  });

  it('blocks what a wire that escapes leads to', () => {
    const document = flow(forEachFlow([2]))
      .node('outside', 'now/add')
      .wire('sum.out', 'outside.a').document;
    expect(told(document)).toMatchObject({ each: { result: [12] }, outside: 'error zone/escaping-wire' });
  });

  it('cannot be bypassed, and is not entered when muted', () => {
    const set = (mode: 'bypassed' | 'muted') =>
      flow(forEachFlow([2])).node('each', 'loom/for-each', { items: [2] }, { zone: { kind: 'for-each' }, mode })
        .document;
    expect(told(set('bypassed'))).toMatchObject({ each: 'error zone/no-bypass' });
    expect(told(set('muted'))).toMatchObject({ each: 'skipped muted' });
    expect(toldFrames(set('muted'), 'each')).toEqual([]);
  });
});

describe('a while', () => {
  it('carries its value on while it is told to', () => {
    expect(told(whileFlow())).toEqual({ loop: { value: 3, iterations: 3 } });
    expect(toldFrames(whileFlow(), 'loop')).toHaveLength(3);
  });

  it('runs the body before it asks', () => {
    expect(told(whileFlow({}, { value: 100 }))).toEqual({ loop: { value: 101, iterations: 1 } });
  });

  it('that does not start gives the initial value, or null', () => {
    expect(told(whileFlow({}, { value: 5, start: false }))).toEqual({ loop: { value: 5, iterations: 0 } });
    expect(told(whileFlow({}, { start: false }))).toEqual({ loop: { value: null, iterations: 0 } });
  });

  it('fails when another iteration would begin beyond its limit', () => {
    expect(told(whileFlow({ limit: 2 }))).toEqual({ loop: 'error zone/limit' });
    expect(toldFrames(whileFlow({ limit: 2 }), 'loop')).toHaveLength(2);
    expect(told(whileFlow({ limit: 3 }))).toEqual({ loop: { value: 3, iterations: 3 } });
  });

  it('goes on while nothing is connected to say otherwise, and takes a skip for no', () => {
    const { edges, ...rest } = whileFlow({ limit: 5 });
    const endless = {
      ...rest,
      edges: Object.fromEntries(Object.entries(edges).filter(([id]) => !/continue/.test(id))),
    };
    expect(told(endless)).toEqual({ loop: 'error zone/limit' });
    const muted = { ...rest, edges, nodes: { ...rest.nodes } };
    const again = muted.nodes.again;
    if (again) muted.nodes = { ...muted.nodes, again: { ...again, settings: { mode: 'muted' } } };
    expect(told(muted)).toEqual({ loop: { value: 1, iterations: 1 } });
  });
});

describe('a repeat', () => {
  it('goes round so many times, also none', () => {
    const document = repeatFlow(1);
    expect(told(document)).toEqual({ loop: { value: 4, iterations: 1 } });
    expect(told(repeatFlow(0))).toEqual({ loop: { value: 4, iterations: 0 } });
  });

  it('fails with the iteration that fails', () => {
    expect(told(repeatFlow(4))).toEqual({ loop: 'error zone/frame-failed' });
    expect(toldFrames(repeatFlow(4), 'loop')).toEqual([
      { grow: { out: 4 }, even: { out: 4 } },
      { grow: { out: 5 }, even: 'error javascript/exception' },
    ]);
  });

  it('that collects keeps what it carried before an iteration that failed', () => {
    const errors = [
      { index: 1, node: 'even', code: 'javascript/exception' },
      { index: 3, node: 'even', code: 'javascript/exception' },
    ];
    expect(told(repeatFlow(5, { onError: 'collect' }))).toMatchObject({ loop: { value: 10, iterations: 5, errors } });
  });

  it('that collects fails when an error took the answer whether to go on', () => {
    const document = repeatFlow(4, { onError: 'collect' });
    const asked = flow(document)
      .node('again', 'now/isSmall', { limit: 100 })
      .wire('even.out', 'again.x')
      .wire('again.out', 'loop.continue').document;
    const inZone = placed(asked, { grow: 'loop', even: 'loop', again: 'loop' });
    expect(told(inZone)).toEqual({ loop: 'error zone/frame-failed' });
    expect(toldFrames(inZone, 'loop')).toHaveLength(2);
  });
});

describe('zones in zones', () => {
  it('begin anew in each iteration of the outer one', () => {
    const document = flow()
      .node('outer', 'loom/for-each', { items: [1, 2, 3] }, { zone: { kind: 'for-each' } })
      .node('list', 'now/range')
      .node('inner', 'loom/for-each', undefined, { zone: { kind: 'for-each' } })
      .node('sum', 'now/add')
      .wire('outer.item', 'list.n')
      .wire('list.out', 'inner.items')
      .wire('inner.item', 'sum.a')
      .wire('outer.item', 'sum.b')
      .wire('sum.out', 'inner.result')
      .wire('inner.result', 'outer.result').document;
    const nested = placed(document, { list: 'outer', inner: 'outer', sum: 'inner' });
    expect(told(nested)).toEqual({ outer: { result: [[1], [2, 3], [3, 4, 5]] } });
  });

  it('count as plain nodes when they are groups', () => {
    const document = flow(forEachFlow([2]))
      .node('drawn', 'loom/group', undefined, { zone: { kind: 'group' } })
      .node('in', 'now/add', { a: 1, b: 1 }).document;
    expect(told(placed(document, { in: 'drawn', drawn: 'each' }))).not.toHaveProperty('drawn');
    expect(toldFrames(placed(document, { in: 'drawn', drawn: 'each' }), 'each')).toMatchObject([{ in: { out: 2 } }]);
    expect(told(placed(document, { in: 'drawn' }))).toMatchObject({ in: { out: 2 } });
  });
});
