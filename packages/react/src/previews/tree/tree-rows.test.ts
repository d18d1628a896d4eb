import type { Json } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { treeRows } from './tree-rows.js';

const open = (): boolean => true;

function lines(value: Json, isOpen: (path: string, depth: number) => boolean = open): string[] {
  return treeRows(value, isOpen).map(({ depth, label, content }) => {
    const text =
      content.kind === 'scalar'
        ? JSON.stringify(content.value)
        : content.kind === 'cut'
          ? `cut ${content.missing}`
          : content.kind === 'other'
            ? content.text
            : `${content.kind} ${content.size}`;
    return `${' '.repeat(depth)}${label === undefined ? '' : `${label}: `}${text}`;
  });
}

describe('treeRows', () => {
  it('draws containers with their sizes, and what is in them below', () => {
    expect(lines({ a: 1, b: [true, null], c: {} })).toEqual([
      'object 3',
      ' a: 1',
      ' b: list 2',
      '  0: true',
      '  1: null',
      ' c: object 0',
    ]);
  });

  it('draws what JSON does not have as it is written, and a text in quotes', () => {
    expect(lines([{ $text: 'nan' }, 'nan', { $text: 1 }])).toEqual([
      'list 3',
      ' 0: nan',
      ' 1: "nan"',
      ' 2: object 1',
      '  $text: 1',
    ]);
  });

  it('draws cuts, and counts what they left out', () => {
    expect(lines({ list: [1, { $cut: 98 }], $cut: 7 })).toEqual([
      'object 8',
      ' list: list 99',
      '  0: 1',
      '  cut 98',
      ' cut 7',
    ]);
    expect(lines({ $cut: 3 })).toEqual(['cut 3']);
  });

  it('leaves out what is closed', () => {
    expect(lines({ a: [1], b: [2] }, (path) => path !== '/a')).toEqual([
      'object 2',
      ' a: list 1',
      ' b: list 1',
      '  0: 2',
    ]);
  });

  it('keeps paths apart, whatever the keys', () => {
    const paths = treeRows({ 'a/b': { c: 1 }, a: { 'b/c': 1, b: { c: 1 } }, '': 1 }, open).map((row) => row.path);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('ends, however long or deep the value is', () => {
    expect(
      treeRows(
        Array.from({ length: 100_000 }, () => 0),
        open,
      ),
    ).toHaveLength(2000);
    let deep: Json = 1;
    for (let depth = 0; depth < 10_000; depth++) deep = [deep];
    expect(treeRows(deep, open).length).toBeLessThan(200);
  });
});
