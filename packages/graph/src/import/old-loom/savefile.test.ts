import { describe, expect, test } from 'vitest';
import { nodeType } from '../../fixture.js';
import { expectSound, fixture, libraryOf, oldFile, oldNode, told, wires } from '../import-fixture.js';
import { importOldLoom } from './import-old-loom.js';

describe('a savefile', () => {
  const file = fixture('old-loom-savefile');

  test('becomes a flow with its names, places, values and wires', () => {
    const result = importOldLoom(file);
    const { document } = result;
    expectSound(result);
    expect(document.title).toBe('Prices');
    expect(document.description).toBe('Adds tax to a price.');
    expect(document.nodes).toEqual({
      node_1: {
        type: 'old-loom/builtin/price.price_node',
        label: 'Price',
        position: { x: 40, y: 80 },
        inputs: { amount: '120', currency: 'EUR' },
      },
      node_2: {
        type: 'old-loom/custom/tax.tax_node',
        label: 'Add tax',
        position: { x: 320, y: 80 },
        inputs: { rate: 0.19 },
      },
      node_3: {
        type: 'old-loom/script_node/label.label_node',
        label: 'Label',
        position: { x: 600, y: 80 },
        inputs: { strict: false },
      },
    });
    expect(wires(document)).toEqual([
      'node_1.amount -> node_2.amount',
      'node_2.total -> node_3.total',
      'node_1.currency -> node_3.currency',
    ]);
  });

  test('keeps what has no place in a flow', () => {
    const { imported } = importOldLoom(file).document.meta as { imported: Record<string, Record<string, unknown>> };
    expect(imported.format).toBe('old-loom');
    expect(imported.file).toMatchObject({ projectId: 'proj_007_1234', metadata: { author: 'Ada' } });
    expect(imported.nodes?.node_1).toEqual({
      positionId: 'pos_1',
      ref: 'builtin',
      scriptPath: '/opt/app/nodebank/builtin/io/price.py',
      entryFunction: 'price_node',
      metadata: { operation: 'price' },
      input: [{ var: 'amount' }, { var: 'currency' }],
      output: ['amount', 'currency'],
    });
  });

  test('names the function and script of each type that is missing, and the id for a shelf', () => {
    const { issues } = importOldLoom(file);
    expect(issues.filter(({ code }) => code === 'import/unknown-type')).toEqual([
      expect.objectContaining({
        severity: 'error',
        path: ['nodes', 'node_1', 'type'],
        message: expect.stringMatching(/"price_node" of the script "price.py".*"old-loom\/builtin\/price.price_node"/),
      }),
      expect.objectContaining({ path: ['nodes', 'node_2', 'type'] }),
      expect.objectContaining({ path: ['nodes', 'node_3', 'type'] }),
    ]);
  });

  test('is opened alike from text, with a byte order mark, and from what was parsed of it', () => {
    expect(importOldLoom(`\uFEFF${file}`)).toEqual(importOldLoom(file));
    expect(importOldLoom(JSON.parse(file))).toEqual(importOldLoom(file));
  });

  test('is not changed', () => {
    const parsed = JSON.parse(file);
    importOldLoom(parsed);
    expect(parsed).toEqual(JSON.parse(file));
  });
});

test('an older savefile names ports and connections', () => {
  const result = importOldLoom(fixture('old-loom-older'));
  expectSound(result);
  expect(result.document.edges).toEqual({
    conn_1: { source: 'a', sourcePort: 'Roll', target: 'b', targetPort: 'x' },
  });
  expect(told(result)).toEqual([]);
});

describe('types', () => {
  const tax = 'def tax_node(amount, rate):\n    return amount * (1 + rate)\n';

  test('a script that is given makes a Python type, and its one result is called as Loom calls it', () => {
    const { document } = importOldLoom(fixture('old-loom-savefile'), { scripts: { 'tax.py': tax } });
    expect(document.types).toEqual({
      'old-loom/custom/tax.tax_node': { kind: 'python', source: tax, entry: 'tax_node' },
    });
    expect(wires(document)).toContain('node_2.result -> node_3.total');
  });

  test('a whole path finds a script before a name does', () => {
    const path = 'D:\\projects\\nodebank\\custom\\tax.py';
    const { document } = importOldLoom(fixture('old-loom-savefile'), { scripts: { 'tax.py': 'other', [path]: tax } });
    expect(Object.values(document.types)).toEqual([{ kind: 'python', source: tax, entry: 'tax_node' }]);
  });

  test('source in the file makes one type for all nodes that share it', () => {
    const code = 'def run(x):\n    return x\n';
    const nodes = ['a', 'b'].map((id) => ({ ...oldNode(id, 'x | y'), code, entryFunction: 'run' }));
    const { document } = importOldLoom(oldFile(nodes, ['a.0 -> b.0']));
    expect(Object.keys(document.types)).toEqual(['old-loom/node/run']);
    expect(wires(document)).toEqual(['a.result -> b.x']);
  });

  test('scripts of the same name in different folders stay apart', () => {
    const nodes = ['one', 'two'].map((folder) => ({ ...oldNode(folder, '|'), scriptPath: `${folder}/f.py` }));
    const { document } = importOldLoom(oldFile(nodes, []));
    expect(Object.values(document.nodes).map(({ type }) => type)).toEqual(['old-loom/node/f', 'old-loom/node/f-2']);
  });

  test('a library gives ports their names and text its type, and its types are not missing', () => {
    const library = libraryOf(
      nodeType(
        'old-loom/builtin/price.price_node',
        ['price: number', 'unit: string'],
        ['price: number', 'unit: string'],
      ),
      nodeType('old-loom/custom/tax.tax_node', ['amount: number', 'rate?: number'], ['sum: number']),
      nodeType('old-loom/script_node/label.label_node', ['total: number', 'currency: string', 'strict?: bool'], []),
    );
    const { document, issues } = importOldLoom(fixture('old-loom-savefile'), { library });
    expect(issues).toEqual([]);
    expect(document.nodes.node_1?.inputs).toEqual({ price: 120, unit: 'EUR' });
    expect(wires(document)).toEqual([
      'node_1.price -> node_2.amount',
      'node_2.sum -> node_3.total',
      'node_1.unit -> node_3.currency',
    ]);
  });

  test('several results of one function need its annotation', () => {
    const node = { ...oldNode('a', '| x y'), code: 'def f(): ...' };
    const result = importOldLoom(oldFile([node, oldNode('b', 'p q |')], ['a.1 -> b.0']));
    expect(wires(result.document)).toEqual(['a.out2 -> b.p']);
    expect(told(result)).toEqual(['import/several-results types/old-loom/node/a']);
  });
});

describe('ports', () => {
  test('that the file does not list are called by their position', () => {
    const nodes = [{ nodeId: 'a' }, { nodeId: 'b' }];
    const result = importOldLoom(oldFile(nodes, ['a.1 -> b.2']));
    expect(wires(result.document)).toEqual(['a.out1 -> b.in2']);
    expect(told(result)).toEqual([]);
  });

  test('that a connection uses beside the listed ones are kept, and told', () => {
    const result = importOldLoom(oldFile([oldNode('a', '| x'), oldNode('b', 'y |')], ['a.3 -> b.1']));
    expect(wires(result.document)).toEqual(['a.out3 -> b.in1']);
    expect(told(result)).toEqual(['import/undeclared-port connections/0']);
  });

  test('of the same name get names of their own', () => {
    const result = importOldLoom(oldFile([oldNode('a', '| x x'), oldNode('b', 'y |')], ['a.1 -> b.0']));
    expect(wires(result.document)).toEqual(['a.x_2 -> b.y']);
    expect(told(result)).toEqual(['import/port-name nodes/a/outputs/x_2']);
  });

  test('that a connection does not name are the first ones', () => {
    const file = {
      nodes: [oldNode('a', '| x'), oldNode('b', 'y |')],
      connections: [{ sourceNodeId: 'a', targetNodeId: 'b' }],
    };
    const result = importOldLoom(file);
    expect(wires(result.document)).toEqual(['a.x -> b.y']);
    expect(told(result)).toEqual(['import/no-port connections/0']);
  });

  test('with several wires get a merge, for an input takes one', () => {
    const nodes = [oldNode('a', '| x'), oldNode('b', '| x'), oldNode('c', 'y |')];
    const result = importOldLoom(oldFile(nodes, ['b.0 -> c.0', 'a.0 -> c.0']));
    expectSound(result);
    expect(result.document.nodes['c-y']).toMatchObject({ type: 'loom/merge', settings: { join: 'any' } });
    expect(Object.values(result.document.edges)).toEqual([
      { source: 'b', sourcePort: 'x', target: 'c-y', targetPort: 'values', order: 0 },
      { source: 'a', sourcePort: 'x', target: 'c-y', targetPort: 'values', order: 1 },
      { source: 'c-y', sourcePort: 'value', target: 'c', targetPort: 'y' },
    ]);
    expect(told(result)).toEqual(['import/several-wires nodes/c/inputs/y']);
  });
});

describe('values', () => {
  test('of every kind are carried, the empty ones too', () => {
    const node = oldNode('a', 'a=0 b="" c=false d=null e=[] f="007" g |');
    const result = importOldLoom(oldFile([node], []));
    expect(result.document.nodes.a?.inputs).toEqual({ a: 0, b: '', c: false, d: null, e: [], f: '007' });
    expect(told(result)).toEqual(['import/text-value nodes/a/inputs/f']);
  });
});

describe('what cannot be carried over is told', () => {
  const a = oldNode('a', '| x');
  test.each<[string, object, string[]]>([
    ['a node that is no object', { nodes: [a, 7], connections: [] }, ['import/node nodes/1']],
    ['a node without an id', { nodes: [{ name: 'x' }], connections: [] }, ['import/no-id nodes/0']],
    ['a second node of the same id', { nodes: [a, a], connections: [] }, ['import/duplicate-id nodes/1']],
    ['a connection that is no object', { nodes: [a], connections: ['a'] }, ['import/connection connections/0']],
    ['a connection to nowhere', oldFile([a], ['a.0 -> b.0']), ['import/connection connections/0']],
    [
      'a repeated connection',
      oldFile([a, oldNode('b', 'y |')], ['a.0 -> b.0', 'a.0 -> b.0']),
      ['import/connection connections/1'],
    ],
    [
      'a port that is none',
      { nodes: [a], connections: [{ sourceNodeId: 'a', sourcePort: -1, targetNodeId: 'a', targetPort: 0 }] },
      ['import/connection connections/0'],
    ],
    [
      'connections that are no list',
      { projectId: 'p', nodes: [a], connections: 'none' },
      ['import/no-list connections'],
    ],
    [
      'an execution mode that does not exist',
      oldFile([oldNode('a', '|', { execution_mode: 'magic' })], []),
      ['import/unknown-mode nodes/a'],
    ],
    [
      'ports that are no list',
      { nodes: [{ nodeId: 'a', input: 5 }], connections: [] },
      ['import/ports nodes/a/inputs'],
    ],
  ])('%s', (_, file, expected) => {
    const result = importOldLoom(file);
    expectSound(result);
    expect(told(result)).toEqual(expected);
  });

  test('what a connection says beside its ends', () => {
    const wire = { sourceNodeId: 'a', sourcePort: 0, targetNodeId: 'b', targetPort: 0, color: 'red' };
    const result = importOldLoom({ nodes: [a, oldNode('b', 'y |')], connections: [wire] });
    expect(wires(result.document)).toEqual(['a.x -> b.y']);
    expect(told(result)).toEqual(['import/connection-key connections/0']);
  });

  test('ports beyond those that a function can have', () => {
    const input = Array.from({ length: 300 }, (_, index) => ({ var: `p${index}`, value: 'v' }));
    const result = importOldLoom({ nodes: [{ nodeId: 'a', input }], connections: [] });
    expectSound(result);
    expect(Object.keys(result.document.nodes.a?.inputs ?? {})).toHaveLength(255);
    expect(told(result)).toEqual(['import/too-many-ports nodes/a/inputs']);
  });

  test('positions that are missing: such nodes stand in rows', () => {
    const { document, issues } = importOldLoom({
      nodes: [{ nodeId: 'a' }, { nodeId: 'b', position: { x: 1 } }],
      connections: [],
    });
    expect(document.nodes.a?.position).not.toEqual(document.nodes.b?.position);
    const issue = issues.find(({ code }) => code === 'import/no-position');
    expect(issue?.message).toContain('Here: "a", "b".');
  });

  test('a file of another kind', () => {
    for (const file of ['{"loom":1,"nodes":{}}', '[]', '7', {}, null, { status: 'idle', project_id: 'p' }]) {
      expect(importOldLoom(file)).toMatchObject({ document: { nodes: {} }, issues: [{ code: 'import/wrong-format' }] });
    }
    expect(importOldLoom('{"nodes":[')).toMatchObject({ issues: [{ code: 'document/not-json' }] });
  });

  test('a wire that closes a cycle, which was no loop', () => {
    const nodes = [oldNode('a', 'x | y'), oldNode('b', 'x | y')];
    const result = importOldLoom(oldFile(nodes, ['a.0 -> b.0', 'b.0 -> a.0']));
    expectSound(result);
    expect(told(result)).toEqual(['edge/cycle edges/wire-2']);
  });
});
