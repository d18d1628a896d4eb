import { applyOperations, validate } from '@loom/graph';
import { expect, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';
import { enclose } from './enclose.js';

const bounds = { x: 0, y: 0, width: 400, height: 200 };
const chain = flowOf(
  {
    one: { type: 'test/number', position: { x: -300, y: 0 } },
    add: { type: 'test/add', position: { x: 0, y: 0 } },
    more: { type: 'test/add', position: { x: 200, y: 0 } },
    end: { type: 'test/fail', position: { x: 600, y: 0 } },
  },
  ['one.value -> add.a', 'add.sum -> more.a', 'more.sum -> end.input'],
);

function enclosed(document = chain, nodes = ['add', 'more'], kind: 'for-each' | 'repeat' | 'group' = 'for-each') {
  let count = 0;
  const made = enclose(
    { document, library: zoneLibrary },
    new Set(nodes),
    kind,
    bounds,
    (prefix) => `${prefix}-${count++}`,
  );
  const result = made && applyOperations(document, made.operations, { library: zoneLibrary });
  if (!result?.ok) throw new Error(result?.error.message ?? 'not enclosed');
  return { ...made, document: result.document };
}

const wires = (document: typeof chain) =>
  Object.values(document.edges).map((e) => `${e.source}.${e.sourcePort} -> ${e.target}.${e.targetPort}`);

test('what leaves the enclosed nodes becomes a result of the for-each, and goes on from there', () => {
  const { zone, document, lost } = enclosed();
  expect(document.nodes.add?.parent).toBe(zone);
  expect(document.nodes[zone ?? '']?.settings?.zone).toEqual({ kind: 'for-each', results: { sum: {} } });
  expect(wires(document)).toEqual([
    'one.value -> add.a',
    'add.sum -> more.a',
    `more.sum -> ${zone}.sum`,
    `${zone}.sum -> end.input`,
  ]);
  expect(lost).toBe(0);
  expect(validate(document, zoneLibrary).filter(({ code }) => code.startsWith('edge/'))).toEqual([]);
});

test('in a repeat it becomes a value that is carried', () => {
  const { zone, document } = enclosed(chain, ['add', 'more'], 'repeat');
  expect(document.nodes[zone ?? '']?.settings?.zone).toEqual({ kind: 'repeat', carried: { sum: {} } });
  expect(wires(document)).toContain(`more.sum -> ${zone}.sum.next`);
});

test('a group changes no wires', () => {
  const { document } = enclosed(chain, ['add', 'more'], 'group');
  expect(document.edges).toEqual(chain.edges);
});

test('nodes of different bodies are not enclosed together', () => {
  const flow = { document: zoneFlow, library: zoneLibrary };
  expect(enclose(flow, new Set(['ten', 'add']), 'group', bounds, (prefix) => prefix)).toBeUndefined();
});
