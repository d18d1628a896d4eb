import { describe, expect, test } from 'vitest';
import { emptyDocument, type FlowDocument } from '../document.js';
import { apply, flow, inside, library, node, wire } from '../fixture.js';
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

  test('take their edges and ports that lead to them along when they go', () => {
    const wired = flow({ n: 'number', deep: 'add', out: 'add' }, ['n.out -> deep.a', 'deep.sum -> out.a'], {
      inputs: { x: { node: 'deep', port: 'b' }, y: { node: 'out', port: 'b' } },
      outputs: { z: { node: 'deep', port: 'sum' } },
    });
    expect(apply(wired, { kind: 'remove-nodes', ids: ['deep', 'gone', 'n'] })).toEqual(
      flow({ out: 'add' }, [], { inputs: { y: { node: 'out', port: 'b' } } }),
    );
  });

  test('leave what lies in them behind, in what they lay in', () => {
    const nested = flow(
      { a: 'x', b: inside('a', 'x'), c: inside('b', 'x'), in: inside('c', 'number'), other: inside('c', 'add') },
      ['in.out -> other.a'],
    );
    const removed = (...ids: string[]): FlowDocument => apply(nested, { kind: 'remove-nodes', ids });
    expect(removed('c').nodes).toEqual({
      ...{ a: nested.nodes.a, b: nested.nodes.b, in: inside('b', 'number'), other: inside('b', 'add') },
    });
    expect(removed('b', 'c').nodes.in).toEqual(inside('a', 'number'));
    expect(removed('c', 'a', 'b')).toEqual(flow({ in: 'number', other: 'add' }, ['in.out -> other.a']));
    expect(Object.keys(removed('c', 'in').nodes)).toEqual(['a', 'b', 'other']);
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
      { kind: 'remove-nodes', ids: ['zone', 'b'] },
    );
    expect(result).toEqual({
      ...flow({ a: 'number', c: node('add', { inputs: { b: 2 } }) }),
      edges: { f: wire('a.out -> c.a') },
    });
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
