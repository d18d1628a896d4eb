import { describe, expect, test } from 'vitest';
import { emptyDocument, type FlowDocument } from '../document.js';
import { LoomError } from '../error.js';
import { apply, flow, library, node, wire } from '../testing.js';
import { applyOperations } from './apply.js';
import type { Operation } from './operation.js';

const document = flow({ n: 'number', m: 'number', add: 'add', sum: 'sum' }, ['n.out -> add.a', 'add.sum -> sum.items']);

/** The code and message of a refusal. */
function refusal(base: FlowDocument, ...operations: Operation[]): string {
  const result = applyOperations(base, operations, { library });
  return result.ok ? 'accepted' : `${result.error.code}: ${result.error.message}`;
}

describe('nodes', () => {
  test('are added, moved, updated and removed', () => {
    const added = apply(emptyDocument, { kind: 'add-node', id: 'a', node: node('number', { label: 'A' }) });
    const moved = apply(added, { kind: 'move-nodes', positions: { a: { x: 3, y: -4 } } });
    expect(moved.nodes).toEqual({ a: node('number', { label: 'A', position: { x: 3, y: -4 } }) });
    const changes = {
      label: undefined,
      type: 'int',
      size: { width: 1, height: 2 },
      settings: { mode: 'muted' },
    } as const;
    const updated = apply(moved, { kind: 'update-node', id: 'a', changes });
    expect(updated.nodes.a).toEqual({
      ...{ type: 'int', position: { x: 3, y: -4 }, size: { width: 1, height: 2 }, settings: { mode: 'muted' } },
    });
    expect(apply(updated, { kind: 'update-node', id: 'a', changes: { settings: null } }).nodes.a).not.toHaveProperty(
      'settings',
    );
    expect(apply(updated, { kind: 'remove-nodes', ids: ['a'] })).toEqual(emptyDocument);
  });

  test('take their edges, what lies in them, and ports that lead to them along when they go', () => {
    const nested = flow(
      { zone: 'x', inner: node('number', { parent: 'zone' }), deep: node('add', { parent: 'inner' }), out: 'add' },
      ['inner.out -> deep.a', 'deep.sum -> out.a'],
      {
        inputs: { x: { node: 'deep', port: 'b' }, y: { node: 'out', port: 'b' } },
        outputs: { z: { node: 'deep', port: 'sum' } },
      },
    );
    expect(apply(nested, { kind: 'remove-nodes', ids: ['zone', 'gone'] })).toEqual(
      flow({ out: 'add' }, [], { inputs: { y: { node: 'out', port: 'b' } } }),
    );
  });

  test('added in the same transaction are seen by what comes after', () => {
    const result = apply(
      emptyDocument,
      { kind: 'add-node', id: 'zone', node: node('x') },
      { kind: 'add-node', id: 'a', node: node('number', { parent: 'zone' }) },
      { kind: 'add-node', id: 'b', node: node('add', { parent: 'zone' }) },
      { kind: 'add-node', id: 'c', node: node('add') },
      { kind: 'connect', id: 'e', edge: wire('a.out -> b.a') },
      { kind: 'connect', id: 'f', edge: wire('a.out -> c.a') },
      { kind: 'set-input', id: 'c', port: 'b', value: 2 },
      { kind: 'remove-nodes', ids: ['zone'] },
    );
    expect(result).toEqual(flow({ c: node('add', { inputs: { b: 2 } }) }));
  });

  test.each<[string, Operation, string]>([
    ['the id is taken', { kind: 'add-node', id: 'n', node: node('x') }, 'graph/duplicate-id'],
    ['the id is empty', { kind: 'add-node', id: '', node: node('x') }, 'operation/invalid'],
    ['the id reaches the prototype', { kind: 'add-node', id: '__proto__', node: node('x') }, 'operation/invalid'],
    [
      'the node has no type',
      { kind: 'add-node', id: 'a', node: { position: { x: 0, y: 0 } } as never },
      'operation/invalid',
    ],
    [
      'the parent does not exist',
      { kind: 'add-node', id: 'a', node: node('x', { parent: 'gone' }) },
      'graph/unknown-node',
    ],
    [
      'the node to move does not exist',
      { kind: 'move-nodes', positions: { gone: { x: 0, y: 0 } } },
      'graph/unknown-node',
    ],
    [
      'the position is no number',
      { kind: 'move-nodes', positions: { n: { x: Number.NaN, y: 0 } } },
      'operation/invalid',
    ],
    [
      'the node to update does not exist',
      { kind: 'update-node', id: 'constructor', changes: {} },
      'graph/unknown-node',
    ],
    [
      'the field is not one to update',
      { kind: 'update-node', id: 'n', changes: { position: null } as never },
      'operation/invalid',
    ],
    ['the type is taken away', { kind: 'update-node', id: 'n', changes: { type: null } as never }, 'operation/invalid'],
    ['it would lie in itself', { kind: 'update-node', id: 'n', changes: { parent: 'n' } }, 'graph/parent-cycle'],
    ['the operation does not exist', { kind: 'explode' } as never, 'graph/impossible'],
    ['the operation is nothing', null as never, 'operation/invalid'],
    ['fields are missing', { kind: 'remove-nodes' } as never, 'operation/invalid'],
  ])('an operation is refused when %s', (_, operation, code) => {
    expect(refusal(document, operation)).toMatch(new RegExp(`^${code}: .{10}`));
  });

  test('cannot be nested in what lies in them', () => {
    const nested = flow({ a: 'x', b: node('x', { parent: 'a' }), c: node('x', { parent: 'b' }) });
    expect(refusal(nested, { kind: 'update-node', id: 'a', changes: { parent: 'c' } })).toMatch('graph/parent-cycle');
  });
});

describe('literals', () => {
  test.each([0, '', false, null, [], '007', { a: [1] }])('%j is a value', (value) => {
    const next = apply(document, { kind: 'set-input', id: 'n', port: 'value', value });
    expect(next.nodes.n?.inputs).toEqual({ value });
  });

  test('that are cleared leave a node as it was without them', () => {
    const next = apply(document, { kind: 'set-input', id: 'n', port: 'value', value: 1 });
    expect(apply(next, { kind: 'clear-input', id: 'n', port: 'value' })).toEqual(document);
  });

  test('are copied, so that changing the value afterwards changes nothing', () => {
    const value = [1];
    const next = apply(document, { kind: 'set-input', id: 'n', port: 'value', value });
    value.push(2);
    expect(next.nodes.n?.inputs).toEqual({ value: [1] });
  });

  test.each<[string, unknown]>([
    ['not a number', Number.NaN],
    ['a function', () => {}],
    ['undefined', undefined],
    ['a date', new Date(0)],
    ['a key that reaches the prototype', JSON.parse('{"__proto__":1}')],
  ])('cannot be %s', (_, value) => {
    expect(refusal(document, { kind: 'set-input', id: 'n', port: 'value', value: value as null })).toMatch(
      'operation/invalid',
    );
  });
});

describe('edges', () => {
  test('take the place of the one at an input for one', () => {
    const next = apply(document, { kind: 'connect', id: 'new', edge: wire('m.out -> add.a') });
    expect(next.edges).toEqual({ new: wire('m.out -> add.a'), e1: wire('add.sum -> sum.items') });
  });

  test('come last at an input for several, and can be put in another order', () => {
    const two = apply(document, { kind: 'connect', id: 'b', edge: wire('n.out -> sum.items') });
    const three = apply(two, { kind: 'connect', id: 'a', edge: wire('m.out -> sum.items') });
    expect([three.edges.b?.order, three.edges.a?.order]).toEqual([1, 2]);
    const reordered = apply(three, { kind: 'reorder-edges', node: 'sum', port: 'items', ids: ['a', 'e1', 'b'] });
    expect([reordered.edges.a?.order, reordered.edges.e1?.order, reordered.edges.b?.order]).toEqual([0, 1, 2]);
    expect(refusal(three, { kind: 'reorder-edges', node: 'sum', port: 'items', ids: ['a', 'b', 'b'] })).toMatch(
      'operation/invalid: To order the wires of "items", name each of them once: e1, b, a.',
    );
  });

  test('can be moved to another port in one transaction, under the same id', () => {
    const next = apply(
      document,
      { kind: 'disconnect', ids: ['e0'] },
      { kind: 'connect', id: 'e0', edge: wire('n.out -> add.b') },
    );
    expect(next.edges.e0).toEqual(wire('n.out -> add.b'));
  });

  test('that are gone already are no fault', () => {
    const remove: Operation[] = [
      { kind: 'remove-nodes', ids: ['n'] },
      { kind: 'disconnect', ids: ['e0', 'never'] },
    ];
    expect(refusal(document, ...remove)).toBe('accepted');
  });

  test.each([
    ['m.out -> gone.a', 'edge/unknown-node: There is no node "gone".'],
    ['m.out -> add.none', 'edge/unknown-port: "add" has no input "none".'],
    ['n.out -> add.a', 'edge/already-connected: These two ports are connected already.'],
    ['add.sum -> add.b', 'edge/self: A node cannot feed itself. To repeat, use a zone.'],
    ['sum.sum -> add.b', 'edge/cycle: "sum" needs "add", so this wire would close a cycle. To repeat, use a zone.'],
  ])('%s is refused with the reason', (text, reason) => {
    expect(refusal(document, { kind: 'connect', id: 'e', edge: wire(text) })).toBe(reason);
  });

  test('with a type that does not fit pass only by force', () => {
    const base = flow({ t: 'text', add: 'add' });
    const edge = wire('t.out -> add.a');
    expect(refusal(base, { kind: 'connect', id: 'e', edge })).toMatch('edge/type: ');
    expect(apply(base, { kind: 'connect', id: 'e', edge, force: true }).edges).toEqual({ e: edge });
    const loop = flow({ a: 'add', b: 'add' }, ['a.sum -> b.a']);
    expect(refusal(loop, { kind: 'connect', id: 'e', edge: wire('b.sum -> a.a'), force: true })).toMatch('edge/cycle');
  });

  test('that together close a cycle are refused, however many they are', () => {
    for (const count of [3, 50]) {
      const nodes = Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, 'add']));
      const round = Array.from({ length: count }, (_, index): Operation => {
        return { kind: 'connect', id: `e${index}`, edge: wire(`n${index}.sum -> n${(index + 1) % count}.a`) };
      });
      expect(refusal(flow(nodes), ...round.slice(1))).toBe('accepted');
      expect(refusal(flow(nodes), ...round)).toMatch('edge/cycle');
    }
  });

  test('see types that were set in the same transaction', () => {
    const source = { kind: 'javascript', source: '', outputs: { o: { type: 'number' } } } as const;
    const operations: Operation[] = [
      { kind: 'set-type', id: 'new', type: source },
      { kind: 'add-node', id: 'x', node: node('new') },
      { kind: 'connect', id: 'e', edge: wire('x.o -> add.a') },
    ];
    expect(Object.keys(apply(document, ...operations).edges)).toEqual(['e1', 'e']);
  });
});

describe('types, frames and the flow itself', () => {
  test('are set and removed', () => {
    const frame = { kind: 'frame', position: { x: 0, y: 0 }, size: { width: 9, height: 9 } } as const;
    const next = apply(
      document,
      { kind: 'set-type', id: 't', type: { kind: 'python', source: 'def f(): pass' } },
      { kind: 'set-frame', id: 'f', frame },
      {
        kind: 'update-flow',
        changes: { title: 'T', settings: { mode: 'auto' }, inputs: { x: { node: 'add', port: 'b' } } },
      },
    );
    expect(next).toEqual({
      ...document,
      ...{ title: 'T', settings: { mode: 'auto' }, inputs: { x: { node: 'add', port: 'b' } }, frames: { f: frame } },
      types: { t: { kind: 'python', source: 'def f(): pass' } },
    });
    expect(
      apply(
        next,
        { kind: 'remove-type', id: 't' },
        { kind: 'remove-frames', ids: ['f', 'gone'] },
        { kind: 'update-flow', changes: { title: undefined, settings: null, inputs: null } },
      ),
    ).toEqual(document);
  });

  test.each<[string, Operation]>([
    ['a type of an unknown kind', { kind: 'set-type', id: 't', type: { kind: 'rust' } as never }],
    ['a type without source', { kind: 'set-type', id: 't', type: { kind: 'python' } as never }],
    [
      'a subgraph with a dangling edge',
      { kind: 'set-type', id: 't', type: { kind: 'subgraph', nodes: {}, edges: { e: wire('a.b -> c.d') } } },
    ],
    ['a frame without a kind', { kind: 'set-frame', id: 'f', frame: {} as never }],
    ['a title that is no text', { kind: 'update-flow', changes: { title: 3 as never } }],
    ['nodes, which have operations of their own', { kind: 'update-flow', changes: { nodes: {} } as never }],
  ])('refuse %s', (_, operation) => {
    expect(refusal(document, operation)).toMatch('operation/invalid');
  });

  test('refuse a port to a node that does not exist', () => {
    const changes = { inputs: { x: { node: 'gone', port: 'b' } } };
    expect(refusal(document, { kind: 'update-flow', changes })).toMatch('graph/unknown-node');
  });
});

describe('a transaction', () => {
  test('is all or nothing, and says which operation was refused', () => {
    const before = structuredClone(document);
    const operations: Operation[] = [
      { kind: 'set-input', id: 'n', port: 'value', value: 1 },
      { kind: 'move-nodes', positions: { gone: { x: 0, y: 0 } } },
    ];
    const result = applyOperations(document, operations, { library });
    if (result.ok) throw new Error('It should be refused.');
    expect(result.error).toBeInstanceOf(LoomError);
    expect(result.error.context).toEqual({ node: 'gone', index: 1, kind: 'move-nodes' });
    expect(document).toEqual(before);
  });

  test('shares everything that it does not touch', () => {
    const next = apply(document, { kind: 'set-input', id: 'n', port: 'value', value: 1 });
    expect(next.nodes.add).toBe(document.nodes.add);
    expect([next.edges, next.types, next.frames]).toEqual([document.edges, document.types, document.frames]);
    expect(next.edges).toBe(document.edges);
  });

  test('that changes nothing gives the document back and no patches', () => {
    const base = apply(document, { kind: 'set-input', id: 'n', port: 'value', value: [1, { a: 2 }] });
    const operations: Operation[] = [
      { kind: 'set-input', id: 'n', port: 'value', value: [1, { a: 2 }] },
      { kind: 'move-nodes', positions: { n: { x: 0, y: 0 } } },
      { kind: 'update-node', id: 'n', changes: { label: undefined } },
      { kind: 'update-flow', changes: { settings: {} } },
      { kind: 'disconnect', ids: [] },
    ];
    const result = applyOperations(base, operations, { library });
    expect(result).toEqual({ ok: true, document: base, change: { patches: [], inverse: [] } });
    expect(result.ok && result.document).toBe(base);
  });

  test('leaves patches that say just what was done', () => {
    const base = apply(document, { kind: 'set-input', id: 'n', port: 'value', value: 1 });
    const operations: Operation[] = [
      { kind: 'set-input', id: 'n', port: 'value', value: 2 },
      { kind: 'move-nodes', positions: { m: { x: 5, y: 5 } } },
    ];
    const result = applyOperations(base, operations, { library });
    expect(result.ok && new Set(result.change.patches)).toEqual(
      new Set([
        { op: 'replace', path: ['nodes', 'n', 'inputs', 'value'], value: 2 },
        { op: 'replace', path: ['nodes', 'm', 'position'], value: { x: 5, y: 5 } },
      ]),
    );
  });

  test('works on a frozen document and freezes nothing', () => {
    const frozen = Object.freeze({ ...document, nodes: Object.freeze({ ...document.nodes }) });
    const next = apply(frozen, { kind: 'set-input', id: 'n', port: 'value', value: 1 });
    expect([Object.isFrozen(next), Object.isFrozen(next.nodes), Object.isFrozen(next.nodes.n)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('keeps keys that this release does not know', () => {
    const later = { ...document, later: [1], nodes: { ...document.nodes, n: { ...node('number'), later: { a: 1 } } } };
    const next = apply(later, { kind: 'move-nodes', positions: { n: { x: 1, y: 1 } } });
    expect(next).toEqual({ ...later, nodes: { ...later.nodes, n: { ...later.nodes.n, position: { x: 1, y: 1 } } } });
  });
});
