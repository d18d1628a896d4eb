import { describe, expect, test } from 'vitest';
import { createLibrary } from './create-library.js';
import type { FlowDocument, FlowNode, FlowType, JavaScriptFlowType, PythonFlowType } from './document.js';
import { flow, node, nodeType } from './fixture.js';

function only(type: FlowType): FlowDocument {
  return flow({}, [], { types: { t: type } });
}

const script: JavaScriptFlowType = {
  kind: 'javascript',
  title: 'Scale',
  source: 'export default ({ x }) => ({ y: x * 2 })',
  inputs: {
    x: { type: 'list<number>', title: 'Values', help: 'What to scale', multiple: true },
    by: { type: 'int', default: 2, widget: { kind: 'slider', min: 0, max: 9, step: 1 } },
    how: { required: false, widget: { kind: 'select', options: ['a', { value: 2, title: 'Two' }, {}, []] } },
  },
  outputs: { y: { type: 'list<number>', help: 'Scaled' }, rest: {} },
};

describe('a JavaScript type of the flow', () => {
  test('has the ports that it declares', () => {
    expect(createLibrary().resolve(only(script), 't')).toEqual({
      id: 't',
      title: 'Scale',
      version: 1,
      inputs: [
        {
          id: 'x',
          title: 'Values',
          type: { kind: 'list', item: { kind: 'number' } },
          help: 'What to scale',
          required: true,
          multiple: true,
        },
        {
          id: 'by',
          title: 'By',
          type: { kind: 'int' },
          required: false,
          default: 2,
          widget: { kind: 'slider', min: 0, max: 9, step: 1 },
        },
        {
          ...{ id: 'how', title: 'How', type: { kind: 'any' }, required: false },
          widget: { kind: 'select', options: [{ value: 'a' }, { value: 2, title: 'Two' }] },
        },
      ],
      outputs: [
        { id: 'y', title: 'Y', type: { kind: 'list', item: { kind: 'number' } }, help: 'Scaled' },
        { id: 'rest', title: 'Rest', type: { kind: 'any' } },
      ],
      pure: false,
      implementation: {
        ...{ kind: 'source', language: 'javascript', source: script.source, entry: 'default', returns: 'mapping' },
        revision: expect.stringMatching(/^[0-9a-f]{16}$/),
      },
      problems: [],
    });
  });

  test('has a revision that changes with source and outputs, and not with titles', () => {
    const revision = (type: JavaScriptFlowType): unknown => createLibrary().resolve(only(type), 't')?.implementation;
    expect(revision({ ...script, title: 'Other' })).toEqual(revision(script));
    expect(revision({ ...script, source: `${script.source} ` })).not.toEqual(revision(script));
    expect(revision({ ...script, outputs: { y: {} } })).not.toEqual(revision(script));
  });

  test('takes anything where its declaration cannot be read, and says so', () => {
    const type = createLibrary().resolve(
      only({ ...script, inputs: { x: { type: 'list<', widget: { kind: 'dial' } } } }),
      't',
    );
    expect(type?.inputs).toEqual([{ id: 'x', title: 'X', type: { kind: 'any' }, required: true }]);
    expect(type?.problems.map((problem) => problem.severity)).toEqual(['warning', 'warning']);
  });
});

describe('finding a type', () => {
  test('goes through the flow first, then through the shelves in order', () => {
    const library = createLibrary({
      shelves: [
        { name: 'one', types: [nodeType('a', [], ['one'])] },
        { name: 'two', types: [nodeType('a', [], ['two']), nodeType('t', [], ['shelf'])] },
      ],
    });
    expect(library.resolve(flow({}), 'a')?.outputs[0]?.id).toBe('one');
    expect(library.resolve(flow({}), 't')?.outputs[0]?.id).toBe('shelf');
    expect(library.resolve(only(script), 't')?.outputs[0]?.id).toBe('y');
    expect(['b', 'constructor', '__proto__'].map((id) => library.resolve(only(script), id))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('reads a source once for each entry', () => {
    let reads = 0;
    const python = (id: string): ReturnType<typeof nodeType> => {
      reads++;
      return nodeType(id, [], []);
    };
    const library = createLibrary({ readers: { python } });
    const type: PythonFlowType = { kind: 'python', source: 'def f(): pass' };
    const document = only(type);
    expect(library.resolve(document, 't')).toBe(library.resolve({ types: { ...document.types } }, 't'));
    expect(reads).toBe(1);
    library.resolve(only({ ...type }), 't');
    expect(library.resolve({ types: { t: type, other: type } }, 'other')?.id).toBe('other');
    expect(reads).toBe(3);
  });

  test.each<[string, FlowType, Parameters<typeof createLibrary>[0]]>([
    ['a reader is missing', { kind: 'python', source: '' }, {}],
    [
      'its reader throws',
      { kind: 'python', source: '' },
      {
        readers: {
          python: () => {
            throw new Error('broken reader');
          },
        },
      },
    ],
    ['its kind is of a later release', { kind: 'rust' } as unknown as FlowType, {}],
  ])('gives a placeholder with the problem when %s', (_, type, options) => {
    expect(createLibrary(options).resolve(only(type), 't')).toMatchObject({
      ...{ id: 't', inputs: [], outputs: [], implementation: { kind: 'missing' } },
      problems: [{ severity: 'error' }],
    });
  });
});

describe('a subgraph', () => {
  const library = createLibrary({
    shelves: [{ name: 's', types: [nodeType('add', ['a: int', 'b?: number'], ['sum: number'])] }],
  });
  const nodes = { inner: node('add') };

  test('has its promoted ports, each as declared or else as the inner port is', () => {
    const document = only({
      ...{ kind: 'subgraph', title: 'Sub', nodes, edges: {} },
      inputs: {
        x: { node: 'inner', port: 'a' },
        y: { node: 'inner', port: 'b', type: 'int', title: 'Y', required: true },
      },
      outputs: { z: { node: 'inner', port: 'sum' }, w: { node: 'gone', port: 'p' } },
    });
    expect(library.resolve(document, 't')).toMatchObject({
      title: 'Sub',
      inputs: [
        { id: 'x', title: 'a', type: { kind: 'int' }, required: true },
        { id: 'y', title: 'Y', type: { kind: 'int' }, required: true },
      ],
      outputs: [
        { id: 'z', title: 'Z', type: { kind: 'number' } },
        { id: 'w', title: 'W', type: { kind: 'any' } },
      ],
      implementation: { kind: 'subgraph' },
    });
  });

  test('takes one wire where the inner port takes several, as often as that is promoted', () => {
    const several = createLibrary({ shelves: [{ name: 's', types: [nodeType('list', ['in*: list<int>'], [])] }] });
    const inputs = { a: { node: 'inner', port: 'in' }, b: { node: 'inner', port: 'in' } };
    const portsOf = (inner: FlowNode) =>
      several.resolve(only({ kind: 'subgraph', nodes: { inner }, edges: {}, inputs, outputs: {} }), 't')?.inputs;
    const port = { title: 'in', type: { kind: 'int' }, required: true };
    expect(portsOf(node('list'))).toEqual([
      { id: 'a', ...port },
      { id: 'b', ...port },
    ]);
    // What it has itself is a list, which is no default of one wire.
    expect(portsOf({ ...node('list'), inputs: { in: [1, 2] } })?.[0]).toEqual({ id: 'a', ...port, required: false });
  });

  test('follows the types inside it', () => {
    const sub: FlowType = {
      kind: 'subgraph',
      nodes: { i: node('js') },
      edges: {},
      outputs: { o: { node: 'i', port: 'y' } },
    };
    const js = (type: string): FlowType => ({ kind: 'javascript', source: '', outputs: { y: { type } } });
    const kindOf = (types: FlowDocument['types']): unknown => library.resolve({ types }, 'sub')?.outputs[0]?.type.kind;
    expect([kindOf({ sub, js: js('int') }), kindOf({ sub, js: js('string') })]).toEqual(['int', 'string']);
  });

  test('that contains itself, or is ten thousand levels deep, is resolved all the same', () => {
    const outputs = { o: { node: 'i', port: 'o' } };
    const self: FlowType = { kind: 'subgraph', nodes: { i: node('t') }, edges: {}, outputs };
    expect(library.resolve(only(self), 't')?.outputs).toEqual([{ id: 'o', title: 'O', type: { kind: 'any' } }]);
    const types = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, level) => [
        `t${level}`,
        { kind: 'subgraph', nodes: { i: node(`t${level + 1}`) }, edges: {}, outputs } satisfies FlowType,
      ]),
    );
    expect(library.resolve({ types }, 't0')?.outputs).toHaveLength(1);
  });
});

test('a shelf is read when the shelves before it do not have what is wanted, and once', () => {
  const read: string[] = [];
  const shelf = (name: string, ...ids: string[]) => ({
    name,
    get types() {
      read.push(name);
      return ids.map((id) => ({ ...nodeType(id, [], []), title: name }));
    },
  });
  const library = createLibrary({ shelves: [shelf('first', 'a'), shelf('second', 'a', 'b')] });
  const title = (id: string) => library.resolve(flow({}), id)?.title;
  expect(read).toEqual([]);
  expect(title('a')).toBe('first');
  expect(read).toEqual(['first']);
  expect(title('b')).toBe('second');
  expect(title('a')).toBe('first');
  expect(title('c')).toBeUndefined();
  expect(read).toEqual(['first', 'second']);
});
