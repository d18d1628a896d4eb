import { applyOperations } from '@loom/graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flowOf, library } from '../editor/fixture.js';
import { takeOutOfWires } from './take-out.js';

const at = { x: 0, y: 0 };
const number = { type: 'test/number', position: at };
const chain = flowOf({ a: number, b: number, c: number, d: number, text: { type: 'test/text', position: at } }, [
  'a.value -> b.value',
  'b.value -> c.value',
  'c.value -> d.value',
]);

/** The wires after these nodes were taken out. */
function without(document: typeof chain, ...nodes: string[]) {
  let made = 0;
  const operations = takeOutOfWires({ document, library }, new Set(nodes), (kind) => `${kind}${++made}-new`);
  const result = applyOperations(document, operations, { library });
  if (!result.ok) throw result.error;
  return Object.values(result.document.edges).map(
    ({ source, sourcePort, target, targetPort }) => `${source}.${sourcePort} -> ${target}.${targetPort}`,
  );
}

test('what fed a node feeds what it fed', () => {
  expect(without(chain, 'b')).toEqual(['c.value -> d.value', 'a.value -> c.value']);
});

test('several nodes stay wired among themselves', () => {
  expect(without(chain, 'b', 'c')).toEqual(['b.value -> c.value', 'a.value -> d.value']);
});

test('a wire whose type does not fit is only cut', () => {
  const mixed = flowOf({ text: chain.nodes.text ?? number, any: { type: 'test/fail', position: at }, a: number }, [
    'text.text -> any.input',
    'any.output -> a.value',
  ]);
  expect(without(mixed, 'any')).toEqual([]);
});

test('a node without wires has nothing to be taken out of', () => {
  expect(takeOutOfWires({ document: chain, library }, new Set(['text']), String)).toEqual([]);
});

test('whatever is taken out of whatever graph, the operations hold, and no wire to the outside is left', () => {
  const size = 8;
  const ids = Array.from({ length: size }, (_, index) => `n${index}`);
  const wire = fc
    .tuple(fc.nat(size - 1), fc.nat(size - 1), fc.constantFrom('a', 'b'))
    .filter(([from, to]) => from < to)
    .map(([from, to, port]) => `n${from}.sum -> n${to}.${port}`);
  fc.assert(
    fc.property(
      fc.uniqueArray(wire, { maxLength: 14, selector: (text) => text.split(' -> ')[1] }),
      fc.subarray(ids),
      (wires, taken) => {
        const flow = flowOf(Object.fromEntries(ids.map((id) => [id, { type: 'test/add', position: at }])), wires);
        const left = without(flow, ...taken);
        const inside = (end = '') => taken.includes(end.split('.')[0] ?? '');
        for (const text of left) {
          const [from, to] = text.split(' -> ');
          expect(inside(from)).toBe(inside(to));
        }
        const kept = wires.filter((text) => {
          const [from, to] = text.split(' -> ');
          return inside(from) === inside(to);
        });
        expect(left).toEqual(expect.arrayContaining(kept));
      },
    ),
  );
});
