import { describe, expect, expectTypeOf, test } from 'vitest';
import { emptyDocument } from '../document.js';
import { flow } from '../fixture.js';
import { type LoadResult, load } from '../load/load.js';
import { save } from '../save.js';
import { fixture } from './import-fixture.js';
import * as entry from './index.js';
import { detectFormat, type FlowFormat, importAny } from './index.js';

const files: readonly [string, FlowFormat][] = [
  ['old-loom-savefile', 'old-loom'],
  ['old-loom-older', 'old-loom'],
  ['old-loom-count', 'old-loom'],
  ['old-loom-server', 'old-loom'],
  ['old-loom-size', 'old-loom'],
  ['old-loom-calls', 'old-loom'],
  ['old-loom-events', 'old-loom'],
  ['funcnodes-node-space', 'funcnodes'],
  ['funcnodes-worker-state', 'funcnodes'],
  ['funcnodes-full-state', 'funcnodes'],
  ['funcnodes-documented', 'funcnodes'],
  ['funcnodes-archive', 'funcnodes'],
];

test.each(files)('%s is a file of %s', (name, format) => {
  const text = fixture(name);
  expect([detectFormat(text), detectFormat(JSON.parse(text))]).toEqual([format, format]);
  const result = importAny(text);
  expect(result.format).toBe(format);
  expect(Object.keys(result.document.nodes)).not.toEqual([]);
});

describe('the format', () => {
  test.each<[string, unknown, FlowFormat | undefined]>([
    ['a flow', save(flow({ a: 'x' })), 'loom'],
    ['a flow of a later version', { loom: 99 }, 'loom'],
    ['a flow that is cut off', '{"loom":1,"nodes":{', 'loom'],
    ['a flow without a version', { nodes: {}, edges: {} }, 'loom'],
    ['an empty savefile', { projectId: 'p', nodes: [], connections: [] }, 'old-loom'],
    ['an empty node space', { nodes: [], edges: [], prop: {}, groups: {} }, 'funcnodes'],
    ['a savefile that begins with something else', { nodes: [null, { nodeId: 'a' }] }, 'old-loom'],
    ['a graph of another program', { nodes: [{ id: 'a', position: {}, data: {} }], edges: [] }, undefined],
    ['the state of something else', { state: 'idle' }, undefined],
    ['text that is no JSON', 'hello', undefined],
    ['nothing', undefined, undefined],
    ['a list', [], undefined],
  ])('of %s', (_, data, format) => {
    expect(detectFormat(data)).toBe(format);
  });

  test('of what cannot be read is none', () => {
    const refuse = (): never => {
      throw new Error('no entry');
    };
    expect(detectFormat(new Proxy({}, { get: refuse, has: refuse }))).toBeUndefined();
  });
});

describe('opening a file of any format', () => {
  test('gives what load gives for a flow, and for what is none', () => {
    for (const data of [save(flow({ a: 'x' })), '{', { loom: 99 }, {}, null]) {
      const { format: _, ...result } = importAny(data);
      expect(result).toEqual(load(data));
    }
  });

  test('says what an archive is', () => {
    const zip = Uint8Array.of(0x50, 0x4b, 3, 4);
    expect(importAny(zip)).toEqual({
      format: undefined,
      document: emptyDocument,
      issues: [expect.objectContaining({ code: 'import/archive' })],
    });
  });
});

test('the public names are these, and importers give what load gives', () => {
  expectTypeOf<typeof entry.importOldLoom>().returns.toEqualTypeOf<LoadResult>();
  expectTypeOf<typeof entry.importFuncNodes>().returns.toEqualTypeOf<LoadResult>();
  expectTypeOf<typeof entry.importAny>().returns.toExtend<LoadResult>();
  expect(Object.keys(entry).sort()).toMatchInlineSnapshot(`
    [
      "detectFormat",
      "importAny",
      "importFuncNodes",
      "importOldLoom",
    ]
  `);
});
