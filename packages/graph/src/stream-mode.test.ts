import { describe, expect, test } from 'vitest';
import { canConnect } from './connection/can-connect.js';
import type { FlowDocument, StreamMode } from './document.js';
import { outputType, wireStreamMode } from './effective-types.js';
import { flow, inside, library, node, wire, zone } from './fixture.js';
import { formatPortType } from './port-type/format.js';
import { validate } from './validate/validate.js';

const nodes = {
  s: 'stream',
  t: 'texts',
  int: 'int',
  add: 'add',
  sum: 'sum',
  same: 'same',
  first: 'first',
  drain: 'drain',
  show: 'show',
  each: zone('for-each'),
  loop: zone('while'),
  a: inside('loop', 'stream'),
};

function check(text: string, document: FlowDocument = flow(nodes)): unknown {
  const result = canConnect(document, library, wire(text));
  return result.ok || result.reason;
}

function output(document: FlowDocument, id: string, port: string): string {
  return formatPortType(outputType(document, library, id, port));
}

describe('a stream goes into an input', () => {
  test.each<[string, string, StreamMode]>([
    ['that takes its items', 's.items -> add.a', 'each'],
    ['that takes anything', 's.items -> show.value', 'each'],
    ['that takes a list of them', 's.items -> first.list', 'collect'],
    ['that takes streams', 's.items -> drain.items', 'whole'],
    ['of a for-each', 't.items -> each.items', 'collect'],
    ['that ends an iteration', 'a.items -> loop.value.next', 'collect'],
    ['of a variable', 's.items -> same.x', 'each'],
  ])('%s', (_, text, mode) => {
    const document = flow(nodes, [text]);
    expect(check(text)).toBe(true);
    expect(wireStreamMode(document, library, wire(text))).toBe(mode);
  });

  test('and what is no stream goes in as it is', () => {
    const document = flow(nodes, ['int.out -> add.a']);
    expect(wireStreamMode(document, library, wire('int.out -> add.a'))).toBeUndefined();
    expect(check('int.out -> drain.items')).toBe('"out" cannot go into "items": int does not fit stream<T>.');
  });

  test('in the mode that the node sets', () => {
    const document = flow({ s: 'stream', show: node('show', { settings: { streams: { value: 'latest' } } }) });
    expect(wireStreamMode(document, library, wire('s.items -> show.value'))).toBe('latest');
  });
});

test.each([
  ['t.items -> add.a', '"items" cannot go into "a": stream<string> does not fit number: string does not fit number.'],
  [
    't.items -> sum.items',
    '"items" cannot go into "items": stream<string> does not fit number: list<string> does not fit number.',
  ],
])('a stream of the wrong items is refused: %s', (text, reason) => {
  expect(check(text)).toBe(reason);
});

describe('variables', () => {
  test('stand for the items, or for the list of them', () => {
    const document = flow(nodes, ['s.items -> same.x', 't.items -> each.items', 's.items -> drain.items']);
    expect(output(document, 'same', 'out')).toBe('stream<int>');
    expect(output(document, 'each', 'item')).toBe('string');
    expect(output(document, 'drain', 'last')).toBe('int');
  });

  test('stand for the stream when it is taken whole', () => {
    const same = node('same', { settings: { streams: { x: 'whole' } } });
    expect(output(flow({ s: 'stream', same }, ['s.items -> same.x']), 'same', 'out')).toBe('stream<int>');
  });
});

describe('a node that runs for each item', () => {
  const pipe = flow({ ...nodes, b: 'add' }, ['s.items -> add.a', 'add.sum -> b.a']);

  test('gives a stream, and so does what runs for each of its items', () => {
    expect([output(pipe, 'add', 'sum'), output(pipe, 'b', 'sum')]).toEqual(['stream<number>', 'stream<number>']);
    expect(check('b.sum -> first.list', pipe)).toBe(true);
    expect(check('b.sum -> drain.items', pipe)).toBe(true);
  });

  test('gives values again once they are collected', () => {
    const collected = flow({ ...pipe.nodes }, ['s.items -> first.list']);
    expect(output(collected, 'first', 'item')).toBe('int');
  });

  test('does not count when it takes part in a zone by what leaves the body', () => {
    const body = flow({ ...nodes, b: inside('loop', 'add') }, ['a.items -> b.a', 'b.sum -> loop.value.next']);
    expect(output(body, 'b', 'sum')).toBe('stream<number>');
    expect(output(body, 'loop', 'value')).toBe('list<number>');
  });
});

describe('a mode that cannot be is an issue', () => {
  function issues(document: FlowDocument): string[] {
    return validate(document, library).flatMap(({ code, path, message }) =>
      code === 'node/stream-mode' ? [`${path.join('/')}: ${message}`] : [],
    );
  }

  test.each<[string, StreamMode, string]>([
    ['add', 'collect', 'Input "a" takes the stream as "collect", which does not fit number. Set it to "each".'],
    ['add', 'whole', 'Input "a" takes the stream as "whole", which does not fit number. Set it to "each".'],
  ])('%s %s', (type, mode, message) => {
    const document = flow({ s: 'stream', n: node(type, { settings: { streams: { a: mode } } }) }, ['s.items -> n.a']);
    expect(issues(document)).toEqual([`nodes/n/settings/streams/a: ${message}`]);
  });

  test('also where nothing is set and only another mode fits', () => {
    expect(issues(flow(nodes, ['s.items -> sum.items']))).toEqual([
      'nodes/sum/settings/streams/items: Input "items" takes the stream as "collect", which does not fit number. Set it to "each".',
    ]);
  });

  test('and an iteration cannot end item by item', () => {
    const loop = zone('while', { settings: { streams: { 'value.next': 'each' } } });
    expect(issues(flow({ ...nodes, loop }, ['a.items -> loop.value.next']))).toEqual([
      'nodes/loop/settings/streams/value.next: Input "Value" takes the stream as "each", which does not fit the end of an iteration. Set it to "collect".',
    ]);
  });

  test('while all modes that fit are fine', () => {
    for (const mode of ['each', 'latest', 'collect', 'whole'] as const) {
      const show = node('show', { settings: { streams: { value: mode } } });
      expect(issues(flow({ s: 'stream', show }, ['s.items -> show.value']))).toEqual([]);
    }
  });
});
