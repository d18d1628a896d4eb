import { describe, expect, test } from 'vitest';
import { emptyDocument, type FlowDocument, type FlowType } from '../document.js';
import { apply, flow, node, wire } from '../fixture.js';
import type { CreateId } from '../id.js';
import { copyFragment, type Fragment } from './fragment.js';
import { parseFragment } from './parse-fragment.js';
import { type PasteOptions, pasteOperations } from './paste.js';

const python = (source: string): FlowType => ({ kind: 'python', source });

const document = flow(
  {
    n: node('number', { inputs: { value: 0 }, position: { x: 10, y: 20 } }),
    add: node('add', { label: 'Add', inputs: { b: null }, position: { x: 200, y: 40 } }),
    zone: node('mine', { position: { x: 0, y: 100 } }),
    inner: node('show', { parent: 'zone', position: { x: 5, y: 105 } }),
    other: 'unused',
  },
  ['n.out -> add.a', 'add.sum -> inner.value'],
  { types: { mine: python('def mine(): pass'), unused: python('def unused(): pass') } },
);

/** Ids in order: `node-0`, `node-1`, `edge-2`. */
function counter(): CreateId {
  let next = 0;
  return (prefix) => `${prefix}-${next++}`;
}

function paste(into: FlowDocument, fragment: Fragment, options: PasteOptions = {}): [FlowDocument, string[]] {
  const { operations, nodes } = pasteOperations(into, fragment, { createId: counter(), ...options });
  return [apply(into, ...operations), nodes];
}

describe('a copied fragment', () => {
  test('has the nodes with what lies in them, their values, the wires between them and the types they use', () => {
    expect(copyFragment(document, ['add', 'zone', 'gone'])).toEqual({
      loom: 'fragment',
      version: 1,
      nodes: { add: document.nodes.add, zone: document.nodes.zone, inner: document.nodes.inner },
      edges: { e1: wire('add.sum -> inner.value') },
      incoming: { e0: wire('n.out -> add.a') },
      types: { mine: document.types.mine },
    });
  });

  test('has nodes in the order of the document, and outside of a zone that is not copied', () => {
    const { nodes } = copyFragment(document, ['inner', 'add']);
    expect(Object.entries(nodes).map(([id, { parent }]) => [id, parent])).toEqual([
      ['add', undefined],
      ['inner', undefined],
    ]);
  });

  test('has types that are used only inside its subgraphs', () => {
    const sub: FlowType = { kind: 'subgraph', nodes: { i: node('leaf') }, edges: {} };
    const nested = flow({ a: 'sub' }, [], { types: { sub, leaf: python(''), unused: python('') } });
    expect(Object.keys(copyFragment(nested, ['a']).types)).toEqual(['sub', 'leaf']);
  });
});

describe('a pasted fragment', () => {
  test('stands beside the original under ids of its own', () => {
    const [next, nodes] = paste(document, copyFragment(document, ['add', 'zone']));
    expect(nodes).toEqual(['node-0', 'node-1', 'node-2']);
    expect(next).toEqual({
      ...document,
      nodes: {
        ...document.nodes,
        'node-0': { ...document.nodes.add, position: { x: 232, y: 72 } },
        'node-1': { ...document.nodes.zone, position: { x: 32, y: 132 } },
        'node-2': { ...document.nodes.inner, parent: 'node-1', position: { x: 37, y: 137 } },
      },
      edges: { ...document.edges, 'edge-3': wire('node-0.sum -> node-2.value') },
    });
  });

  test('stands with its upper left corner where it is told to', () => {
    const [next] = paste(emptyDocument, copyFragment(document, ['n', 'add']), { at: { x: -5, y: 7 } });
    expect(Object.values(next.nodes).map((n) => n.position)).toEqual([
      { x: -5, y: 7 },
      { x: 185, y: 27 },
    ]);
  });

  test('is fed by what fed the original, if asked', () => {
    const fragment = copyFragment(document, ['add']);
    expect(Object.keys(paste(document, fragment)[0].edges)).toEqual(['e0', 'e1']);
    expect(paste(document, fragment, { keepIncoming: true })[0].edges['edge-1']).toEqual(wire('n.out -> node-0.a'));
    expect(paste(emptyDocument, fragment, { keepIncoming: true })[0].edges).toEqual({});
  });

  test('brings its types along, under a new id where the other flow has another type of that id', () => {
    const fragment = copyFragment(document, ['zone']);
    expect(paste(emptyDocument, fragment)[0].types).toEqual({ mine: python('def mine(): pass') });
    const clash = flow({}, [], { types: { mine: python('def other(): pass') } });
    const [next] = paste(clash, fragment);
    expect(next.types).toEqual({ mine: python('def other(): pass'), 'type-0': python('def mine(): pass') });
    expect(Object.values(next.nodes).map((n) => n.type)).toEqual(['type-0', 'show']);
  });

  test('renames types inside its subgraphs, and with them the subgraphs', () => {
    const sub: FlowType = { kind: 'subgraph', nodes: { i: node('leaf') }, edges: {} };
    const fragment = copyFragment(flow({ a: 'sub' }, [], { types: { sub, leaf: python('new') } }), ['a']);
    const [next] = paste(flow({}, [], { types: { sub, leaf: python('old') } }), fragment);
    expect(next.types).toEqual({
      ...{ sub, leaf: python('old') },
      'type-0': python('new'),
      'type-1': { ...sub, nodes: { i: node('type-0') } },
    });
    expect(Object.values(next.nodes).map((n) => n.type)).toEqual(['type-1']);
  });

  test('keeps wires whose types do not fit, as the file had them', () => {
    const wrong = flow({ t: 'text', a: 'add' }, ['t.out -> a.a']);
    expect(Object.keys(paste(wrong, copyFragment(wrong, ['t', 'a']))[0].edges)).toHaveLength(2);
  });

  test('can be pasted twice, also with ids that repeat', () => {
    const fragment = copyFragment(document, ['n', 'add']);
    const [once] = paste(document, fragment);
    const [twice] = paste(once, fragment);
    expect(Object.keys(twice.nodes)).toHaveLength(9);
    expect(Object.keys(twice.edges)).toHaveLength(4);
  });
});

describe('clipboard text', () => {
  const fragment = copyFragment(document, ['add', 'zone']);

  test('of a fragment is read back', () => {
    expect(parseFragment(JSON.stringify(fragment))).toEqual(fragment);
    expect(parseFragment(fragment)).toEqual(fragment);
    expect(parseFragment(` \n${JSON.stringify(fragment, null, 2)}`)).toEqual(fragment);
  });

  test.each<[string, unknown]>([
    ['some text', 'hello'],
    ['nothing', ''],
    ['JSON of something else', '{"a":1}'],
    ['a flow', JSON.stringify(document)],
    ['a newer fragment', { ...fragment, version: 2 }],
    ['a fragment without nodes', { ...fragment, nodes: {} }],
    ['broken nodes', { ...fragment, nodes: { a: 1 } }],
    ['a truncated fragment', JSON.stringify(fragment).slice(0, -5)],
    ['undefined', undefined],
    [
      'an object that throws',
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('no');
          },
        },
      ),
    ],
  ])('that is %s is no fragment', (_, input) => {
    expect(parseFragment(input)).toBeUndefined();
  });

  test('that was tampered with loses what is wrong', () => {
    const text = JSON.stringify({
      ...fragment,
      edges: { ...fragment.edges, bad: wire('add.sum -> gone.x'), loop: wire('inner.o -> add.a') },
      incoming: { ...fragment.incoming, bad: 5, far: wire('n.out -> gone.a') },
    }).replace('"nodes":{', '"nodes":{"__proto__":{"type":"x","position":{"x":0,"y":0}},');
    const read = parseFragment(text);
    expect(read).toEqual(fragment);
  });
});

describe('frames of a fragment', () => {
  const frame = { kind: 'note', text: 'Hi', position: { x: 100, y: 200 }, size: { width: 50, height: 40 } } as const;
  const framed: FlowDocument = { ...document, frames: { f: frame, other: frame } };

  test('are copied and pasted with its nodes, also alone, and with ids of their own', () => {
    const fragment = parseFragment(JSON.stringify(copyFragment(framed, ['n'], ['f', 'gone'])));
    if (fragment === undefined) throw new Error('It is a fragment.');
    const { operations, frames } = pasteOperations(framed, fragment, { createId: counter(), at: { x: 0, y: 0 } });
    const [id = ''] = frames;
    expect(Object.keys(framed.frames)).not.toContain(id);
    expect(apply(framed, ...operations).frames).toEqual({
      ...framed.frames,
      [id]: { ...frame, position: { x: 90, y: 180 } },
    });
    expect(parseFragment(copyFragment(framed, [], ['f']))).toMatchObject({ nodes: {}, frames: { f: frame } });
    expect(parseFragment(copyFragment(framed, [], []))).toBeUndefined();
  });
});

test('the points of a wire move with its copy', () => {
  const led = apply(document, { kind: 'set-edge-view', id: 'e0', view: { points: [{ x: 120, y: 30 }] } });
  const [pasted, [, add]] = paste(led, copyFragment(led, ['n', 'add']), { at: { x: 1010, y: 20 } });
  const copy = Object.values(pasted.edges).find(({ target }) => target === add);
  expect(copy?.view).toEqual({ points: [{ x: 1120, y: 30 }] });
});
