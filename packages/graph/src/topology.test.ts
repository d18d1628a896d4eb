import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flow } from './fixture.js';
import { ancestors, descendants, topologicalOrder } from './topology.js';

describe('the order of nodes', () => {
  test('puts every node after those it needs, and keeps the order of the document among equals', () => {
    const document = flow({ d: 'add', c: 'number', b: 'number', a: 'number' }, ['a.out -> d.a', 'b.out -> d.b']);
    expect(topologicalOrder(document)).toEqual({ order: ['c', 'b', 'a', 'd'] });
  });

  test('can be asked of some nodes; only the wires between them count', () => {
    const document = flow({ c: 'add', b: 'same', a: 'number' }, ['a.out -> b.x', 'b.out -> c.a']);
    expect(topologicalOrder(document, ['c', 'a', 'gone', 'constructor'])).toEqual({ order: ['c', 'a'] });
  });

  test('names one cycle, each node feeding the next, and orders what is neither in nor behind it', () => {
    const document = flow({ z: 'number', a: 'add', b: 'same', c: 'same', after: 'same' }, [
      ...['z.out -> a.b', 'a.sum -> b.x', 'b.out -> c.x', 'c.out -> a.a', 'c.out -> after.x'],
    ]);
    const { order, cycle = [] } = topologicalOrder(document);
    expect(order).toEqual(['z']);
    expect([...cycle].sort()).toEqual(['a', 'b', 'c']);
    const start = cycle.indexOf('a');
    expect([...cycle.slice(start), ...cycle.slice(0, start)]).toEqual(['a', 'b', 'c']);
  });

  test('a node that feeds itself is a cycle of one', () => {
    expect(topologicalOrder(flow({ a: 'same' }, ['a.out -> a.x']))).toEqual({ order: [], cycle: ['a'] });
  });

  test('several wires between two nodes count as one need', () => {
    const document = flow({ b: 'add', a: 'number' }, ['a.out -> b.a', 'a.out -> b.b']);
    expect(topologicalOrder(document)).toEqual({ order: ['a', 'b'] });
  });

  test('a chain of 50,000 nodes needs no stack', () => {
    const ids = Array.from({ length: 50_000 }, (_, index) => `n${index}`);
    const wires = ids.slice(1).map((id, index) => `${ids[index]}.out -> ${id}.x`);
    const document = flow(Object.fromEntries(ids.map((id) => [id, 'same'])), wires);
    expect(topologicalOrder(document).order).toEqual(ids);
    expect(descendants(document, ['n0']).size).toBe(49_999);
    expect(ancestors(document, ['n49999']).size).toBe(49_999);
  });

  test('holds for any graph: all nodes once and after their sources, or a true cycle', () => {
    const graph = fc.array(fc.tuple(fc.nat(14), fc.nat(14)), { maxLength: 30 });
    fc.assert(
      fc.property(graph, (pairs) => {
        const nodes = Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`n${index}`, 'same']));
        const document = flow(
          nodes,
          pairs.map(([from, to]) => `n${from}.out -> n${to}.x`),
        );
        const { order, cycle } = topologicalOrder(document);
        const places = new Map(order.map((id, place) => [id, place]));
        expect(places.size).toBe(order.length);
        for (const edge of Object.values(document.edges)) {
          const target = places.get(edge.target);
          if (target !== undefined) expect(places.get(edge.source) ?? Number.POSITIVE_INFINITY).toBeLessThan(target);
        }
        if (!cycle) expect(order).toHaveLength(15);
        else {
          const feeds = new Set(Object.values(document.edges).map((edge) => `${edge.source} ${edge.target}`));
          for (const [index, id] of cycle.entries()) {
            expect(feeds).toContain(`${id} ${cycle[(index + 1) % cycle.length]}`);
          }
        }
      }),
    );
  });
});

describe('what a node needs and feeds', () => {
  const document = flow({ a: 'number', b: 'same', c: 'same', d: 'show', other: 'show' }, [
    ...['a.out -> b.x', 'b.out -> c.x', 'c.out -> d.value', 'a.out -> c.y'],
  ]);

  test('goes through all that lies between, without the node itself', () => {
    expect(ancestors(document, ['c'])).toEqual(new Set(['a', 'b']));
    expect(descendants(document, ['b'])).toEqual(new Set(['c', 'd']));
    expect(descendants(document, ['d', 'other', 'gone'])).toEqual(new Set());
  });

  test('ends on a cycle', () => {
    const loop = flow({ a: 'same', b: 'same' }, ['a.out -> b.x', 'b.out -> a.x']);
    expect(descendants(loop, ['a'])).toEqual(new Set(['a', 'b']));
  });
});
