import { Text } from '@codemirror/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeOf } from './code-range.js';

const source = 'def f(a):\n    return a / 0\n\nprint(1';
const text = Text.of(source.split('\n'));

function marked(place: Parameters<typeof rangeOf>[1]): string {
  const { from, to } = rangeOf(text, place);
  return source.slice(from, to);
}

describe('rangeOf', () => {
  it('marks from a column up to an end', () => {
    expect(marked({ line: 2, column: 12, endLine: 2, endColumn: 17 })).toBe('a / 0');
    expect(marked({ line: 2, column: 12 })).toBe('a / 0');
  });

  it('marks the line without its indentation when there is no column', () => {
    expect(marked({ line: 2 })).toBe('return a / 0');
    expect(marked({})).toBe('def f(a):');
  });

  it('marks the character before a place at the end of a line', () => {
    expect(marked({ line: 4, column: 8, endLine: 4, endColumn: 8 })).toBe('1');
  });

  it('stays inside the text, whatever it is given', () => {
    const number = fc.option(fc.oneof(fc.integer(), fc.constantFrom(Number.NaN, 1e99, -0)), { nil: undefined });
    fc.assert(
      fc.property(number, number, number, number, (line, column, endLine, endColumn) => {
        const { from, to } = rangeOf(text, { line, column, endLine, endColumn });
        expect(from).toBeGreaterThanOrEqual(0);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(to).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
