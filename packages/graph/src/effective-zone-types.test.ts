import { describe, expect, test } from 'vitest';
import { canConnect } from './connection/can-connect.js';
import { createLibrary } from './create-library.js';
import type { FlowDocument } from './document.js';
import { inputType, outputType } from './effective-types.js';
import { apply, flow, inside, library, node, nodeType, wire, zone } from './fixture.js';
import { applyOperations } from './operation/apply.js';
import { formatPortType } from './port-type/format.js';

function output(document: FlowDocument, id: string, port: string): string {
  return formatPortType(outputType(document, library, id, port));
}

const each = flow(
  { list: 'ints', each: zone('for-each'), a: inside('each', 'same'), b: inside('each', 'same'), out: 'same' },
  [
    ...['list.list -> each.items', 'each.item -> a.x', 'a.out -> b.x', 'b.out -> each.result'],
    ...['each.result -> out.x'],
  ],
);

describe('the variables of a for-each', () => {
  test('go from the items through the body to the result, whoever is asked first', () => {
    const asked = ['each.item', 'a.out', 'b.out', 'each.result', 'out.out'];
    const expected = ['int', 'int', 'int', 'list<int>', 'list<int>'];
    for (let first = 0; first < asked.length; first++) {
      const document = { ...each };
      const ask = (text = ''): string => output(document, ...(text.split('.') as [string, string]));
      ask(asked[first]);
      expect(asked.map(ask)).toEqual(expected);
    }
  });

  test('are any where nothing is known', () => {
    const loose = flow({ each: zone('for-each'), a: inside('each', 'same') }, [
      'each.item -> a.x',
      'a.out -> each.result',
    ]);
    expect(output(loose, 'each', 'item')).toBe('any');
    expect(output(loose, 'each', 'result')).toBe('list<any>');
    expect(formatPortType(inputType(loose, library, 'each', 'items'))).toBe('list<var<"Item">>');
  });

  test('go straight from item to result', () => {
    const straight = flow({ list: 'ints', each: zone('for-each') }, [
      'list.list -> each.items',
      'each.item -> each.result',
    ]);
    expect(output(straight, 'each', 'result')).toBe('list<int>');
  });

  test('follow declared types where there are some', () => {
    const results = { n: { type: 'number' }, t: { type: 'string' } };
    const declared = flow({ each: zone('for-each', { zone: { results } }), n: inside('each', 'int') });
    expect(output(declared, 'each', 'n')).toBe('list<number>');
    expect(canConnect(declared, library, wire('n.out -> each.n')).ok).toBe(true);
    expect(canConnect(declared, library, wire('n.out -> each.t'))).toMatchObject({ code: 'edge/type' });
  });

  test('go through zones within zones', () => {
    const nested = flow(
      {
        list: 'ints',
        outer: zone('for-each'),
        inner: zone('for-each', { parent: 'outer' }),
        a: inside('inner', 'same'),
      },
      [
        ...['list.list -> outer.items', 'list.list -> inner.items', 'outer.item -> a.x', 'inner.item -> a.y'],
        ...['a.out -> inner.result', 'inner.result -> outer.result'],
      ],
    );
    expect(output(nested, 'outer', 'result')).toBe('list<list<int>>');
  });
});

describe('a carried value', () => {
  const loop = flow(
    { loop: zone('while', { inputs: { value: 0 } }), n: 'number', add: inside('loop', 'add'), out: 'int' },
    [...['loop.value.current -> add.a', 'n.out -> add.b']],
  );

  test('widens from what it starts with to what an iteration gives', () => {
    expect(output(loop, 'loop', 'value.current')).toBe('int');
    const closed = apply(loop, { kind: 'connect', id: 'next', edge: wire('add.sum -> loop.value.next') });
    expect(output(closed, 'loop', 'value')).toBe('number');
    expect(output(closed, 'loop', 'value.current')).toBe('number');
    expect(canConnect(closed, library, wire('loop.value -> out.value'))).toMatchObject({ code: 'edge/type' });
  });

  test('takes nothing of another kind', () => {
    const text = flow({ ...loop.nodes, t: inside('loop', 'text') }, ['loop.value.current -> add.a']);
    expect(canConnect(text, library, wire('t.out -> loop.value.next'))).toEqual({
      ok: false,
      code: 'edge/type',
      reason:
        '"out" cannot go into "Value": string does not fit Of value: Of value is already int on this node, which string does not fit.',
    });
  });

  test('refuses to widen where the body could not take it, however many nodes are between', () => {
    const strict = flow({ ...loop.nodes, i: inside('loop', 'int') }, [
      ...['loop.value.current -> i.value', 'n.out -> add.a'],
    ]);
    expect(canConnect(strict, library, wire('i.out -> loop.value.next')).ok).toBe(true);
    expect(canConnect(strict, library, wire('add.sum -> loop.value.next'))).toMatchObject({
      reason: 'Then the wire from "loop" to "i" would not fit: number does not fit int.',
    });
  });

  test('that is wrapped in each iteration has the type of one iteration, and grows no further', () => {
    const wrap = nodeType('wrap', ['x: T'], ['out: T | list<T>']);
    const types = createLibrary({ shelves: [{ name: 'test', types: [wrap] }] });
    const nest = flow({ loop: zone('while', { inputs: { value: 0 } }), a: inside('loop', 'wrap') }, [
      'loop.value.current -> a.x',
    ]);
    expect(canConnect(nest, types, wire('a.out -> loop.value.next')).ok).toBe(true);
    const closed = { ...nest, edges: { ...nest.edges, next: wire('a.out -> loop.value.next') } };
    expect(formatPortType(outputType(closed, types, 'loop', 'value'))).toBe('int | list<int>');
  });
});

describe('a wire that changes types far down', () => {
  const chain = flow({ t: 'text', i: 'int', a: 'same', b: 'same', c: 'same', add: 'add' }, [
    ...['a.out -> b.x', 'b.out -> c.x', 'c.out -> add.a'],
  ]);

  test('is refused alike by the check and by the operation', () => {
    const edge = wire('t.out -> a.x');
    const check = canConnect(chain, library, edge);
    const result = applyOperations(chain, [{ kind: 'connect', id: 'e', edge }], { library });
    expect(check).toMatchObject({
      reason: 'Then the wire from "c" to "add" would not fit: string does not fit number.',
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'edge/type', message: check.ok ? '' : check.reason } });
    expect(applyOperations(chain, [{ kind: 'connect', id: 'e', edge: wire('i.out -> a.x') }], { library }).ok).toBe(
      true,
    );
  });

  test('is no matter of wires that did not fit before', () => {
    const wrong = apply(chain, { kind: 'connect', id: 'f', edge: wire('t.out -> add.b'), force: true });
    const bound = apply(wrong, { kind: 'connect', id: 'g', edge: wire('t.out -> a.y'), force: true });
    expect(applyOperations(bound, [{ kind: 'connect', id: 'h', edge: wire('t.out -> a.x') }], { library }).ok).toBe(
      true,
    );
  });

  test('through a zone is found, too', () => {
    const through = flow({ ...each.nodes, t: 'text', add: 'add', first: 'first', same: 'same' }, [
      ...['same.out -> each.items', 'each.item -> a.x', 'a.out -> each.result', 'each.result -> first.list'],
      'first.item -> add.a',
    ]);
    expect(canConnect(through, library, wire('list.list -> same.x')).ok).toBe(true);
    const texts = { ...through, nodes: { ...through.nodes, texts: node('texts') } };
    expect(canConnect(texts, library, wire('texts.items -> each.items'))).toMatchObject({
      reason: 'Then the wire from "first" to "add" would not fit: string does not fit number.',
    });
  });
});
