import { describe, expect, it } from 'vitest';
import { flowEngine, pythonFlow } from '../test/flow-engine.js';
import { createNodePyodideExecutor } from './node.js';

const SOURCES = {
  make: 'class Thing:\n    pass\n\n\ndef make():\n    return Thing()\n',
  label: 'def label(thing):\n    return ["old", id(thing)]\n',
  shout: 'def shout(text):\n    return [str(text[0]).upper(), text[1]]\n',
  look: 'def look(thing):\n    return id(thing)\n',
};

/** Two readers of a thing, one of which has a reader of its own. Where the thing is in memory tells it from others. */
function readers(label = SOURCES.label) {
  return pythonFlow(
    { ...SOURCES, label },
    { make: { type: 'make' }, label: { type: 'label' }, shout: { type: 'shout' }, look: { type: 'look' } },
    ['make.result > label.thing', 'make.result > look.thing', 'label.result > shout.text'],
  );
}

const started = (flow = readers()) => flowEngine(createNodePyodideExecutor({ lanes: 1 }), flow);

describe('editing the code of one node', () => {
  it('runs it and what depends on it, on the values that the others still hold', async () => {
    const { update, edit, computed } = started();
    const { look } = (await update('look')).values;
    computed.length = 0;
    edit(readers('def label(thing):\n    return ["new", id(thing)]\n'));
    const { values } = await update('look', 'label', 'shout');
    expect(values).toEqual({ look, label: ['new', look], shout: ['NEW', look] });
    expect(computed).toEqual(['label', 'shout']);
  });

  it.each([
    ['seen by the reader', 'def label(thing):\n    return (1 +\n', 2],
    ['seen by Python alone', 'def label(thing):\n    x = 1\n    nonlocal x\n', 3],
  ])(
    'with a syntax error (%s) fails it with its line; its old code brings its result back',
    async (_, broken, line) => {
      const { update, edit, computed } = started();
      const before = (await update('look', 'shout')).values;
      computed.length = 0;

      edit(readers(broken));
      const { values, errors } = await update('look', 'shout');
      const error = { code: 'python/syntax', frames: [expect.objectContaining({ typeId: 'label', line })] };
      expect(errors).toEqual([{ node: 'label', error: expect.objectContaining(error) }]);
      expect(values).toEqual({ look: before.look });

      edit(readers());
      expect((await update('look', 'shout')).values).toEqual(before);
      expect(computed).toEqual([]);
    },
  );
});

const counting = (by: number) =>
  `count = 0\n\n\ndef step():\n    global count\n    count += ${by}\n    return count\n\n\ndef f():\n    return step()\n`;

/** A node of each type. */
const counters = (sources: Readonly<Record<string, string>>) =>
  pythonFlow(sources, Object.fromEntries(Object.keys(sources).map((type) => [type, { type }])));

describe('what a source has at module level', () => {
  it('is its own, also when another source has the same names', async () => {
    const { resultOf } = started(counters({ one: counting(1), ten: counting(10) }));
    expect([await resultOf('one'), await resultOf('ten')]).toEqual([1, 10]);
    expect([await resultOf('ten'), await resultOf('one')]).toEqual([20, 2]);
  });

  it('is shared by types with the very same source', async () => {
    const { resultOf } = started(counters({ left: counting(1), right: counting(1) }));
    expect([await resultOf('left'), await resultOf('right')]).toEqual([1, 2]);
  });

  it('stays from run to run and while others are edited, and begins anew with each edit of its own', async () => {
    const { resultOf, edit } = started(counters({ mine: counting(1), other: counting(10) }));
    expect([await resultOf('mine'), await resultOf('other')]).toEqual([1, 10]);
    edit(counters({ mine: counting(1), other: counting(20) }));
    expect([await resultOf('other'), await resultOf('mine')]).toEqual([20, 2]);
    edit(counters({ mine: counting(5), other: counting(20) }));
    expect([await resultOf('mine'), await resultOf('other')]).toEqual([5, 40]);
    edit(counters({ mine: counting(1), other: counting(20) }));
    expect(await resultOf('mine')).toBe(1);
  });
});
