import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flow, inside, library, zone } from './fixture.js';
import { zoneFlow } from './random-fixture.js';
import { topologicalOrder } from './topology.js';
import { validate } from './validate/validate.js';
import { Bodies } from './zone-body.js';
import { courseOf } from './zone-wire.js';

const document = flow(
  {
    after: 'show',
    b: inside('box', 'same'),
    box: zone('group', { parent: 'each' }),
    a: inside('each', 'same'),
    each: zone('for-each'),
    n: 'number',
  },
  ['n.out -> a.y', 'each.item -> a.x', 'a.out -> b.x', 'b.out -> each.result', 'each.result -> after.value'],
);

test('a zone comes after what its body takes from outside, and before its body', () => {
  expect(topologicalOrder(document)).toEqual({ order: ['n', 'each', 'after', 'box', 'a', 'b'] });
});

test('of some nodes only, those of a body stand where their wires put them, and a zone still stands for its body', () => {
  expect(topologicalOrder(document, ['b', 'a', 'n'])).toEqual({ order: ['n', 'a', 'b'] });
  expect(topologicalOrder(document, ['b', 'each', 'n'])).toEqual({ order: ['n', 'each', 'b'] });
});

test('a zone that waits for itself through its body is a cycle', () => {
  const around = flow({ each: zone('for-each'), a: inside('each', 'same'), x: 'same' }, [
    'each.result -> x.x',
    'x.out -> a.x',
  ]);
  const { order, cycle = [] } = topologicalOrder(around);
  expect([order, [...cycle].sort()]).toEqual([[], ['each', 'x']]);
});

test('parents that lie in each other end, as in a document that was not loaded', () => {
  const loop = flow(
    { a: zone('repeat', { parent: 'b' }), b: zone('repeat', { parent: 'a' }), c: inside('a', 'same'), d: 'same' },
    ['c.out -> d.x', 'd.out -> a.value', 'a.index -> c.x'],
  );
  expect(new Bodies(loop.nodes).contains('b', 'c')).toBe(true);
  expect(new Bodies(loop.nodes).contains('gone', 'c')).toBe(false);
  expect(topologicalOrder(loop).order).not.toContain('a');
  expect(topologicalOrder(flow(loop.nodes)).order.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  expect(validate(loop, library).map(({ code }) => code)).toContain('graph/cycle');
});

test('zones within zones, 10,000 deep, are ordered quickly', () => {
  const zones = Array.from({ length: 10_000 }, (_, index) => [
    `z${index}`,
    zone('repeat', index > 0 ? { parent: `z${index - 1}` } : {}),
  ]);
  const deep = flow({ ...Object.fromEntries(zones), n: 'number', deepest: inside('z9999', 'same') }, [
    ...Array.from({ length: 100 }, (_, index) => `n.out -> deepest.x${index}`),
  ]);
  expect(topologicalOrder(deep).order).toHaveLength(10_002);
});

test('holds for any zones: each need is met, each zone is before its body, or there is a true cycle', () => {
  fc.assert(
    fc.property(zoneFlow, (any) => {
      const { order, cycle } = topologicalOrder(any);
      const bodies = new Bodies(any.nodes);
      const needs = Object.values(any.edges).flatMap((edge) => courseOf(bodies, edge).need ?? []);
      const places = new Map(order.map((id, place) => [id, place]));
      const place = (id: string): number => places.get(id) ?? Number.POSITIVE_INFINITY;
      for (const id of order) {
        for (const need of needs) if (need.target === id) expect(place(need.source)).toBeLessThan(place(id));
        const around = bodies.of(id).zone;
        if (around !== undefined) expect(place(around)).toBeLessThan(place(id));
      }
      if (!cycle) expect(order).toHaveLength(Object.keys(any.nodes).length);
      else {
        const pairs = new Set(needs.map(({ source, target }) => `${source} ${target}`));
        for (const [index, id] of cycle.entries())
          expect(pairs).toContain(`${id} ${cycle[(index + 1) % cycle.length]}`);
      }
    }),
    { numRuns: 500 },
  );
});
