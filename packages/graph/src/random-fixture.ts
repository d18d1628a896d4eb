import fc from 'fast-check';
import type { FlowDocument } from './document.js';
import { flow, node, zone } from './fixture.js';

// Random flows for the tests of this package. Not exported from it.

/** Nodes and zones in random places, and wires between any of them. */
export const zoneFlow: fc.Arbitrary<FlowDocument> = fc
  .record({
    kinds: fc.array(fc.constantFrom('plain', 'for-each', 'while', 'group'), { minLength: 2, maxLength: 9 }),
    parents: fc.array(fc.nat(8), { minLength: 9, maxLength: 9 }),
    wires: fc.array(
      fc.record({
        from: fc.nat(8),
        to: fc.nat(8),
        output: fc.constantFrom('item', 'index', 'result', 'value', 'value.current', 'gone'),
        input: fc.constantFrom('items', 'result', 'value', 'value.next', 'continue', 'gone'),
      }),
      { maxLength: 14 },
    ),
  })
  .map(({ kinds, parents, wires }) => {
    const nodes = kinds.map((kind, index) => {
      // A node lies in an earlier one, or in none.
      const above = (parents[index] ?? 0) % (index + 1);
      const place = above === index ? {} : { parent: `n${above}` };
      return [`n${index}`, kind === 'plain' ? node('x', place) : zone(kind as 'while', place)] as const;
    });
    const texts = wires.flatMap(({ from, to, output, input }) =>
      from < kinds.length && to < kinds.length ? [`n${from}.${output} -> n${to}.${input}`] : [],
    );
    return flow(Object.fromEntries(nodes), texts);
  });
