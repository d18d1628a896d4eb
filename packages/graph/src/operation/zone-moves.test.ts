import { describe, expect, test } from 'vitest';
import type { FlowDocument } from '../document.js';
import { apply, flow, inside, library, wire, zone } from '../fixture.js';
import { applyChange } from '../patch.js';
import { applyOperations } from './apply.js';
import type { NodeChanges, Operation } from './operation.js';

const document = flow(
  {
    list: 'ints',
    n: 'number',
    each: zone('for-each'),
    box: zone('group'),
    a: inside('each', 'same'),
    b: 'same',
    out: 'show',
  },
  ['list.list -> each.items', 'each.item -> a.x', 'a.out -> each.result', 'n.out -> b.x', 'b.out -> out.value'],
);

/** The code and message of a refusal, and which operation is to blame. */
function refusal(base: FlowDocument, ...operations: Operation[]): string {
  const result = applyOperations(base, operations, { library });
  return result.ok ? 'accepted' : `${result.error.context.index} ${result.error.code}: ${result.error.message}`;
}

function update(id: string, changes: NodeChanges, force = false): Operation {
  return { kind: 'update-node', id, changes, ...(force && { force }) };
}

/** What is done and taken back leaves the same text. */
function roundTrip(base: FlowDocument, ...operations: Operation[]): FlowDocument {
  const result = applyOperations(base, operations, { library });
  if (!result.ok) throw result.error;
  expect(JSON.stringify(applyChange(result.document, result.change.inverse))).toBe(JSON.stringify(base));
  return result.document;
}

describe('a node moves into a zone and out of it', () => {
  test('when its wires allow it', () => {
    const moved = roundTrip(document, update('n', { parent: 'box' }));
    expect(moved.nodes.n?.parent).toBe('box');
    expect(
      roundTrip(document, update('out', { parent: 'each' }), update('b', { parent: 'each' })).nodes.b?.parent,
    ).toBe('each');
  });

  test('but not when they would lead out of the zone', () => {
    expect(refusal(document, update('list', { label: 'L' }), update('b', { parent: 'each' }))).toBe(
      '1 edge/escapes-zone: The wire from "b" to "out" is in the way: "b" has another value in each iteration of "each", so no wire may lead out of it. Give the value out as a result of the zone.',
    );
    expect(refusal(document, update('a', { parent: null }))).toMatch(
      /^0 edge\/escapes-zone: The wire from "each" to "a"/,
    );
  });

  test('nor in a group that moves', () => {
    const grouped = apply(document, update('b', { parent: 'box' }));
    expect(refusal(grouped, update('box', { parent: 'each' }))).toMatch(
      /^0 edge\/escapes-zone: The wire from "b" to "out"/,
    );
  });

  test('when its wires go in the same step', () => {
    const free = roundTrip(document, update('b', { parent: 'each' }), { kind: 'disconnect', ids: ['e4'] });
    expect(free.nodes.b?.parent).toBe('each');
  });

  test('by force, which leaves the wires to be seen to', () => {
    const forced = roundTrip(document, update('b', { parent: 'each' }, true));
    expect(Object.keys(forced.edges)).toEqual(Object.keys(document.edges));
    // What was wrong before stands in nobody's way.
    expect(refusal(forced, update('n', { parent: 'each' }))).toBe('accepted');
    expect(refusal(forced, update('b', { label: 'B' }))).toBe('accepted');
  });

  test('never to wait for itself', () => {
    const chain = flow({ each: zone('for-each'), a: 'same', b: 'same', c: 'same' }, ['a.out -> b.x', 'b.out -> c.x']);
    expect(refusal(chain, update('a', { parent: 'each' }, true), update('c', { parent: 'each' }, true))).toMatch(
      /^0 edge\/cycle: Then these nodes would wait for each other: ("each" → "b"|"b" → "each")/,
    );
  });
});

describe('a node becomes another zone', () => {
  const group = flow({ g: zone('group'), a: inside('g', 'same'), b: 'same' }, ['a.out -> b.x']);

  test('when no wire of what is in it leads out', () => {
    expect(refusal(group, update('g', { settings: { zone: { kind: 'repeat' } } }))).toMatch(
      /^0 edge\/escapes-zone: The wire from "a" to "b".*as a value that the zone carries\.$/,
    );
    expect(
      refusal(group, { kind: 'disconnect', ids: ['e0'] }, update('g', { settings: { zone: { kind: 'repeat' } } })),
    ).toBe('accepted');
  });

  test('and keeps the wires of a value that it no longer carries, for who names it again', () => {
    const loop = flow({ l: zone('while'), a: inside('l', 'same') }, [
      'l.value.current -> a.x',
      'a.out -> l.value.next',
    ]);
    const renamed = roundTrip(loop, update('l', { settings: { zone: { kind: 'while', carried: { sum: {} } } } }));
    expect(renamed.edges).toEqual(loop.edges);
    expect(roundTrip(loop, update('l', { settings: { zone: { kind: 'for-each' } } })).edges).toEqual(loop.edges);
  });

  test('but not a plain node while iterations begin and end at it', () => {
    expect(refusal(document, update('each', { settings: null }))).toMatch(
      /^0 edge\/cycle: Then these nodes would wait/,
    );
  });
});

describe('a zone that is removed', () => {
  const nested = flow(
    {
      outer: zone('repeat'),
      inner: zone('for-each', { parent: 'outer' }),
      a: inside('inner', 'same'),
      b: inside('inner', 'same'),
      n: 'number',
    },
    ['inner.item -> a.x', 'a.out -> b.x', 'b.out -> inner.result', 'n.out -> a.y', 'inner.result -> outer.value.next'],
  );

  test('leaves its body in the zone around it, without the wires of its own ports', () => {
    const left = roundTrip(nested, { kind: 'remove-nodes', ids: ['inner'] });
    expect(left.nodes).toEqual({
      ...{ outer: nested.nodes.outer, n: nested.nodes.n },
      ...{ a: inside('outer', 'same'), b: inside('outer', 'same') },
    });
    expect(Object.values(left.edges)).toEqual([wire('a.out -> b.x'), wire('n.out -> a.y')]);
  });

  test('takes along what is removed with it', () => {
    const left = roundTrip(nested, { kind: 'remove-nodes', ids: ['outer', 'inner', 'b'] });
    expect(left).toEqual({ ...flow({ a: 'same', n: 'number' }), edges: { e3: wire('n.out -> a.y') } });
  });
});

describe('new wires', () => {
  test('out of a zone pass only by force', () => {
    const edge = wire('a.out -> out.value');
    expect(refusal(document, { kind: 'connect', id: 'x', edge })).toMatch('0 edge/escapes-zone');
    expect(refusal(document, { kind: 'connect', id: 'x', edge, force: true })).toBe('accepted');
  });

  test('that make a zone wait for itself never pass', () => {
    const edges = ['each.result -> b.y', 'b.out -> a.y'].map((text) => wire(text));
    const connects = edges.map((edge, index): Operation => ({ kind: 'connect', id: `x${index}`, edge, force: true }));
    expect(refusal(document, ...connects)).toMatch('0 edge/cycle');
  });

  test('many at once are checked as one', () => {
    const nodes = Array.from({ length: 20 }, (_, index) => `p${index}`);
    const add = nodes.map((id): Operation => ({ kind: 'add-node', id, node: inside('each', 'same') }));
    const connect = nodes.map((id, index): Operation => {
      const edge = wire(`${index === 0 ? 'a' : nodes[index - 1]}.out -> ${id}.x`);
      return { kind: 'connect', id: `w${id}`, edge };
    });
    expect(refusal(document, ...add, ...connect)).toBe('accepted');
    const back: Operation = { kind: 'connect', id: 'back', edge: wire('p19.out -> p0.y'), force: true };
    expect(refusal(document, ...add, ...connect, back)).toMatch('edge/cycle');
    const end: Operation = { kind: 'connect', id: 'end', edge: wire('p19.out -> each.result') };
    expect(refusal(document, ...add, ...connect, end)).toBe('accepted');
  });
});
