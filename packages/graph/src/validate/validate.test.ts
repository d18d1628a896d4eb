import { describe, expect, test } from 'vitest';
import { createLibrary } from '../create-library.js';
import type { FlowDocument, FlowType } from '../document.js';
import { flow, library, node, nodeType } from '../fixture.js';
import { inputProblem } from '../schema/input-fault.js';
import { validate } from './validate.js';

function issues(document: FlowDocument, using = library): string[] {
  return validate(document, using).map((issue) => `${issue.severity} ${issue.code} ${issue.path.join('/')}`);
}

test('a sound flow has no issues', () => {
  const document = flow(
    { n: node('number', { inputs: { value: 1.5 } }), add: node('add', { inputs: { a: 0 } }), sum: 'sum', show: 'show' },
    ['n.out -> add.b', 'n.out -> sum.items', 'add.sum -> sum.items', 'sum.sum -> show.value'],
  );
  expect(issues(document)).toEqual([]);
});

test('an unknown type is named once, and the node keeps its wires and values in peace', () => {
  const document = flow({ a: 'number', x: node('nobody', { inputs: { y: [] } }), b: 'sum' }, [
    'a.out -> x.z',
    'x.o -> b.items',
  ]);
  expect(issues(document)).toEqual(['error node/unknown-type nodes/x/type']);
});

describe('literals', () => {
  test.each<[string, string, string, unknown, boolean]>([
    ['"007" is no number', 'number', 'value', '007', false],
    ['0 is a number', 'number', 'value', 0, true],
    ['1.5 is no int', 'int', 'value', 1.5, false],
    ['false is no int', 'int', 'value', false, false],
    ['null is no text', 'text', 'value', null, false],
    ['"" is a text', 'text', 'value', '', true],
    ['a list goes where wires give a list', 'sum', 'items', [1, 2], true],
    ['anything goes into a variable', 'same', 'x', {}, true],
  ])('%s', (_, type, port, value, right) => {
    const found = issues(flow({ a: node(type, { inputs: { [port]: value as null } }) }));
    expect(found).toEqual(right ? [] : [`error node/wrong-literal nodes/a/inputs/${port}`]);
  });

  test('a literal without a port, and one behind a wire, do no harm', () => {
    const document = flow({ n: 'number', a: node('add', { inputs: { a: 'unused', gone: 1 } }) }, ['n.out -> a.a']);
    expect(issues(document)).toEqual(['warning node/unknown-input nodes/a/inputs/gone']);
  });

  test('the default of an input is right whatever its type says', () => {
    const type = nodeType('t', ['x: int'], []);
    const [x] = type.inputs;
    const lenient = { ...type, inputs: x ? [{ ...x, required: false, default: null }] : [] };
    const shelf = createLibrary({ shelves: [{ name: 's', types: [lenient] }] });
    expect(issues(flow({ a: node('t', { inputs: { x: null } }) }), shelf)).toEqual([]);
  });
});

describe('a required input that nothing feeds', () => {
  test('is a warning, for the flow may be unfinished', () => {
    expect(issues(flow({ a: 'add' }))).toEqual(['warning node/missing-input nodes/a/inputs/a']);
  });

  test('is fed by a wire, by any literal, or from the outside', () => {
    expect(issues(flow({ n: 'number', a: 'add' }, ['n.out -> a.a']))).toEqual([]);
    expect(issues(flow({ a: node('add', { inputs: { a: 0 } }) }))).toEqual([]);
    expect(issues(flow({ a: 'add' }, [], { inputs: { x: { node: 'a', port: 'a' } } }))).toEqual([]);
  });
});

describe('edges', () => {
  test('whose ports or types do not fit are named', () => {
    const document = flow({ t: 'text', a: node('add', { inputs: { a: 1 } }) }, [
      't.out -> a.b',
      't.none -> a.a',
      't.out -> a.c',
    ]);
    expect(issues(document)).toEqual([
      'error edge/type edges/e0',
      'error edge/unknown-port edges/e1',
      'error edge/unknown-port edges/e2',
    ]);
  });

  test('beyond the first on an input for one are named', () => {
    const document = flow({ n: 'number', m: 'number', a: 'add' }, ['n.out -> a.a', 'm.out -> a.a']);
    expect(issues(document)).toEqual(['error edge/too-many edges/e1']);
  });

  test('follow types through nodes with variables', () => {
    const wires = ['list.list -> first.list', 'first.item -> show.value', 'first.item -> text.value'];
    const document = flow({ list: 'ints', first: 'first', show: 'show', text: 'text' }, wires);
    expect(issues(document)).toEqual(['error edge/type edges/e2']);
  });

  test('in a circle are told as one cycle', () => {
    const document = flow({ a: 'same', b: 'same', c: 'same' }, ['a.out -> b.x', 'b.out -> a.x', 'c.out -> c.x']);
    const [issue, ...others] = validate(document, library);
    expect([issue?.code, others]).toEqual(['graph/cycle', []]);
    expect(issue?.message).toMatch(/"a" → "b"|"b" → "a"/);
  });
});

describe('types of the flow', () => {
  test('have their problems told with the line', () => {
    const python = (id: string): ReturnType<typeof nodeType> => ({
      ...nodeType(id, [], []),
      problems: [{ severity: 'error', message: 'invalid syntax', line: 3 }],
    });
    const document = flow({ a: 'py' }, [], { types: { py: { kind: 'python', source: 'def' } } });
    expect(validate(document, createLibrary({ readers: { python } }))).toEqual([
      { code: 'type/problem', severity: 'error', path: ['types', 'py'], message: 'invalid syntax (line 3)' },
    ]);
  });

  test('that contain themselves are named, with those around them', () => {
    const sub = (...types: string[]): FlowType => ({
      kind: 'subgraph',
      nodes: Object.fromEntries(types.map((type, index) => [`n${index}`, node(type)])),
      edges: {},
    });
    const types = { a: sub('b', 'ints'), b: sub('c'), c: sub('b'), fine: sub('leaf'), leaf: sub('ints') };
    expect(issues(flow({}, [], { types }))).toEqual(['a', 'b', 'c'].map((id) => `error type/recursive types/${id}`));
  });

  test('are checked inside, too', () => {
    const inner = flow({ t: 'text', a: 'add', x: 'nobody' }, ['t.out -> a.a']);
    const { nodes, edges } = inner;
    const types: FlowDocument['types'] = {
      sub: { kind: 'subgraph', nodes, edges, inputs: { p: { node: 'a', port: 'none' } } },
    };
    expect(issues(flow({}, [], { types }))).toEqual([
      'error node/unknown-type types/sub/nodes/x/type',
      'error edge/type types/sub/edges/e0',
      'error document/wrong-port types/sub/inputs/p',
    ]);
  });
});

test('a value that does not fit the schema of its input is named with its place', () => {
  const type = nodeType('t', ['x: json'], []);
  const schema = { properties: { a: { type: 'string' } } };
  const inputs = type.inputs.map((input) => ({ ...input, widget: { kind: 'form' as const, schema } }));
  const shelf = createLibrary({ shelves: [{ name: 's', types: [{ ...type, inputs }] }] });
  const [found, ...more] = validate(flow({ a: node('t', { inputs: { x: { a: 1 } } }) }), shelf, {
    checkInput: inputProblem,
  });
  expect([found?.code, found?.message, more]).toEqual([
    'node/wrong-literal',
    'Input "x": a: This does not fit string.',
    [],
  ]);
});
