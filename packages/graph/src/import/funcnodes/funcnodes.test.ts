import { describe, expect, test } from 'vitest';
import { nodeType } from '../../fixture.js';
import { expectSound, fixture, libraryOf, told, wires } from '../import-fixture.js';
import { importFuncNodes } from './import-funcnodes.js';

/** A node space of nodes with ports by id, each of type `t`. */
function space(nodes: Readonly<Record<string, object>>, edges: unknown = [], more: object = {}): object {
  const list = Object.entries(nodes).map(([id, io]) => ({
    id,
    node_id: 't',
    io,
    properties: { 'frontend:pos': [0, 0] },
  }));
  return { nodes: list, edges, prop: {}, groups: {}, ...more };
}

describe('a node space', () => {
  const result = importFuncNodes(fixture('funcnodes-node-space'));
  const { nodes, edges } = result.document;

  test('becomes a flow with its names, places, values and groups', () => {
    expectSound(result);
    expect(nodes).toEqual({
      n1: {
        type: 'funcnodes/demo.numbers.constant',
        label: 'Start',
        position: { x: 10, y: 20 },
        size: { width: 220, height: 180 },
        parent: 'g1',
        inputs: { value: 3 },
        view: { collapsed: true },
      },
      n2: {
        type: 'funcnodes/demo.numbers.scale',
        label: 'Scale',
        position: { x: 320, y: 20 },
        parent: 'g1',
        inputs: { factor: 0 },
        view: { preview: true, previewPort: 'out' },
      },
      n3: expect.objectContaining({ label: 'Show', parent: 'g2', inputs: { prefix: null } }),
      n4: expect.objectContaining({ label: 'Show again', inputs: { prefix: null } }),
      g1: expect.objectContaining({ type: 'loom/group', parent: 'g2', settings: { zone: { kind: 'group' } } }),
      g2: expect.objectContaining({ type: 'loom/group', settings: { zone: { kind: 'group' } } }),
    });
    expect(result.document.settings).toEqual({ mode: 'auto' });
  });

  test('has wires in order, and inputs that hand on are wired to what feeds them', () => {
    expect(wires(result.document)).toEqual([
      'n1.out -> n2.x',
      'n2.out -> n3.text',
      'n2.out -> n4.text',
      'n1.out -> n4.extra',
      'n2.out -> n4.extra',
    ]);
    expect(Object.values(edges).map(({ order }) => order)).toEqual([undefined, undefined, undefined, 0, 1]);
  });

  test('tells what is left out, and keeps what has no place', () => {
    expect(told(result)).toEqual([
      'import/order-edge edges/4',
      'import/edge edges/7',
      'import/group groups/g2',
      'import/group groups/g3',
      'import/set-aside nodes/n2',
      'import/set-aside nodes/n2',
      'import/set-aside nodes/n2',
      'import/set-aside nodes/n2',
      'import/set-aside nodes/n2',
      'import/set-aside nodes/g2',
    ]);
    expect(result.document.meta).toEqual({
      imported: {
        format: 'funcnodes',
        file: { prop: { title: 'Scaling' } },
        nodes: {
          n2: {
            io: { factor: { hidden: true, value_options: { min: 0, max: 10 } }, offset: { name: 'shift by' } },
            reset_inputs_on_trigger: true,
            properties: { team: 'blue' },
          },
          g2: { meta: { note: 'outer' } },
        },
      },
    });
  });

  test('has groups around what is in them', () => {
    expect(nodes.g1).toMatchObject({ position: { x: -30, y: -60 }, size: { width: 590, height: 300 } });
    expect(nodes.g2?.position.x).toBeLessThan(nodes.g1?.position.x ?? 0);
  });
});

test('the state of a worker: objects that live in it cannot be carried over', () => {
  const result = importFuncNodes(fixture('funcnodes-worker-state'));
  expectSound(result);
  expect(told(result)).toEqual(['import/set-aside view', 'import/external-worker external_workers/demo.Camera']);
  expect(result.document.meta).toMatchObject({ imported: { file: { meta: { version: '1.5.1' } } } });
});

test('the full state of a worker: values that were set stay, those that were computed do not', () => {
  const result = importFuncNodes(fixture('funcnodes-full-state'));
  expectSound(result);
  expect(result.document.nodes.n1?.inputs).toEqual({ value: 5 });
  expect(result.document.nodes.n2?.inputs).toBeUndefined();
  expect(told(result)).toEqual(['import/run-state nodes/n1', 'import/results nodes/n1']);
  const scale = result.issues.find(({ path }) => path.join('/') === 'nodes/n2/type');
  expect(scale?.message).toContain('of the FuncNodes shelf "Demo/Numbers"');
});

test('edges in the other ways that they are written', () => {
  const result = importFuncNodes(fixture('funcnodes-documented'));
  expectSound(result);
  expect(wires(result.document)).toEqual(['a.out -> b.x', 'a.out -> b.y']);
});

test('an unpacked archive brings a title and requirements', () => {
  const result = importFuncNodes(fixture('funcnodes-archive'));
  expectSound(result);
  expect(result.document.title).toBe('Lab');
  expect(result.document.environment).toEqual({
    python: { requirements: ['demo-nodes==1.2.0', 'demo-plots>=2,<3', 'demo-any'] },
  });
  expect(told(result)).toEqual([
    'import/package config/package_dependencies/demo-local',
    'import/files pyproject.toml',
    'import/worker-config config/type',
  ]);
});

test.each([
  ['1.2', 'p==1.2'],
  ['>=1', 'p>=1'],
  ['~=1.4, !=1.5', 'p~=1.4, !=1.5'],
  ['latest', 'p'],
  ['', 'p'],
  [null, 'p'],
  ['; import os', undefined],
  ['!'.repeat(1000), undefined],
  [7, undefined],
])('a package of the version %j', (version, requirement) => {
  const config = { package_dependencies: { p: { package: 'p', version } } };
  const { document } = importFuncNodes({ state: { backend: space({}) }, config });
  expect(document.environment.python?.requirements ?? []).toEqual(requirement === undefined ? [] : [requirement]);
});

describe('inputs that hand on', () => {
  test('over several steps begin where the value comes from', () => {
    const edges = [
      ['a', 'o', 'b', 'x'],
      ['b', 'x', 'c', 'x'],
      ['c', 'x', 'd', 'x'],
    ];
    const result = importFuncNodes(space({ a: {}, b: {}, c: {}, d: {} }, edges));
    expectSound(result);
    expect(wires(result.document)).toEqual(['a.o -> b.x', 'a.o -> c.x', 'a.o -> d.x']);
    expect(told(result)).toEqual([]);
  });

  test('hand on literals, too', () => {
    const edges = [
      ['a', 'x', 'b', 'x'],
      ['b', 'x', 'c', 'x'],
    ];
    const result = importFuncNodes(space({ a: { x: { default: 0 } }, b: {}, c: {} }, edges));
    expect(wires(result.document)).toEqual([]);
    expect([result.document.nodes.b?.inputs, result.document.nodes.c?.inputs]).toEqual([{ x: 0 }, { x: 0 }]);
    expect(told(result)).toEqual([]);
  });

  test('and get nothing, or only each other, are left out', () => {
    const ports = { x: { is_input: true } };
    const edges = [
      ['a', 'x', 'b', 'x'],
      ['b', 'x', 'a', 'x'],
    ];
    const result = importFuncNodes(space({ a: ports, b: ports }, edges));
    expectSound(result);
    expect(told(result)).toEqual(['import/forward edges/0', 'import/forward edges/1']);
  });
});

test('no value is absent, and every other value is one', () => {
  const io = Object.fromEntries(
    [0, '', false, null, [], '<NoValue>'].map((value, index) => [`p${index}`, { default: value }]),
  );
  const { document } = importFuncNodes(space({ a: io }));
  expect(document.nodes.a?.inputs).toEqual({ p0: 0, p1: '', p2: false, p3: null, p4: [] });
});

test('a type on a shelf is not missing', () => {
  const { issues } = importFuncNodes(space({ a: {} }), { library: libraryOf(nodeType('funcnodes/t', [], [])) });
  expect(issues).toEqual([]);
});

describe('groups', () => {
  test('are a tree: a node stays in the first that names it, and a circle is opened', () => {
    const groups = {
      g: { node_ids: ['a'], child_groups: ['h'], parent_group: 'h' },
      h: { node_ids: ['a', 'b'], child_groups: [], parent_group: null },
      i: { node_ids: [], child_groups: [], parent_group: 'gone' },
    };
    const result = importFuncNodes(space({ a: {}, b: {} }, [], { groups }));
    expectSound(result);
    expect(result.document.nodes.a?.parent).toBe('g');
    expect(told(result).map((line) => line.split(' ')[0])).toEqual([
      'import/group',
      'import/group',
      'import/group',
      'node/parent-cycle',
    ]);
  });

  test('may have the id of a node', () => {
    const result = importFuncNodes(space({ a: {} }, [], { groups: { a: { node_ids: ['a'] } } }));
    expectSound(result);
    expect(result.document.nodes.a?.parent).toBe('a-2');
  });
});

describe('what cannot be carried over is told', () => {
  const node = { id: 'a', node_id: 't', io: {}, properties: { 'frontend:pos': [0, 0] } };
  test.each<[string, object, string[]]>([
    ['a node that is no object', { nodes: [node, 3], edges: [] }, ['import/node nodes/1']],
    ['a node without an id', { nodes: [node, { node_id: 't' }], edges: [] }, ['import/node nodes/1']],
    ['a second node of the same id', { nodes: [node, node], edges: [] }, ['import/node nodes/1']],
    [
      'a node that does not say what it is',
      { nodes: [node, { ...node, id: 'b', node_id: 1 }] },
      ['import/no-node-id nodes/b'],
    ],
    ['a port that is no object', { nodes: [{ ...node, io: { x: 1 } }] }, ['import/port nodes/a/io/x']],
    ['ports that are no list', { nodes: [{ ...node, io: 'x' }] }, ['import/no-list nodes/a/io']],
    ['an edge that is none', { nodes: [node], edges: [['a', 'x'], 5] }, ['import/edge edges/0', 'import/edge edges/1']],
    ['edges that are no list', { nodes: [node], edges: 'none' }, ['import/no-list edges']],
    ['a group that is none', { nodes: [node], groups: { g: 1 } }, ['import/group groups/g']],
    ['a part of an archive', { state: { nodes: [node] }, config: '{' }, ['import/archive-part config']],
  ])('%s', (_, file, expected) => {
    const result = importFuncNodes(file);
    expectSound(result);
    expect(told(result)).toEqual(expected);
  });

  test('a file of another kind, and an archive', () => {
    for (const file of [
      '{"loom":1,"nodes":{}}',
      '[]',
      {},
      { state: '{' },
      { nodes: [{ nodeId: 'a' }], connections: [] },
    ]) {
      expect(importFuncNodes(file)).toMatchObject({
        document: { nodes: {} },
        issues: [{ code: 'import/wrong-format' }],
      });
    }
    const zip = Uint8Array.of(0x50, 0x4b, 3, 4, 20);
    for (const file of [zip, zip.buffer, String.fromCharCode(...zip)]) {
      expect(importFuncNodes(file)).toMatchObject({ issues: [{ code: 'import/archive' }] });
    }
  });
});
