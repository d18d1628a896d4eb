import { describe, expect, test } from 'vitest';
import { flow, library, wire } from '../fixture.js';
import { canConnect } from './can-connect.js';

const document = flow(
  {
    n: 'number',
    i: 'int',
    t: 'text',
    add: 'add',
    sum: 'sum',
    list: 'ints',
    first: 'first',
    same: 'same',
    odd: 'nobody',
  },
  ['n.out -> add.a', 'add.sum -> sum.items', 'list.list -> first.list', 'first.item -> same.x'],
);

function check(text: string, flowDocument = document): unknown {
  return canConnect(flowDocument, library, wire(text));
}

describe('two ports may be connected', () => {
  test.each([
    ['the types are equal', 'n.out -> add.b'],
    ['a whole number goes into a number', 'i.out -> add.b'],
    ['one more wire goes into an input that takes several', 'i.out -> sum.items'],
    ['a list of whole numbers gave its item to a variable', 'first.item -> i.value'],
    ['the variable came along a chain', 'same.out -> i.value'],
    ['a variable that nothing binds takes anything', 't.out -> same.x', flow({ t: 'text', same: 'same' })],
    ['the type of the source is missing', 'odd.anything -> add.b'],
    ['the type of the target is missing', 't.out -> odd.anything'],
  ])('%s', (_, text, other = document) => {
    expect(check(text, other)).toEqual({ ok: true });
  });

  test('a wire that an input for one has already is named', () => {
    expect(check('i.out -> add.a')).toEqual({ ok: true, replaces: 'e0' });
  });

  test('a wire that is to be replaced no longer speaks for the variable, nor closes a cycle', () => {
    expect(check('t.out -> same.x')).toEqual({ ok: true, replaces: 'e3' });
    const loop = flow({ a: 'add', b: 'add', n: 'number' }, ['a.sum -> b.a']);
    expect(check('n.out -> b.a', loop)).toEqual({ ok: true, replaces: 'e0' });
  });
});

describe('a wire is refused with a reason', () => {
  test.each([
    ['gone.out -> add.a', 'edge/unknown-node', 'There is no node "gone".'],
    ['n.out -> toString.a', 'edge/unknown-node', 'There is no node "toString".'],
    ['n.none -> add.b', 'edge/unknown-port', '"n" has no output "none".'],
    ['n.out -> add.none', 'edge/unknown-port', '"add" has no input "none".'],
    ['add.sum -> add.b', 'edge/self', 'A node cannot feed itself. To repeat, use a zone.'],
    ['n.out -> add.a', 'edge/already-connected', 'These two ports are connected already.'],
    ['t.out -> add.b', 'edge/type', '"out" cannot go into "b": string does not fit number.'],
    ['n.out -> i.value', 'edge/type', '"out" cannot go into "value": number does not fit int.'],
    ['t.out -> sum.items', 'edge/type', '"out" cannot go into "items": string does not fit number.'],
    ['list.list -> add.b', 'edge/type', '"list" cannot go into "b": list<int> does not fit number.'],
    [
      't.out -> same.y',
      'edge/type',
      '"out" cannot go into "y": string does not fit T: T is already int on this node, which string does not fit.',
    ],
    ['sum.sum -> add.b', 'edge/cycle', '"sum" needs "add", so this wire would close a cycle. To repeat, use a zone.'],
  ])('%s', (text, code, reason) => {
    expect(check(text)).toEqual({ ok: false, code, reason });
  });

  test('that would change a type farther down, where it no longer fits', () => {
    const chain = flow({ t: 'text', i: 'int', a: 'same', b: 'same', add: 'add', show: 'show' }, [
      ...['a.out -> b.x', 'b.out -> add.a', 'b.out -> show.value'],
    ]);
    expect(check('i.out -> a.x', chain)).toEqual({ ok: true });
    expect(check('t.out -> a.x', chain)).toEqual({
      ok: false,
      code: 'edge/type',
      reason: 'Then the wire from "b" to "add" would not fit: string does not fit number.',
    });
    const mixed = flow({ t: 'text', i: 'int', a: 'same', b: 'same' }, ['a.out -> b.x', 'i.out -> b.y']);
    expect(check('t.out -> a.x', mixed)).toMatchObject({ code: 'edge/type' });
    expect(check('i.out -> a.x', mixed)).toEqual({ ok: true });
  });

  test('nodes are called by their labels', () => {
    const labelled = flow({ a: { type: 'number', position: { x: 0, y: 0 }, label: 'Price' }, b: 'add' });
    expect(check('a.none -> b.a', labelled)).toMatchObject({ reason: '"Price" has no output "none".' });
  });
});
