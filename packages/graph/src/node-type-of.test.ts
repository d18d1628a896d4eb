import { expect, test } from 'vitest';
import { createLibrary } from './create-library.js';
import { flow, library, node, zone } from './fixture.js';
import { nodeTypeOf } from './node-type-of.js';
import { formatPortType } from './port-type/format.js';

const document = flow({});

function outputs(of: ReturnType<typeof node>): string[] {
  return nodeTypeOf(document, library, of)?.outputs.map(({ id }) => id) ?? ['no type'];
}

test('a zone has the ports of its settings, also when nobody defines its type', () => {
  expect(outputs(zone('for-each'))).toEqual(['item', 'index', 'result']);
  expect(outputs({ ...zone('for-each'), type: 'nobody' })).toEqual(['item', 'index', 'result']);
  expect(outputs(zone('group'))).toEqual([]);
  expect(outputs(node('nobody'))).toEqual(['no type']);
});

test('a switch has an output for each of its cases, once, and the ones of its type last', () => {
  const of = (...cases: string[]): string[] => outputs(node('switch', { settings: { cases } }));
  expect(of('a', 'b', 'a', 'default')).toEqual(['a', 'b', 'default']);
  expect(of()).toEqual(['default']);
  expect(outputs(node('switch'))).toEqual(['default']);
  const cases = ['a'];
  const type = nodeTypeOf(document, library, node('switch', { settings: { cases } }));
  expect(nodeTypeOf(document, library, node('switch', { settings: { cases } }))).toBe(type);
  expect(type?.outputs.map((port) => formatPortType(port.type))).toEqual(['T', 'T']);
});

test('cases mean nothing to other types', () => {
  expect(outputs(node('number', { settings: { cases: ['a'] } }))).toEqual(['out']);
});

test('a subgraph shows ports of zones and switches as these are set', () => {
  const inner = flow({
    each: zone('for-each', { zone: { results: { n: { type: 'int' } } } }),
    s: node('switch', { settings: { cases: ['a'] } }),
  });
  const types = {
    sub: {
      kind: 'subgraph' as const,
      ...{ nodes: inner.nodes, edges: {} },
      inputs: { items: { node: 'each', port: 'items' } },
      outputs: { n: { node: 'each', port: 'n' }, a: { node: 's', port: 'a' } },
    },
  };
  const type = createLibrary({ shelves: library.shelves }).resolve({ types }, 'sub');
  expect(type?.outputs.map((port) => `${port.id}: ${formatPortType(port.type)}`)).toEqual(['n: list<int>', 'a: T']);
  expect(type?.inputs[0]).toMatchObject({ id: 'items', title: 'Items', required: true });
});
