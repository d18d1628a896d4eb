import { expect, test } from 'vitest';
import { emptyDocument, type FlowDocument } from './document.js';
import { LoomError } from './error.js';
import { flow, node, wire } from './fixture.js';
import { load } from './load/load.js';
import { save } from './save.js';

test('the text has known fields in one order, then the unknown ones, whatever order they came in', () => {
  const document = {
    later: { z: 1, a: 2 },
    edges: { e: { targetPort: 'i', later: 1, target: 'a', sourcePort: 'o', source: 'b' } },
    ...{ nodes: { b: { later: 1, position: { x: 0, y: 0 }, type: 'x' }, a: node('x') } },
    title: 'T',
    loom: 1,
  };
  expect(save({ ...emptyDocument, ...document } as FlowDocument, { indent: 0 })).toBe(
    `${JSON.stringify({
      loom: 1,
      title: 'T',
      nodes: { b: { type: 'x', position: { x: 0, y: 0 }, later: 1 }, a: { type: 'x', position: { x: 0, y: 0 } } },
      edges: { e: { ...wire('b.o -> a.i'), later: 1 } },
      later: { z: 1, a: 2 },
    })}\n`,
  );
});

test('what was saved opens as the same document, and saves as the same text', () => {
  const document = flow(
    { b: node('gone', { inputs: { x: '007', y: [null, 0, '', false] } }), a: 'gone' },
    ['b.o -> a.i'],
    {
      types: { t: { kind: 'python', source: 'def f():\n  return "\u2028é😀"\n' } },
      meta: { 'a b': {} },
    },
  );
  const text = save(document);
  expect(load(text)).toEqual({ document, issues: [] });
  expect(save(load(text).document)).toBe(text);
});

test('empty tables are not written, except for nodes and edges', () => {
  expect(save(emptyDocument, { indent: 0 })).toBe('{"loom":1,"nodes":{},"edges":{}}\n');
});

test('a document with a value that JSON does not have cannot be saved', () => {
  const document = { ...emptyDocument, meta: { big: 1n as unknown as number } };
  expect(() => save(document)).toThrow(expect.objectContaining({ code: 'document/not-json' }));
  expect(() => save(document)).toThrow(LoomError);
});
