import { applyOperations } from '@loom/graph';
import { expect, test } from 'vitest';
import { flowOf, library } from '../editor/fixture.js';
import { insertOnWire } from './insert-on-wire.js';

const at = { x: 0, y: 0 };
const flow = flowOf(
  {
    one: { type: 'test/number', position: at },
    sum: { type: 'test/add', position: at },
    loose: { type: 'test/add', position: at },
    text: { type: 'test/text', position: at },
  },
  ['one.value -> sum.a'],
);
let count = 0;
const insert = (node: string) =>
  insertOnWire({ document: flow, library }, 'e1', node, (prefix) => `${prefix}-${++count}`);

test('a node goes in between the ends of a wire, at the first ports that fit', () => {
  const result = applyOperations(flow, insert('loose') ?? [], { library });
  expect(result.ok && Object.values(result.document.edges)).toEqual([
    { source: 'one', sourcePort: 'value', target: 'loose', targetPort: 'a' },
    { source: 'loose', sourcePort: 'sum', target: 'sum', targetPort: 'a' },
  ]);
});

test('a node that does not fit, or has wires, stays beside the wire', () => {
  expect(insert('text')).toBeUndefined();
  expect(insert('sum')).toBeUndefined();
});
