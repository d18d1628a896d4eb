import { describe, expect, it } from 'vitest';
import { flow } from '../flow.js';
import { placed, told, toldFrames } from './fixture.js';
import { ItemStream } from './token.js';

/** A stream of 0, 1, 2 and one of 0, 1 that breaks off then. */
const sources = flow().node('emit', 'now/emit', { n: 3 }).node('broken', 'now/emitAndFail', { n: 2 });

describe('an input that takes', () => {
  it('each item runs its node once for each, and gives streams', () => {
    const document = sources.node('add', 'now/add', { b: 10 }).wire('emit.out', 'add.a').document;
    expect(told(document)).toMatchObject({
      emit: { out: { stream: [0, 1, 2] } },
      add: { out: { stream: [10, 11, 12] } },
    });
    expect(toldFrames(document, 'add')).toEqual([{ add: { out: 10 } }, { add: { out: 11 } }, { add: { out: 12 } }]);
  });

  it('each of two streams goes by position and ends with the shorter', () => {
    const document = sources
      .node('short', 'now/emit', { n: 2 })
      .node('add', 'now/add')
      .wire('emit.out', 'add.a')
      .wire('short.out', 'add.b').document;
    expect(told(document)).toMatchObject({ add: { out: { stream: [0, 2] } } });
  });

  it('the collected list runs its node once', () => {
    const document = sources.node('all', 'now/total').wire('emit.out', 'all.items').node('list', 'now/join');
    expect(told(document.wire('emit.out', 'list.in').document)).toMatchObject({
      all: { out: 6 },
      list: { out: [[0, 1, 2]] },
    });
  });

  it('the whole stream runs its node once', () => {
    const document = sources.node('all', 'now/readAll').wire('emit.out', 'all.items').document;
    expect(told(document)).toMatchObject({ all: { out: [0, 1, 2] } });
  });

  it('as its settings say', () => {
    const set = { streams: { a: 'collect' } } as const;
    const document = sources.node('add', 'now/add', { b: 0 }, set).wire('emit.out', 'add.a').document;
    expect(told(document)).toMatchObject({ add: { out: 6 } });
  });

  it('the latest may leave out any but the last', () => {
    const ends: unknown[] = [];
    const set = { streams: { a: 'latest' } } as const;
    const document = sources.node('add', 'now/add', { b: 0 }, set).wire('emit.out', 'add.a').document;
    told(document, {
      choose: (_path, node, candidates) => {
        if (node === 'add') {
          for (const { expected } of candidates) {
            const out = expected.state === 'success' ? expected.outputs.get('out') : undefined;
            ends.push(out instanceof ItemStream ? out.items.join() : expected.state);
          }
        }
        return candidates[0] as never;
      },
    });
    expect(ends.sort()).toEqual(['0,1,2', '0,2', '1,2', '2']);
  });
});

describe('a stream', () => {
  it('that skips a port gives no item there', () => {
    const document = sources.node('some', 'now/skipsOdd').wire('emit.out', 'some.x').document;
    expect(told(document)).toMatchObject({ some: { out: { stream: [0, 2] } } });
  });

  it('that breaks off fails its node and skips its readers, after what they did', () => {
    const document = sources
      .node('add', 'now/add')
      .wire('broken.out', 'add.a')
      .node('all', 'now/total')
      .wire('add.out', 'all.items').document;
    expect(told(document)).toMatchObject({
      broken: 'error javascript/exception',
      add: 'skipped upstream-error broken',
      all: 'skipped upstream-error broken',
    });
    expect(toldFrames(document, 'add')).toHaveLength(2);
  });

  it('is left to its other readers by one that fails', () => {
    const document = sources
      .node('odd', 'now/failsOnOdd')
      .wire('emit.out', 'odd.x')
      .node('after', 'now/total')
      .wire('odd.out', 'after.items')
      .node('all', 'now/total')
      .wire('emit.out', 'all.items').document;
    expect(told(document)).toMatchObject({
      emit: { out: { stream: [0, 1, 2] } },
      odd: 'error javascript/exception',
      after: 'skipped upstream-error odd',
      all: { out: 6 },
    });
    expect(toldFrames(document, 'odd')).toEqual([{ odd: { out: 0 } }, { odd: 'error javascript/exception' }]);
  });

  it('is read by a for-each', () => {
    const document = sources
      .node('each', 'loom/for-each', undefined, { zone: { kind: 'for-each' } })
      .node('add', 'now/add', { b: 1 })
      .wire('emit.out', 'each.items')
      .wire('each.item', 'add.a')
      .wire('add.out', 'each.result').document;
    expect(told(placed(document, { add: 'each' }))).toMatchObject({ each: { result: [1, 2, 3] } });
  });

  it('at the end of an iteration is collected', () => {
    const document = flow()
      .node('each', 'loom/for-each', { items: [1, 2] }, { zone: { kind: 'for-each' } })
      .node('items', 'now/emit')
      .wire('each.item', 'items.n')
      .wire('items.out', 'each.result').document;
    expect(told(placed(document, { items: 'each' }))).toEqual({ each: { result: [[0], [0, 1]] } });
  });

  it('may be empty', () => {
    const document = flow()
      .node('none', 'now/emit', { n: 0 })
      .node('add', 'now/add')
      .wire('none.out', 'add.a')
      .node('all', 'now/total')
      .wire('add.out', 'all.items').document;
    expect(told(document)).toEqual({ none: { out: { stream: [] } }, add: { out: { stream: [] } }, all: { out: 0 } });
  });
});
