import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyDocument } from '../document.js';
import { flow, node } from '../fixture.js';
import { save } from '../save.js';
import { defaultLimits } from './limits.js';
import { load } from './load.js';

function codes(input: unknown): string[] {
  return load(input).issues.map((issue) => issue.code);
}

describe('keys that reach the prototype', () => {
  const text = `{"loom":1,"__proto__":{"polluted":1},
    "nodes":{"__proto__":{"type":"x","position":{"x":0,"y":0}},"constructor":{"type":"x","position":{"x":0,"y":0}},
      "a":{"type":"x","position":{"x":0,"y":0},"__proto__":{"label":"evil"},
        "inputs":{"__proto__":{"polluted":1},"x":[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]}}},
    "edges":{"e":{"source":"__proto__","sourcePort":"o","target":"a","targetPort":"i"}},
    "types":{"__proto__":{"kind":"python","source":""}}}`;

  test('are left out where they stand for a prototype, and are names like others elsewhere', () => {
    for (const input of [text, JSON.parse(text)]) {
      const { document, issues } = load(input);
      expect(document).toEqual({
        ...emptyDocument,
        nodes: {
          constructor: node('x'),
          a: node('x', { inputs: { x: [{ constructor: { prototype: { polluted: 1 } } }] } }),
        },
      });
      expect(
        issues.filter((issue) => issue.code === 'document/unsafe-key').map((issue) => issue.path.join('/')),
      ).toEqual([
        '__proto__',
        'nodes/__proto__',
        'nodes/a/__proto__',
        'nodes/a/inputs/__proto__',
        'nodes/a/inputs/x/0/__proto__',
        'types/__proto__',
      ]);
      expect(Object.getPrototypeOf(document.nodes)).toBe(Object.prototype);
      expect(document.nodes.a?.label).toBeUndefined();
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('size', () => {
  test('more nodes than the limit open nothing', () => {
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`n${index}`, node('x')]));
    expect(load({ loom: 1, nodes: many }, { limits: { nodes: 10 } })).toMatchObject({
      document: emptyDocument,
      issues: [{ code: 'document/too-large' }],
    });
    expect(load({ loom: 1, nodes: many }, { limits: { nodes: 11 } }).issues).toEqual([]);
  });

  test('a million nodes are refused', () => {
    const nodes = Array.from({ length: 1_000_000 }, (_, index) => `"n${index}":{}`).join(',');
    expect(codes(`{"loom":1,"nodes":{${nodes}}}`)).toEqual(['document/too-large']);
  });

  test('nodes of subgraphs and edges count, too', () => {
    const nodes = { a: node('x'), b: node('x') };
    const edges = Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`e${index}`, {}]));
    const sub = { kind: 'subgraph', nodes, edges: {} };
    expect(load({ loom: 1, nodes, types: { sub } }, { limits: { nodes: 3 } }).issues).toMatchObject([
      { code: 'document/too-large' },
    ]);
    expect(load({ loom: 1, nodes, edges }, { limits: { nodes: 4 } }).issues).toMatchObject([
      { code: 'document/too-large' },
    ]);
  });

  test('a text beyond the limit is not even parsed', () => {
    expect(load(`{${' '.repeat(100)}`, { limits: { bytes: 50 } }).issues).toMatchObject([
      { code: 'document/too-large' },
    ]);
  });

  test('an object whose parts are shared a thousandfold is refused instead of unfolded', () => {
    let bomb: unknown = 'boom';
    for (let level = 0; level < 100; level++) bomb = [bomb, bomb];
    expect(load({ loom: 1, nodes: {}, bomb }, { limits: { bytes: 1_000_000 } }).issues).toMatchObject([
      { code: 'document/too-large' },
    ]);
  });

  test('a file that is wrong everywhere gives a bounded report', () => {
    const nodes = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`n${index}`, null]));
    const { issues } = load({ loom: 1, nodes });
    expect(issues).toHaveLength(1001);
    expect(issues.at(-1)?.code).toBe('document/more-issues');
  });
});

describe('depth', () => {
  const deep = (levels: number): string => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

  test('a value nested 10,000 levels is left out whole; its neighbours stay', () => {
    const text = `{"loom":1,"later":${deep(10_000)},"nodes":{"a":{"type":"x","position":{"x":0,"y":0},
      "inputs":{"deep":{"x":${deep(10_000)},"y":1},"flat":1},"meta":${deep(10_000)}}}}`;
    const { document, issues } = load(text);
    expect(document).toEqual(flow({ a: node('x', { inputs: { flat: 1 } }) }));
    expect(issues.map((issue) => `${issue.code} ${issue.path.join('/')}`)).toEqual([
      'document/too-deep later',
      'document/too-deep nodes/a/inputs/deep',
      'document/too-deep nodes/a/meta',
    ]);
  });

  test('up to the limit it is kept and can be saved', () => {
    const text = `{"loom":1,"nodes":{},"later":${deep(defaultLimits.depth)}}`;
    expect(codes(text)).toEqual([]);
    expect(load(save(load(text).document)).document).toEqual(load(text).document);
    expect(codes(`{"loom":1,"nodes":{},"later":${deep(defaultLimits.depth + 1)}}`)).toEqual(['document/too-deep']);
  });

  test('an object that contains itself is too deep', () => {
    const loop: Record<string, unknown> = {};
    loop.self = [loop, loop];
    expect(codes({ loom: 1, nodes: {}, loop })).toEqual(['document/too-deep']);
  });

  test('parents and subgraphs ten thousand deep are followed without a stack', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `n${index}`);
    const nodes = Object.fromEntries(
      ids.map((id, index) => [id, node('x', index > 0 ? { parent: `n${index - 1}` } : {})]),
    );
    expect(codes(flow(nodes))).toEqual([]);
  });
});

describe('objects that are no data', () => {
  test('values that JSON lacks are left out and named', () => {
    const inputs = {
      a: () => {},
      b: 1n,
      c: Symbol('s'),
      d: new Date(0),
      e: new Map(),
      f: undefined,
      g: [undefined, 1],
    };
    const { document, issues } = load({ loom: 1, nodes: { a: { ...node('x'), inputs } } });
    expect(document.nodes.a?.inputs).toEqual({ g: [null, 1] });
    expect(issues.map((issue) => issue.path.at(-1))).toEqual(['a', 'b', 'c', 'd', 'e', 0]);
  });

  test('a getter or a proxy that throws ends in an issue', () => {
    const refuse = (): never => {
      throw new Error('no entry');
    };
    const trap = new Proxy({}, { ownKeys: refuse, get: refuse });
    const getter = Object.defineProperty({ loom: 1 }, 'nodes', { get: refuse, enumerable: true });
    expect([codes(trap), codes(getter), codes({ loom: 1, nodes: trap })]).toEqual(
      Array.from({ length: 3 }, () => ['document/unreadable']),
    );
  });

  test('nothing in a file is called or evaluated', () => {
    let called = 0;
    const call = (): number => called++;
    load({
      loom: 1,
      toJSON: call,
      nodes: { a: { ...node('x'), toJSON: call, inputs: { valueOf: call, toString: call } } },
    });
    expect(called).toBe(0);
  });
});

test('any JSON is opened without a throw, and what was opened opens again unchanged', () => {
  const key = fc.constantFrom(
    'loom',
    'nodes',
    'edges',
    'types',
    'frames',
    'a',
    'b',
    '__proto__',
    'kind',
    'type',
    'parent',
    'settings',
    'zone',
    'carried',
    'pinned',
    'source',
    'sourcePort',
    'target',
    'targetPort',
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      fc.constantFrom<unknown>(1, 0, -1, null, true, '', 'a', 'b', 'python', 'subgraph', 'frame', 'while', Number.NaN),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  fc.assert(
    fc.property(value, value, value, (nodes, edges, rest) => {
      const { document } = load({ ...(rest as object), loom: 1, nodes, edges });
      const again = load(save(document));
      expect(again.document).toEqual(document);
      expect(again.issues.filter((issue) => issue.code !== 'type/unknown-kind')).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('a file that is cut off anywhere, or has a wrong character, gives issues and no throw', () => {
  const text = save(flow({ a: node('x', { inputs: { s: 'text', n: [1, { k: null }] } }), b: 'x' }, ['a.o -> b.i']));
  for (let length = 0; length < text.trimEnd().length; length++) {
    expect(codes(text.slice(0, length))).toEqual(['document/not-json']);
  }
  for (let place = 0; place < text.length; place++) {
    for (const character of ['{', '"', '0', '\0', '\uD800']) {
      load(text.slice(0, place) + character + text.slice(place + 1));
    }
  }
});
