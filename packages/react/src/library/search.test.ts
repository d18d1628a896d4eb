import type { NodeType } from '@loom/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchTypes } from './search.js';

function type(title: string, rest: Partial<NodeType> = {}): NodeType {
  return {
    id: title,
    title,
    version: 1,
    inputs: [],
    outputs: [],
    pure: true,
    implementation: { kind: 'missing' },
    problems: [],
    ...rest,
  };
}

function titles(types: readonly NodeType[], query: string): string[] {
  return searchTypes(types, query).map((result) => result.type.title);
}

describe('searchTypes', () => {
  it('ranks a title that starts so above a word of it, that above letters inside, that above letters in order', () => {
    const types = ['Forget a range', 'Bigrowth', 'Group rows', 'Sum by group', 'Regroup'].map((title) => type(title));
    expect(titles(types, 'gro')).toEqual(['Group rows', 'Sum by group', 'Regroup', 'Bigrowth']);
    expect(titles(types, 'grw')).toEqual(['Group rows', 'Bigrowth']);
  });

  it('finds titles first, then categories, then descriptions', () => {
    const types = [
      type('A', { description: 'Reads a filter from a file' }),
      type('B', { category: 'Data/Filter' }),
      type('Filter rows'),
    ];
    expect(titles(types, 'filter')).toEqual(['Filter rows', 'B', 'A']);
  });

  it('finds initials and camel case', () => {
    const types = [type('Read JSON'), type('groupBySpecies'), type('Project')];
    expect(titles(types, 'rj')[0]).toBe('Read JSON');
    expect(titles(types, 'species')).toEqual(['groupBySpecies']);
    expect(titles(types, 'gbs')).toEqual(['groupBySpecies']);
  });

  it('needs every word, in any order', () => {
    const types = [type('Read JSON'), type('Read text'), type('Write JSON')];
    expect(titles(types, 'json read')).toEqual(['Read JSON']);
    expect(titles(types, 'json nothing')).toEqual([]);
  });

  it('ignores case and accents', () => {
    expect(titles([type('Größe wählen')], 'GROSSE')).toEqual([]);
    expect(titles([type('Größe wählen')], 'grö')).toEqual(['Größe wählen']);
    expect(titles([type('Größe wählen')], 'wahlen')).toEqual(['Größe wählen']);
  });

  it('says which letters of the title matched', () => {
    const [result] = searchTypes([type('Read JSON')], 'reso');
    expect(result?.ranges).toEqual([
      { start: 0, end: 2 },
      { start: 6, end: 8 },
    ]);
  });

  it('gives all types in their order for an empty query', () => {
    const types = [type('B'), type('A')];
    expect(titles(types, '  ')).toEqual(['B', 'A']);
  });

  it('gives a subset without repeats, with ranges inside the title, whatever is typed', () => {
    const types = ['Read JSON', 'İstanbul', 'ﬁlter 🐧', 'a\u0301b', ''].map((title) => type(title));
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (query) => {
        const results = searchTypes(types, query);
        expect(new Set(results.map((result) => result.type)).size).toBe(results.length);
        for (const { type: found, ranges } of results)
          for (const range of ranges) {
            expect(range.start).toBeLessThan(range.end);
            expect(range.end).toBeLessThanOrEqual(found.title.length);
          }
      }),
    );
  });

  it('finds the titles with every word among 2,000 types, above other matches, in their order', () => {
    const words = ['Read', 'Write', 'Filter', 'Group', 'Join', 'Plot', 'Table', 'Column', 'Mean', 'Split'];
    const types = Array.from({ length: 2000 }, (_, index) =>
      type(`${words[index % 10]} ${words[Math.floor(index / 10) % 10]} ${index}`, {
        category: `Data/${words[index % 7]}`,
        description: `Takes a ${words[index % 9]} and gives a ${words[index % 8]} for each of the rows that it has.`,
      }),
    );
    const expected = types.map(({ title }) => title).filter((title) => /Filter/.test(title) && /Column/.test(title));
    expect(expected).toHaveLength(40);
    const found = titles(types, 'fil col');
    expect(found.slice(0, 40)).toEqual(expected);
    expect(found.length).toBeGreaterThan(40);
  });
});
