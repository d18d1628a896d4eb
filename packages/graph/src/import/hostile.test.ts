import { describe, expect, test } from 'vitest';
import { emptyDocument } from '../document.js';
import type { LoadResult } from '../load/load.js';
import { expectSound, oldFile, oldNode } from './import-fixture.js';
import { importFuncNodes, importOldLoom } from './index.js';

function codes({ issues }: LoadResult): string[] {
  return issues.map(({ code }) => code);
}

const tooLarge = { document: emptyDocument, issues: [expect.objectContaining({ code: 'document/too-large' })] };

test('keys that reach the prototype are left out, and told', () => {
  const old = JSON.parse(`{"projectId":"p","__proto__":{"polluted":1},"nodes":[
    {"nodeId":"__proto__","metadata":{}},
    {"nodeId":"a","__proto__":{"polluted":1},"input":[{"var":"__proto__","value":{"__proto__":{"polluted":1}}}],
     "metadata":{"__proto__":{"polluted":1},"execution_mode":"conditional","true_path":["__proto__"]}},
    {"nodeId":"constructor"}],
    "connections":[{"connectionId":"__proto__","sourceNodeId":"constructor","sourcePort":"__proto__","targetNodeId":"a","targetPort":"__proto__"}]}`);
  const space = JSON.parse(`{"nodes":[{"id":"__proto__","node_id":"t"},
    {"id":"a","node_id":"__proto__","io":{"__proto__":{"default":1},"x":{"default":{"__proto__":{"polluted":1}}}},"properties":{"__proto__":1}}],
    "edges":[["__proto__","__proto__","a","x"]],"groups":{"__proto__":{"node_ids":["a"]}},"prop":{"__proto__":{"polluted":1}}}`);
  for (const result of [importOldLoom(old), importFuncNodes(space)]) {
    expectSound(result);
    expect(codes(result)).toContain('document/unsafe-key');
    expect(Object.getPrototypeOf(result.document.nodes)).toBe(Object.prototype);
    expect(JSON.stringify(result.document)).not.toContain('polluted');
  }
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe('size', () => {
  const limits = { nodes: 10 };
  const nodes = Array.from({ length: 11 }, (_, index) => ({ nodeId: `n${index}`, id: `n${index}`, node_id: 't' }));
  const many = Array.from({ length: 101 }, () => ({}));

  test.each<[string, LoadResult]>([
    ['more nodes', importOldLoom({ nodes, connections: [] }, { limits })],
    ['more connections', importOldLoom({ nodes: nodes.slice(1), connections: many }, { limits })],
    ['more ports', importOldLoom({ nodes: [{ nodeId: 'a', input: many }], connections: [] }, { limits })],
    ['more text', importOldLoom(`{${' '.repeat(100)}`, { limits: { bytes: 50 } })],
    ['more nodes', importFuncNodes({ nodes: nodes.map(({ id }) => ({ id, node_id: 't' })), edges: [] }, { limits })],
    ['more edges', importFuncNodes({ nodes: [{ id: 'a', node_id: 't' }], edges: many }, { limits })],
    ['more ports', importFuncNodes({ nodes: [{ id: 'a', node_id: 't', io: many }] }, { limits })],
    ['more groups', importFuncNodes({ nodes: [{ id: 'a', node_id: 't' }], groups: many }, { limits })],
  ])('%s than the limit open nothing', (_, result) => {
    expect(result).toEqual(tooLarge);
  });

  test('a list that says it is endless is not walked', () => {
    expect(importOldLoom({ nodes: [{ nodeId: 'a', input: new Array(4_000_000_000) }], connections: [] })).toEqual(
      tooLarge,
    );
    expect(importFuncNodes({ nodes: new Array(4_000_000_000), edges: [], groups: {} })).toEqual(tooLarge);
  });

  test('parts that are shared a thousandfold are refused instead of unfolded', () => {
    const input = Array.from({ length: 250 }, (_, index) => ({ var: `p${index}` }));
    const shared = Array.from({ length: 100_000 }, (_, index) => ({ nodeId: `n${index}`, input }));
    expect(importOldLoom({ nodes: shared, connections: [] })).toEqual(tooLarge);
    let bomb: unknown = 'boom';
    for (let level = 0; level < 100; level++) bomb = [bomb, bomb];
    const value = { nodes: [{ nodeId: 'a', input: [{ var: 'x', value: bomb }] }], connections: [] };
    expect(codes(importOldLoom(value, { limits: { bytes: 1_000_000 } }))).toContain('document/too-large');
  });

  test('a report is bounded', () => {
    const wrong = Array.from({ length: 5000 }, () => null);
    const { issues } = importOldLoom({ projectId: 'p', nodes: wrong, connections: wrong });
    expect(issues).toHaveLength(1001);
    expect(issues.at(-1)?.code).toBe('document/more-issues');
  });

  test('a message does not repeat a name as long as the file', () => {
    const id = 'x'.repeat(100_000);
    const { issues } = importOldLoom(oldFile([oldNode(id, '|')], []));
    for (const { message } of issues) expect(message.length).toBeLessThan(1000);
  });
});

describe('depth', () => {
  test('a value that is nested too deep is left out, and told', () => {
    const deep = `${'['.repeat(10_000)}1${']'.repeat(10_000)}`;
    const old = importOldLoom(`{"nodes":[{"nodeId":"a","input":[{"var":"x","value":${deep}}]}],"connections":[]}`);
    const space = importFuncNodes(`{"nodes":[{"id":"a","node_id":"t","io":{"x":{"default":${deep}}}}],"edges":[]}`);
    for (const result of [old, space]) {
      expectSound(result);
      expect(codes(result)).toContain('document/too-deep');
      expect(result.document.nodes.a).toBeDefined();
    }
  });

  test('groups in groups, and states in states, are followed without a stack', () => {
    const groups = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `g${index}`,
        { node_ids: index === 0 ? ['a'] : [], child_groups: [`g${index - 1}`] },
      ]),
    );
    const result = importFuncNodes({ nodes: [{ id: 'a', node_id: 't' }], edges: [], groups });
    expect(Object.keys(result.document.nodes)).toHaveLength(10_001);
    let state: object = { nodes: [{ id: 'a', node_id: 't' }] };
    for (let level = 0; level < 10_000; level++) state = { state, backend: state };
    expect(codes(importFuncNodes(state))).not.toContain('document/unreadable');
  });
});

describe('cost', () => {
  /** `n` nodes in a row, each of which leads to all that stand near it. */
  function dense(n: number, metadata: (index: number) => object): object {
    const nodes = Array.from({ length: n }, (_, index) => ({ nodeId: `n${index}`, metadata: metadata(index) }));
    const connections = nodes.flatMap((_, index) =>
      [1, 2, 3, 4, 5].flatMap((step) =>
        index + step < n
          ? [{ sourceNodeId: `n${index}`, sourcePort: 0, targetNodeId: `n${index + step}`, targetPort: step }]
          : [],
      ),
    );
    return { nodes, connections };
  }

  test('thousands of loops over everything end, and say that they were too many', () => {
    const result = importOldLoom(dense(3000, () => ({ execution_mode: 'loop', loop_back_to: 'n0' })));
    expect(codes(result)).toContain('import/too-complex');
    expect(Object.keys(result.document.nodes).length).toBeGreaterThanOrEqual(3000);
  });

  test('a thousand conditions end', () => {
    const result = importOldLoom(
      dense(1000, (index) => ({
        execution_mode: 'conditional',
        true_path: [`n${index + 1}`],
        false_path: [`n${index + 2}`],
      })),
    );
    expect(Object.keys(result.document.nodes).length).toBeGreaterThanOrEqual(1000);
  });

  test('long texts of digits, underscores and signs are looked at once', () => {
    const long = (character: string): string => `${character.repeat(1_000_000)}…`;
    const nodes = [
      {
        nodeId: 'a',
        input: [{ var: 'x', value: long('1') }],
        output: ['go', long('_')],
        metadata: { execution_mode: 'loop', loop_back_to: 'a' },
      },
      { nodeId: 'b' },
    ];
    const connections = [{ sourceNodeId: 'a', sourcePort: 1, targetNodeId: 'b', targetPort: 0 }];
    expect(Object.keys(importOldLoom({ nodes, connections }).document.nodes)).toEqual(['a', 'b', 'a-loop']);
    const config = { package_dependencies: { p: { package: long('a'), version: long('=') } } };
    expect(codes(importFuncNodes({ state: { backend: { nodes: [] } }, config }))).toEqual(['import/package']);
  });

  test('a node that thousands of conditions name, and thousands of wires lead to, ends', () => {
    const nodes = Array.from({ length: 3000 }, (_, index) => ({
      nodeId: `n${index}`,
      metadata: { execution_mode: 'conditional', true_path: ['x'] },
    }));
    const connections = nodes.map(({ nodeId }, index) => ({
      sourceNodeId: nodeId,
      sourcePort: 0,
      targetNodeId: 'x',
      targetPort: index,
    }));
    const result = importOldLoom({ nodes: [...nodes, { nodeId: 'x' }], connections });
    expect(result.issues.length).toBeGreaterThan(0);
  });

  test('inputs that hand on in a long row end', () => {
    const nodes = Array.from({ length: 6000 }, (_, index) => ({
      id: `n${index}`,
      node_id: 't',
      io: { x: { is_input: true } },
    }));
    const edges = nodes.slice(1).map((_, index) => [`n${index}`, 'x', `n${index + 1}`, 'x']);
    expect(importFuncNodes({ nodes, edges }).issues.length).toBeGreaterThan(0);
  });
});

test('a getter or a proxy that throws ends in an issue, and nothing of a file is called', () => {
  let called = 0;
  const call = (): number => called++;
  const refuse = (): never => {
    throw new Error('no entry');
  };
  const getter = Object.defineProperty({ nodeId: 'a' }, 'metadata', { get: refuse, enumerable: true });
  expect(codes(importOldLoom({ nodes: [getter], connections: [] }))).toContain('document/unreadable');
  expect(
    codes(importFuncNodes({ nodes: [{ id: 'a', node_id: 't', io: new Proxy({}, { ownKeys: refuse }) }] })),
  ).toContain('document/unreadable');
  const calling = { toJSON: call, toString: call, valueOf: call };
  importOldLoom({
    nodes: [{ nodeId: calling, name: calling, input: [{ var: calling, value: calling }] }, { nodeId: 'a' }],
    connections: [calling],
  });
  importFuncNodes({
    nodes: [
      { id: calling, node_id: calling },
      { id: 'a', node_id: 't', io: calling },
    ],
    edges: [calling],
  });
  expect(called).toBe(0);
});
