import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonFault } from './json-fault.js';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('jsonFault', () => {
  it.each([
    ['{"a": 1, b: 2}', 9],
    ['[1, 2,]', 6],
    ["['a']", 1],
    ['{"a" 1}', 5],
    ['1 2', 2],
    ['[1}', 2],
    ['True', 0],
    ['01', 1],
    ['["a\nb"]', 1],
    ['[1, 2', 5],
    ['{"a":', 5],
    ['', 0],
  ])('finds where %j goes wrong', (text, position) => {
    expect(jsonFault(text)).toBe(position);
  });

  it('agrees with the platform on what is JSON', () => {
    const piece = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"a"',
      '"\\u00e9"',
      '"\\x"',
      '1',
      '-0.5e3',
      '.',
      'null',
      'tru',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        expect(jsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.json(), (text) => jsonFault(text) === undefined));
  });

  it('does not mind depth', () => {
    expect(jsonFault('['.repeat(100_000))).toBe(100_000);
  });
});
