import { type Json, parsePortType } from '@loom/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fits } from './fits.js';
import { formatFreeText, parseFreeText } from './free-text.js';

describe('parseFreeText', () => {
  it.each([
    ['12', 'int | string', 12],
    ['"12"', 'int | string', '12'],
    ['007', 'int | string', '007'],
    ['1.5', 'int | string', '1.5'],
    ['true', 'int | string', 'true'],
    ['true', 'bool | string', true],
    ['', 'int | string', ''],
    ['hello', 'any', 'hello'],
    ['[1, 2]', 'any', [1, 2]],
    ['[1, 2', 'any', '[1, 2'],
    ['null', 'int | string | none', null],
    ['[1]', 'list<int> | int', [1]],
  ])('reads %s for %s', (text, type, value) => {
    expect(parseFreeText(text, parsePortType(type))).toEqual({ ok: true, value });
  });

  it('refuses a text where none is taken', () => {
    expect(parseFreeText('hello', parsePortType('int | list<int>'))).toEqual({ ok: false });
    expect(parseFreeText('["a"]', parsePortType('int | list<int>'))).toEqual({ ok: false });
  });

  it('reads back every value that it writes', () => {
    const types = ['any', 'int | string', 'bool | string', 'string | list<string> | none'].map(parsePortType);
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('12', 'true', 'null', '"x"', '[1]', '007', ''),
    ) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(value, fc.constantFrom(...types), (raw, type) => {
        const json = JSON.parse(JSON.stringify(raw)) as Json;
        fc.pre(fits(json, type));
        expect(parseFreeText(formatFreeText(json, type), type)).toEqual({ ok: true, value: json });
      }),
    );
  });
});
