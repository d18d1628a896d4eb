import { describe, expect, test } from 'vitest';
import { flow, library, node } from './fixture.js';
import { applyOperations } from './operation/apply.js';
import type { Operation } from './operation/operation.js';
import { applyChange } from './patch.js';

const document = flow({ a: 'number', b: 'add', c: 'add', d: 'number' }, [
  'a.out -> b.a',
  'b.sum -> c.a',
  'd.out -> c.b',
]);

function change(...operations: Operation[]): Extract<ReturnType<typeof applyOperations>, { ok: true }> {
  const result = applyOperations(document, operations, { library });
  if (!result.ok) throw result.error;
  return result;
}

describe('a change', () => {
  test('can be applied again and taken back', () => {
    const { document: next, change: made } = change(
      { kind: 'set-input', id: 'a', port: 'value', value: 0 },
      { kind: 'remove-nodes', ids: ['b'] },
      { kind: 'add-node', id: 'e', node: node('show') },
    );
    expect(applyChange(document, made.patches)).toEqual(next);
    expect(applyChange(next, made.inverse)).toEqual(document);
  });

  test('survives being sent as JSON', () => {
    const { document: next, change: made } = change({ kind: 'remove-nodes', ids: ['b', 'd'] });
    const sent = JSON.parse(JSON.stringify(made)) as typeof made;
    expect(applyChange(document, sent.patches)).toEqual(next);
    expect(JSON.stringify(applyChange(next, sent.inverse))).toBe(JSON.stringify(document));
  });

  test('that is taken back gives the identical parts and the old order', () => {
    const { document: next, change: made } = change({ kind: 'remove-nodes', ids: ['a', 'c'] });
    const back = applyChange(next, made.inverse);
    expect(Object.keys(back.nodes)).toEqual(['a', 'b', 'c', 'd']);
    expect(Object.keys(back.edges)).toEqual(['e0', 'e1', 'e2']);
    for (const id of ['a', 'b', 'c', 'd']) expect(back.nodes[id]).toBe(document.nodes[id]);
  });

  test('of 100,000 nodes can be taken back', () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `n${index}`);
    const many = flow(Object.fromEntries(ids.map((id) => [id, 'show'])));
    const result = applyOperations(many, [{ kind: 'remove-nodes', ids: ['n0', 'n50000'] }], { library });
    if (!result.ok) throw result.error;
    expect(Object.keys(applyChange(result.document, result.change.inverse).nodes)).toEqual(ids);
  });

  test('never changes the document that it is applied to', () => {
    const before = structuredClone(document);
    applyChange(document, [{ op: 'replace', path: ['nodes', 'a', 'position', 'x'], value: 7 }]);
    expect(document).toEqual(before);
  });
});

test('patches into lists work as those of objects do', () => {
  const base = flow({ a: node('number', { inputs: { value: [1, 2, 3] } }) });
  const at = ['nodes', 'a', 'inputs', 'value'];
  const list = (...patches: Parameters<typeof applyChange>[1]): unknown =>
    applyChange(base, patches).nodes.a?.inputs?.value;
  expect(list({ op: 'replace', path: [...at, 1], value: 'x' })).toEqual([1, 'x', 3]);
  expect(list({ op: 'add', path: [...at, 1], value: 'x' })).toEqual([1, 'x', 2, 3]);
  expect(list({ op: 'remove', path: [...at, 0] })).toEqual([2, 3]);
  expect(list({ op: 'replace', path: [...at, 'length'], value: 1 })).toEqual([1]);
});

test.each([
  ['leads nowhere', { op: 'replace', path: ['nodes', 'gone', 'label'], value: 1 }],
  ['leads through a value', { op: 'replace', path: ['nodes', 'a', 'type', 'x'], value: 1 }],
  ['removes what is not there', { op: 'remove', path: ['nodes', 'gone'] }],
  ['leads through a prototype', { op: 'add', path: ['__proto__', 'polluted'], value: 1 }],
  ['leads through a constructor', { op: 'add', path: ['constructor', 'prototype', 'polluted'], value: 1 }],
  ['sets a prototype', { op: 'add', path: ['nodes', '__proto__'], value: { polluted: 1 } }],
  ['has no path', { op: 'replace', path: [], value: {} }],
] as const)('a patch that %s is refused', (_, patch) => {
  expect(() => applyChange(document, [patch])).toThrow(expect.objectContaining({ code: 'document/wrong-patch' }));
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});
