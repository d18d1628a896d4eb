import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flow, inside, node, zone } from '../fixture.js';
import { zoneFlow } from '../random-fixture.js';
import { save } from '../save.js';
import { topologicalOrder } from '../topology.js';
import { load } from './load.js';

/** What is said about the settings of a node, as `code path`, and what is kept of them. */
function settings(given: unknown): [string[], unknown] {
  const { document, issues } = load({ loom: 1, nodes: { a: { ...node('x'), settings: given } } });
  return [issues.map(({ code, path }) => `${code} ${path.slice(3).join('/')}`), document.nodes.a?.settings];
}

const whole = {
  streams: { a: 'each', b: 'latest', c: 'collect', d: 'whole' },
  pinned: { out: null, other: [{ deep: [0, '', false] }], constructor: 1 },
  cases: ['small', '10', 'default'],
  breakpoint: 'index > 3',
  zone: {
    kind: 'for-each',
    concurrency: -1,
    onError: 'collect',
    results: { a: { type: 'list<int>', title: 'A', help: '', multiple: true }, b: {} },
    later: { kept: true },
  },
};
const loop = {
  zone: {
    ...{ kind: 'repeat', limit: -1, concurrency: 4 },
    carried: { sum: { type: 'number', default: 0, widget: { kind: 'slider' }, new: 1 } },
  },
};

test('settings of zones, streams, pins and cases are kept', () => {
  expect(settings(whole)).toEqual([[], whole]);
  expect(settings(loop)).toEqual([[], loop]);
});

test('a file with zones in it is written again byte for byte', () => {
  const nodes = {
    each: node('loop', { settings: whole as object }),
    while: node('loop', { parent: 'each', settings: loop as object }),
    a: inside('while', 'add'),
    b: inside('each', 'same'),
  };
  const text = save(
    flow(nodes, [
      ...['each.a -> each.b', 'each.item -> b.x', 'b.out -> each.a', 'each.index -> while.sum'],
      ...['while.sum.current -> a.a', 'a.sum -> while.sum.next', 'each.index -> a.b', 'while.sum -> each.b'],
    ]),
  );
  // The result `a` going into its own zone is a cycle; everything else stays.
  const cut = text.replace(/ *"e0": \{[^}]*\},\n/, '');
  expect(cut).not.toBe(text);
  expect(load(cut).issues).toEqual([]);
  expect(save(load(cut).document)).toBe(cut);
  expect(save(load(text).document)).toBe(cut);
});

describe('a setting that cannot be is left out, and the others are kept', () => {
  test.each<[string, object, string, object]>([
    ['a mode of a stream', { streams: { a: 'all', b: 'each' } }, 'streams/a', { streams: { b: 'each' } }],
    ['modes as a list', { streams: ['each'], retries: 1 }, 'streams', { retries: 1 }],
    ['pins as a text', { pinned: 'x' }, 'pinned', {}],
    ['cases as an object', { cases: { a: 1 } }, 'cases', {}],
    ['a case that is a number', { cases: ['a', 1, 'b'] }, 'cases/1', { cases: ['a', 'b'] }],
    ['a case that is empty', { cases: [''] }, 'cases/0', { cases: [] }],
    ['a breakpoint', { breakpoint: 1 }, 'breakpoint', {}],
    [
      'concurrency 0',
      { zone: { kind: 'for-each', concurrency: 0 } },
      'zone/concurrency',
      { zone: { kind: 'for-each' } },
    ],
    [
      'half a place',
      { zone: { kind: 'for-each', concurrency: 1.5 } },
      'zone/concurrency',
      { zone: { kind: 'for-each' } },
    ],
    ['a limit below -1', { zone: { kind: 'while', limit: -2 } }, 'zone/limit', { zone: { kind: 'while' } }],
    ['a limit beyond all', { zone: { kind: 'while', limit: 1e300 } }, 'zone/limit', { zone: { kind: 'while' } }],
    [
      'results as a list',
      { zone: { kind: 'for-each', results: ['a'] } },
      'zone/results',
      { zone: { kind: 'for-each' } },
    ],
    [
      'a carried value that is a text',
      { zone: { kind: 'while', carried: { a: 'int', b: {} } } },
      'zone/carried/a',
      { zone: { kind: 'while', carried: { b: {} } } },
    ],
    [
      'the type of a result',
      { zone: { kind: 'for-each', results: { a: { type: 5, title: 'A' } } } },
      'zone/results/a/type',
      { zone: { kind: 'for-each', results: { a: { title: 'A' } } } },
    ],
  ])('%s', (_, given, path, kept) => {
    expect(settings(given)).toEqual([[`document/wrong-field ${path}`], kept]);
  });

  test('a limit of 0 is no iteration, and none at all is -1', () => {
    expect(settings({ zone: { kind: 'while', limit: 0 } })).toEqual([[], { zone: { kind: 'while', limit: 0 } }]);
  });
});

test('keys that reach the prototype are left out of every table of the settings', () => {
  const text = `{"loom":1,"nodes":{"a":{"type":"x","position":{"x":0,"y":0},"settings":{
    "__proto__":{"mode":"muted"},
    "streams":{"__proto__":"each","constructor":"each"},
    "pinned":{"__proto__":1,"p":{"__proto__":{"polluted":1}}},
    "zone":{"kind":"while","carried":{"__proto__":{"type":"int"},"toString":{"__proto__":{"title":"evil"}}},"results":{"__proto__":{}}}
  }}}}`;
  const { document, issues } = load(text);
  expect(document.nodes.a?.settings).toEqual({
    streams: { constructor: 'each' },
    pinned: { p: {} },
    zone: { kind: 'while', carried: { toString: {} }, results: {} },
  });
  expect(new Set(issues.map(({ code }) => code))).toEqual(new Set(['document/unsafe-key']));
  expect(issues).toHaveLength(7);
  expect(document.nodes.a?.settings?.mode).toBeUndefined();
});

test('a pinned value that is nested too deep is left out whole', () => {
  const deep = `${'['.repeat(500)}1${']'.repeat(500)}`;
  const text = `{"loom":1,"nodes":{"a":{"type":"x","position":{"x":0,"y":0},"settings":{"pinned":{"a":${deep},"b":1}}}}}`;
  const { document, issues } = load(text);
  expect(document.nodes.a?.settings).toEqual({ pinned: { b: 1 } });
  expect(issues.map(({ code }) => code)).toEqual(['document/too-deep']);
});

describe('wires that end an iteration close no cycle', () => {
  test.each([
    ['to the inner input of a for-each', 'for-each', ['z.item -> a.i', 'a.o -> b.i', 'b.o -> z.result']],
    ['to the next of a carried value', 'while', ['z.value.current -> a.i', 'a.o -> z.value.next', 'b.o -> z.continue']],
    ['from one end to the other', 'repeat', ['z.value.current -> z.value.next', 'z.index -> z.continue']],
    ['at ports that the zone does not have any more', 'repeat', ['z.old.current -> a.i', 'a.o -> z.old.next']],
  ])('%s', (_, kind, wires) => {
    const input = flow(
      {
        z: zone(kind as 'while'),
        g: zone('group', { parent: 'z' }),
        a: inside('g', 'x'),
        b: inside('z', 'x'),
      },
      wires,
    );
    expect(load(input)).toEqual({ document: input, issues: [] });
  });

  test('but the outputs of a zone are there only when it has ended', () => {
    const nodes = { z: zone('for-each'), a: inside('z', 'x'), x: node('x') };
    const cut = (...wires: string[]): string[] => load(flow(nodes, wires)).issues.map(({ code }) => code);
    expect(cut('z.result -> x.i', 'x.o -> a.i')).toEqual(['edge/cycle']);
    expect(cut('z.result -> a.i')).toEqual(['edge/cycle']);
    expect(cut('a.o -> z.items')).toEqual(['edge/cycle']);
    expect(cut('z.result -> z.items')).toEqual(['edge/cycle']);
    expect(cut('a.o -> x.i')).toEqual([]);
  });

  test('a wire out of a zone and back into it makes the zone wait for itself', () => {
    const nodes = { z: zone('for-each'), a: inside('z', 'x'), b: inside('z', 'x'), x: node('x') };
    const { document, issues } = load(flow(nodes, ['a.o -> x.i', 'x.o -> b.i']));
    expect(issues.map(({ code, path }) => `${code} ${path.join('/')}`)).toEqual(['edge/cycle edges/e1']);
    expect(Object.keys(document.edges)).toEqual(['e0']);
  });
});

test('any zones and wires open, without those that close a cycle, and then open again as they are', () => {
  fc.assert(
    fc.property(zoneFlow, (any) => {
      const { document, issues } = load(any);
      expect(issues.filter(({ code }) => code !== 'edge/cycle' && code !== 'edge/duplicate')).toEqual([]);
      expect(Object.keys(document.edges)).toHaveLength(Object.keys(any.edges).length - issues.length);
      expect(topologicalOrder(document).cycle).toBeUndefined();
      expect(load(save(document))).toEqual({ document, issues: [] });
    }),
    { numRuns: 500 },
  );
});
