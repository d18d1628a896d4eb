import { describe, expect, test } from 'vitest';
import { emptyDocument, type FlowDocument } from '../document.js';
import { flow, library, node, wire } from '../fixture.js';
import { save } from '../save.js';
import { load } from './load.js';

/** What is said about an input, as `code path`. */
function issues(input: unknown): string[] {
  return load(input).issues.map((issue) => `${issue.code} ${issue.path.join('/')}`);
}

function file(more: object): object {
  return { loom: 1, nodes: {}, edges: {}, ...more };
}

test('a whole document comes back as it is, without issues', () => {
  const document: FlowDocument = {
    ...flow({ zone: node('for', { settings: { zone: { kind: 'for-each', concurrency: 4 } } }) }),
    title: 'Flow',
    description: '',
    nodes: {
      zone: node('for', { settings: { zone: { kind: 'for-each', concurrency: 4 } } }),
      a: node('add', {
        typeVersion: 2,
        label: 'Add',
        size: { width: 200, height: 80.5 },
        parent: 'zone',
        inputs: { a: 0, b: '', c: false, d: null, e: [], f: '007', g: { deep: [{}] }, constructor: 1, prototype: 2 },
        settings: { join: 'any', timeoutMs: 5, retries: 1, mode: 'muted', cache: 'never', breakpoint: 'x > 1' },
        view: { collapsed: true, color: '#fff', preview: false, previewPort: 'sum' },
      }),
      b: node('add', { parent: 'a' }),
    },
    edges: { e: { ...wire('a.sum -> b.a'), order: 2 } },
    types: {
      py: { kind: 'python', source: 'def f(): pass', entry: 'f', title: 'F' },
      js: { kind: 'javascript', source: '', inputs: { x: { type: 'int', default: null, multiple: true } }, pure: true },
      sub: {
        kind: 'subgraph',
        nodes: { i: node('add') },
        edges: {},
        inputs: { x: { node: 'i', port: 'a' } },
        outputs: {},
      },
    },
    frames: { frame: { kind: 'note', position: { x: 1, y: -1 }, size: { width: 1, height: 1 }, text: '**hi**' } },
    environment: { python: { requirements: ['numpy>=2'], lock: { numpy: '2' } } },
    settings: { mode: 'auto', timeoutMs: 1000, onError: 'stop' },
    inputs: { x: { node: 'a', port: 'a', type: 'number', required: true } },
    outputs: { y: { node: 'a', port: 'sum' } },
    meta: { app: { any: ['thing'] } },
  };
  for (const input of [document, JSON.stringify(document), `\uFEFF${JSON.stringify(document)}`]) {
    expect(load(input)).toEqual({ document, issues: [] });
  }
});

test('keys that this release does not know are kept at every level', () => {
  const input = {
    loom: 1,
    future: { a: [1, null] },
    nodes: { a: { type: 'x', position: { x: 0, y: 0, z: 3 }, later: [], settings: { new: 1 }, view: { new: {} } } },
    edges: {},
    environment: { julia: ['1.10'], python: { index: 'x' } },
    settings: { speed: 9 },
    types: { t: { kind: 'python', source: '', tags: ['a'] } },
  };
  const { document, issues } = load(structuredClone(input));
  expect(issues).toEqual([]);
  expect(document).toEqual({ ...emptyDocument, ...input });
});

test('the input is copied and never changed', () => {
  const input = { loom: 1, nodes: { a: { type: 1 }, b: { type: 'x', inputs: { x: [Number.NaN] } } }, edges: { e: 5 } };
  const before = structuredClone(input);
  const { document } = load(input);
  expect(input).toEqual(before);
  expect(document.nodes.b?.inputs?.x).toEqual([null]);
  input.nodes.b.inputs.x.push(7);
  expect(document.nodes.b?.inputs?.x).toEqual([null]);
});

describe('what is no flow gives an empty document and says so', () => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, 'document/not-a-flow '],
    ['an empty text', '', 'document/not-json '],
    ['a text', 'hello', 'document/not-json '],
    ['truncated JSON', '{"loom":1,"nodes":{"a":', 'document/not-json '],
    ['the text null', 'null', 'document/not-a-flow '],
    ['null', null, 'document/not-a-flow '],
    ['a number', '7', 'document/not-a-flow '],
    ['a list', [], 'document/not-a-flow '],
    ['another object', '{"name":"package"}', 'document/not-a-flow '],
    ['a class instance', new Map(), 'document/not-a-flow '],
    ['a function', () => {}, 'document/not-a-flow '],
    ['a newer version', '{"loom":2,"nodes":{}}', 'document/newer-version loom'],
    ['a much newer version', { loom: 1e9 }, 'document/newer-version loom'],
    ['a fragment', { loom: 'fragment', version: 1, nodes: {} }, 'document/not-a-flow loom'],
  ])('%s', (_, input, issue) => {
    expect(load(input).document).toEqual(emptyDocument);
    expect(issues(input)).toEqual([issue]);
  });
});

test.each([undefined, '1', 0, -1, 1.5, null, Number.NaN])('the version %s is taken for 1, with a warning', (loom) => {
  const input = { loom, nodes: { a: node('x') } };
  expect(issues(input)).toEqual(['document/no-version loom']);
  expect(load(input).document).toEqual(flow({ a: 'x' }));
});

describe('a field of the wrong type is left out, and everything else is kept', () => {
  const kept = node('x', { label: 'kept' });
  test.each<[string, object, string]>([
    ['nodes as a list', { nodes: [] }, 'document/wrong-field nodes'],
    ['edges as a text', { edges: 'x' }, 'document/wrong-field edges'],
    ['title as a number', { title: 1 }, 'document/wrong-field title'],
    ['a mode that does not exist', { settings: { mode: 'turbo' } }, 'document/wrong-field settings/mode'],
    ['a negative timeout', { settings: { timeoutMs: -1 } }, 'document/wrong-field settings/timeoutMs'],
    ['environment', { environment: null }, 'document/wrong-field environment'],
    [
      'requirements',
      { environment: { python: { requirements: [3] } } },
      'document/wrong-field environment/python/requirements/0',
    ],
    ['meta', { meta: [] }, 'document/wrong-field meta'],
    ['a node that is a number', { nodes: { kept, a: 3 } }, 'node/not-object nodes/a'],
    ['a node that is null', { nodes: { kept, a: null } }, 'node/not-object nodes/a'],
    ['a node that is a list', { nodes: { kept, a: [] } }, 'node/not-object nodes/a'],
    ['a node without a type', { nodes: { kept, a: { position: { x: 0, y: 0 } } } }, 'node/no-type nodes/a'],
    ['a node with an empty id', { nodes: { kept, '': kept } }, 'document/empty-id nodes/'],
    ['an edge that is a text', { edges: { e: 'a->b' } }, 'edge/not-object edges/e'],
    ['an edge without a port', { edges: { e: { source: 'a', target: 'b', sourcePort: 'x' } } }, 'edge/no-end edges/e'],
    ['a type without a kind', { types: { t: {} } }, 'type/no-kind types/t'],
    ['a type without source', { types: { t: { kind: 'python' } } }, 'type/no-source types/t'],
    ['a frame that is neither', { frames: { f: {} } }, 'frame/no-kind frames/f'],
    ['a port to no node', { inputs: { x: { node: 'gone', port: 'a' } } }, 'document/wrong-port inputs/x'],
    ['a port to nothing', { outputs: { x: {} } }, 'document/wrong-port outputs/x'],
  ])('%s', (_, more, issue) => {
    const input = file({ nodes: { kept }, ...more });
    expect(issues(input)).toContain(issue);
    expect(issues(JSON.stringify(input))).toEqual(issues(input));
    expect(load(JSON.stringify(input)).document).toEqual(load(input).document);
    expect(load(input).document.nodes).toEqual('nodes' in more && Array.isArray(more.nodes) ? {} : { kept });
  });

  test.each<[string, object, object, string]>([
    ['a label', { label: 7 }, {}, 'label'],
    ['literals as a list', { inputs: [] }, {}, 'inputs'],
    ['a size', { size: { width: -1, height: 5 } }, {}, 'size/width'],
    ['a join policy', { settings: { join: 'most', retries: 2 } }, { settings: { retries: 2 } }, 'settings/join'],
    ['a zone', { settings: { zone: { kind: 'goto' } } }, { settings: {} }, 'settings/zone/kind'],
    ['a flag', { view: { preview: 'yes' } }, { view: {} }, 'view/preview'],
  ])('%s of a node', (_, fields, expected, path) => {
    const input = file({ nodes: { a: { ...node('x'), ...fields } } });
    expect(issues(input)).toContain(`document/wrong-field nodes/a/${path}`);
    expect(load(input).document.nodes.a).toEqual({ ...node('x'), ...expected });
  });

  test.each<[string, unknown, object]>([
    ['absent', undefined, { x: 0, y: 0 }],
    ['beyond all numbers', { x: Number.POSITIVE_INFINITY, y: 2 }, { x: 0, y: 2 }],
    ['not a number', { x: Number.NaN, y: 2 }, { x: 0, y: 2 }],
    ['texts', { x: '1', y: '2' }, { x: 0, y: 0 }],
    ['out of sight', { x: 1e300, y: -1e300 }, { x: 1e9, y: -1e9 }],
  ])('a position that is %s', (_, position, expected) => {
    expect(load(file({ nodes: { a: { type: 'x', position } } })).document.nodes.a?.position).toEqual(expected);
  });

  test('-0, which becomes 0, as it does when a flow is saved', () => {
    const text = '{"loom":1,"nodes":{"a":{"type":"x","inputs":{"n":-0,"list":[-0,{"m":-0}]}}}}';
    for (const input of [text, JSON.parse(text) as unknown]) {
      const { document } = load(input);
      expect(document.nodes.a?.inputs).toStrictEqual({ n: 0, list: [0, { m: 0 }] });
      expect(load(save(document)).document).toStrictEqual(document);
    }
  });

  test('a number that JSON cannot hold, in a text', () => {
    const text = '{"loom":1,"nodes":{"a":{"type":"x","position":{"x":1e309,"y":-0},"inputs":{"n":1e309}}}}';
    expect(load(text).document.nodes.a).toEqual(node('x', { inputs: {} }));
    expect(issues(text)).toEqual([
      'document/wrong-field nodes/a/position/x',
      'node/wrong-position nodes/a/position',
      'document/not-json-value nodes/a/inputs/n',
    ]);
  });
});

describe('edges that cannot be are left out', () => {
  test('those whose nodes are missing, also when every object has such a key', () => {
    const input = flow({ a: 'x', b: 'x' }, ['a.o -> gone.i', 'toString.o -> b.i', 'a.o -> b.i']);
    expect(issues(input)).toEqual(['edge/dangling edges/e0', 'edge/dangling edges/e1']);
    expect(Object.keys(load(input).document.edges)).toEqual(['e2']);
  });

  test('those that repeat an earlier one', () => {
    const wires = Array.from({ length: 12 }, (_, index) => `a.o -> b.i${index}`);
    const input = flow({ a: 'x', b: 'x' }, [...wires, 'a.o -> b.i3', 'a.p -> b.i3']);
    expect(issues(input)).toEqual(['edge/duplicate edges/e12']);
    expect(issues(flow({ a: 'x', b: 'x' }, ['a.o -> b.i', 'a.p -> b.i', 'a.o -> b.i']))).toEqual([
      'edge/duplicate edges/e2',
    ]);
  });

  test('the ones that close a cycle, the same every time', () => {
    const wires = ['c.o -> a.i', 'a.o -> b.i', 'b.o -> c.i', 'c.o -> b.j', 'd.o -> d.i'];
    const { document, issues } = load(flow({ a: 'x', b: 'x', c: 'x', d: 'x' }, wires));
    expect(Object.keys(document.edges)).toEqual(['e1', 'e2']);
    expect(issues.map((issue) => [issue.code, issue.path.join('/'), issue.message])).toEqual([
      ['edge/cycle', 'edges/e0', expect.stringContaining('(a → b → c → a)')],
      ['edge/cycle', 'edges/e3', expect.stringContaining('(b → c → b)')],
      ['edge/cycle', 'edges/e4', expect.stringContaining('(d → d)')],
    ]);
  });

  test('a long cycle is named by its first nodes', () => {
    const ids = Array.from({ length: 20 }, (_, index) => `n${index}`);
    const wires = ids.map((id, index) => `${id}.o -> n${(index + 1) % 20}.i`);
    const { issues } = load(flow(Object.fromEntries(ids.map((id) => [id, 'x'])), wires));
    expect(issues[0]?.message).toContain('(n0 → n1 → n2 → n3 → n4 → n5 → n6 → n7 → … → n0)');
  });

  test('but not one from the body of a zone to its own zone, which ends the iteration', () => {
    const zone = node('loop', { settings: { zone: { kind: 'repeat' } } });
    const input = flow({ zone, a: node('x', { parent: 'zone' }), b: node('x', { parent: 'zone' }) }, [
      ...['zone.item -> a.i', 'a.o -> b.i', 'b.o -> zone.result'],
    ]);
    expect(load(input)).toEqual({ document: input, issues: [] });
  });

  test('several edges on one input stay, for only the library knows whether it takes them', () => {
    expect(issues(flow({ a: 'x', b: 'x', c: 'add' }, ['a.o -> c.a', 'b.o -> c.a']))).toEqual([]);
  });
});

test('a node whose parent is missing, or lies inside it, lies in none', () => {
  const input = flow({
    a: node('x', { parent: 'b' }),
    b: node('x', { parent: 'c' }),
    c: node('x', { parent: 'a' }),
    d: node('x', { parent: 'gone' }),
    e: node('x', { parent: 'e' }),
  });
  expect(issues(input)).toEqual([
    'node/parent-cycle nodes/c/parent',
    'node/unknown-parent nodes/d/parent',
    'node/parent-cycle nodes/e/parent',
  ]);
  const { nodes } = load(input).document;
  expect(Object.values(nodes).map((n) => n.parent)).toEqual(['b', 'c', undefined, undefined, undefined]);
});

test('the inside of a subgraph is read with the same care', () => {
  const nodes = { a: node('x'), b: { type: 5 } };
  const edges = { good: wire('a.o -> a2.i'), loop: wire('a.o -> a.i') };
  const input = file({ types: { sub: { kind: 'subgraph', nodes, edges, inputs: { x: { node: 'b', port: 'p' } } } } });
  expect(issues(input)).toEqual([
    'document/wrong-field types/sub/nodes/b/type',
    'node/no-type types/sub/nodes/b',
    'edge/dangling types/sub/edges/good',
    'edge/cycle types/sub/edges/loop',
    'document/wrong-port types/sub/inputs/x',
  ]);
});

test('a type of an unknown kind is kept as it is', () => {
  const input = file({ types: { t: { kind: 'rust', crate: { a: 1 } } }, nodes: { a: node('t') } });
  expect(issues(input)).toEqual(['type/unknown-kind types/t']);
  expect(load(input).document.types).toEqual({ t: { kind: 'rust', crate: { a: 1 } } });
});

test('with a library, the meaning is checked too', () => {
  const input = flow({ a: 'number', b: 'nobody' }, ['a.out -> b.x']);
  expect(load(input).issues).toEqual([]);
  expect(load(input, { library }).issues.map((issue) => issue.code)).toEqual(['node/unknown-type']);
});
