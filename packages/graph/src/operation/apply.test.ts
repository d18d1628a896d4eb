import { describe, expect, test } from 'vitest';
import type { FlowDocument } from '../document.js';
import { LoomError } from '../error.js';
import { apply, flow, library, node, wire } from '../fixture.js';
import { applyOperations } from './apply.js';
import type { Operation } from './operation.js';

const document = flow({ n: 'number', m: 'number', add: 'add', sum: 'sum' }, ['n.out -> add.a', 'add.sum -> sum.items']);

/** The code and message of a refusal. */
function refusal(base: FlowDocument, ...operations: Operation[]): string {
  const result = applyOperations(base, operations, { library });
  return result.ok ? 'accepted' : `${result.error.code}: ${result.error.message}`;
}

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
