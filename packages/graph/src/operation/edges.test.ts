import { describe, expect, test } from 'vitest';
import type { FlowDocument } from '../document.js';
import { apply, flow, library, node, wire } from '../fixture.js';
import { load } from '../load/load.js';
import { save } from '../save.js';
import { applyOperations } from './apply.js';
import type { Operation } from './operation.js';

const document = flow({ n: 'number', m: 'number', add: 'add', sum: 'sum' }, ['n.out -> add.a', 'add.sum -> sum.items']);

/** The code and message of a refusal. */
function refusal(base: FlowDocument, ...operations: Operation[]): string {
  const result = applyOperations(base, operations, { library });
  return result.ok ? 'accepted' : `${result.error.code}: ${result.error.message}`;
}

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

describe('the points that a wire is led through', () => {
  const points = [
    { x: 10, y: -20 },
    { x: 30.5, y: 40 },
  ];
  const led = apply(document, { kind: 'set-edge-view', id: 'e1', view: { points } });

  test('are kept with the wire, apart from what it connects, and come back from a file', () => {
    expect(led.edges.e1).toEqual({ ...document.edges.e1, view: { points } });
    expect(apply(led, { kind: 'set-edge-view', id: 'e1', view: null })).toEqual(document);
    const text = save(led);
    expect(text).toContain('"view": {');
    expect(load(text)).toEqual({ document: led, issues: [] });
    expect(save(load(text).document)).toBe(text);
  });

  test('are refused where they are no points, and where there is no wire', () => {
    const wrong = { points: [{ x: 'left', y: 0 }] } as never;
    expect(refusal(document, { kind: 'set-edge-view', id: 'e1', view: wrong })).toMatch('operation/invalid');
    expect(refusal(document, { kind: 'set-edge-view', id: 'none', view: null })).toMatch('graph/unknown-edge');
  });

  test('are bounded in a file', () => {
    const many = Array.from({ length: 1200 }, (_, at) => ({ x: at, y: 0 }));
    const { document: read, issues } = load({
      ...document,
      edges: { e1: { ...document.edges.e1, view: { points: many } } },
    });
    expect(read.edges.e1?.view?.points).toEqual(many.slice(0, 1000));
    expect(issues.map(({ code }) => code)).toEqual(['edge/too-many-points']);
  });
});
