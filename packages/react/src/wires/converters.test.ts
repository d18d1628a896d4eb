import { builtinShelf, defineNode } from '@loom/engine';
import { createLibrary } from '@loom/graph';
import { expect, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { allTypes } from '../editor/types-of-flow.js';
import { converters } from './converters.js';

const take = (id: string, type: string) =>
  defineNode({ id, title: id, inputs: { in: { type } }, outputs: { out: type }, run: () => ({ out: null }) });
const greedy = defineNode({
  id: 'greedy',
  title: 'Greedy',
  inputs: { value: { type: 'any' }, other: { type: 'string' } },
  outputs: { text: 'string' },
  run: () => ({ text: '' }),
});
const types = ['string', 'number', 'int', 'bool', 'list<string>', 'Frame'];
const shelf = { name: 'test', types: [...types.map((type) => take(type, type)), greedy] };
const library = createLibrary({ shelves: [shelf, builtinShelf] });

/** The ids of what goes in between a source and a target of these types. */
function offered(from: string, to: string): string[] {
  const at = { x: 0, y: 0 };
  const document = flowOf({ a: { type: from, position: at }, b: { type: to, position: at } });
  const flow = { document, library };
  const edge = { source: 'a', sourcePort: 'out', target: 'b', targetPort: 'in' };
  return converters(flow, edge, allTypes(flow, '')).map(({ type }) => type.id);
}

test.each([
  ['number', 'string', ['loom/to-text']],
  ['string', 'number', ['loom/to-number', 'loom/to-integer', 'loom/from-json', 'loom/count']],
  ['string', 'int', ['loom/to-integer', 'loom/count', 'loom/from-json']],
  ['number', 'int', ['loom/to-integer']],
  ['number', 'bool', ['loom/to-bool']],
  ['string', 'list<string>', ['loom/to-list', 'loom/from-json']],
  ['list<string>', 'string', ['loom/to-text', 'loom/list-item']],
  ['Frame', 'string', ['loom/to-text']],
])('between %s and %s: %j, the best first', (from, to, expected) => {
  expect(offered(from, to)).toEqual(expected);
});

test('nothing makes what only its own nodes make, and nothing that needs more than the wire is offered', () => {
  expect(offered('string', 'Frame')).toEqual([]);
  expect(offered('number', 'string')).not.toContain('greedy');
});
