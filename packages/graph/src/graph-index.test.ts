import { expect, test } from 'vitest';
import { apply, flow, wire } from './fixture.js';
import { graphIndex } from './graph-index.js';

test('the index says which edges meet at a node and at a port', () => {
  const document = flow({ a: 'number', b: 'number', c: 'add' }, ['a.out -> c.a', 'b.out -> c.b', 'a.out -> b.value']);
  const index = graphIndex(document);
  expect(index.incoming('c')).toEqual(['e0', 'e1']);
  expect(index.outgoing('a')).toEqual(['e0', 'e2']);
  expect(index.incomingTo('c', 'b')).toEqual(['e1']);
  expect(index.outgoingFrom('a', 'out')).toEqual(['e0', 'e2']);
});

test('nodes and ports without edges, and ids that every object has, have none', () => {
  const index = graphIndex(flow({ a: 'number' }));
  for (const id of ['a', 'gone', 'constructor', '__proto__', 'toString']) {
    expect([index.incoming(id), index.incomingTo(id, id), index.outgoingFrom(id, id)]).toEqual([[], [], []]);
  }
});

test('the edges of one port are in order of rank, then of id, whatever their order in the file', () => {
  const edges = {
    z: { ...wire('a.out -> s.items'), order: 1 },
    y: { ...wire('b.out -> s.items') },
    x: { ...wire('c.out -> s.items') },
    w: { ...wire('d.out -> s.items'), order: -1 },
  };
  expect(graphIndex({ edges }).incomingTo('s', 'items')).toEqual(['w', 'x', 'y', 'z']);
  expect(graphIndex({ edges }).incoming('s')).toEqual(['w', 'x', 'y', 'z']);
});

test('moving a node keeps the index; connecting makes a new one', () => {
  const document = flow({ a: 'number', b: 'number' });
  const moved = apply(document, { kind: 'move-nodes', positions: { a: { x: 5, y: 5 } } });
  expect(graphIndex(moved)).toBe(graphIndex(document));
  const connected = apply(moved, { kind: 'connect', id: 'e', edge: wire('a.out -> b.value') });
  expect(graphIndex(connected).incoming('b')).toEqual(['e']);
  expect(graphIndex(moved).incoming('b')).toEqual([]);
});
