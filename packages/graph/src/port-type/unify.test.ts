import { describe, expect, test } from 'vitest';
import { formatPortType } from './format.js';
import { parsePortType } from './parse.js';
import { unify } from './unify.js';

function fits(source: string, target: string): boolean {
  return unify(parsePortType(source), parsePortType(target)).ok;
}

describe('a value fits', () => {
  test.each([
    ['int', 'number'],
    ['any', 'list<int>'],
    ['list<int>', 'any'],
    ['list<any>', 'list<int>'],
    ['list<int>', 'list<any>'],
    ['"a"', 'string'],
    ['3', 'int'],
    ['3', 'number'],
    ['1.5', 'number'],
    ['true', 'bool'],
    ['null', 'none'],
    ['none', 'null'],
    ['"a"', '"a" | "b"'],
    ['"b" | "a"', '"a" | "b" | "c"'],
    ['int', 'int | string'],
    ['int | string', 'string | number'],
    ['tuple<int, int>', 'list<number>'],
    ['tuple<>', 'list<string>'],
    ['list<int>', 'stream<number>'],
    ['DataFrame', 'DataFrame'],
    ['DataFrame', 'none | DataFrame'],
    ['list<dict<string, int | none>>', 'json'],
    ['json', 'list<dict<string, int>>'],
    ['json', 'string'],
    ['json', '"a" | "b"'],
    ['never', 'int'],
    ['dict<string, int>', 'dict<string, number>'],
  ])('%s into %s', (source, target) => {
    expect(unify(parsePortType(source), parsePortType(target))).toMatchObject({ ok: true });
  });
});

describe('a value is refused with a sentence that names both types and the part that does not fit', () => {
  test.each([
    ['number', 'int', 'number does not fit int.'],
    ['string', '"a" | "b"', 'string does not fit "a" | "b".'],
    ['"c"', '"a" | "b"', '"c" does not fit "a" | "b".'],
    ['1.5', 'int', '1.5 does not fit int.'],
    ['bool', 'int', 'bool does not fit int.'],
    ['none', 'int', 'none does not fit int.'],
    ['list<string>', 'list<int>', 'list<string> does not fit list<int>: string does not fit int.'],
    ['list<int>', 'tuple<int, int>', 'list<int> does not fit tuple<int, int>.'],
    ['stream<int>', 'list<int>', 'stream<int> does not fit list<int>.'],
    ['int | string', 'number', 'int | string does not fit number: string does not fit number.'],
    [
      'int | DataFrame',
      'int | string',
      'int | DataFrame does not fit int | string: DataFrame does not fit int | string.',
    ],
    ['dict<int, int>', 'dict<string, int>', 'dict<int, int> does not fit dict<string, int>: int does not fit string.'],
    ['tuple<int>', 'tuple<int, int>', 'tuple<int> does not fit tuple<int, int>: it has 1 items, and 2 are expected.'],
    ['DataFrame', 'Series', 'DataFrame does not fit Series.'],
    ['DataFrame', 'json', 'DataFrame does not fit json.'],
    ['bytes', 'json', 'bytes does not fit json.'],
    ['dict<int, int>', 'json', 'dict<int, int> does not fit json.'],
    ['json', 'bytes', 'json does not fit bytes.'],
    ['int', 'never', 'int does not fit never.'],
    [
      'tuple<int, string>',
      'tuple<T, T>',
      'tuple<int, string> does not fit tuple<T, T>: T is already int on this node, which string does not fit.',
    ],
  ])('%s into %s', (source, target, reason) => {
    expect(unify(parsePortType(source), parsePortType(target))).toEqual({ ok: false, reason });
  });

  test('a type of hundreds of literals is cut in the sentence', () => {
    const many = Array.from({ length: 300 }, (_, index) => `"option ${index}"`).join(' | ');
    const result = unify(parsePortType('int'), parsePortType(many));
    expect(result.ok ? '' : result.reason.length).toBeLessThan(120);
  });
});

describe('variables of the target are bound', () => {
  test.each([
    ['list<int>', 'list<T>', { T: 'int' }],
    ['int', 'T', { T: 'int' }],
    ['"a"', 'T', { T: 'string' }],
    ['list<int | string>', 'list<T>', { T: 'int | string' }],
    ['dict<string, list<int>>', 'dict<K, V>', { K: 'string', V: 'list<int>' }],
    ['tuple<int, number>', 'tuple<T, T>', { T: 'number' }],
    ['int | string | none', 'T | none', { T: 'int | string' }],
    ['list<int>', 'T | list<T>', { T: 'int' }],
    ['U', 'list<T>', {}],
    ['list<U>', 'list<T>', {}],
    ['json', 'list<T>', {}],
    ['list<list<U>>', 'list<T>', { T: 'list<any>' }],
  ])('%s into %s', (source, target, expected) => {
    const result = unify(parsePortType(source), parsePortType(target));
    const bound = result.ok ? [...result.bindings].map(([name, type]) => [name, formatPortType(type)]) : result.reason;
    expect(bound).toEqual(Object.entries(expected));
  });

  test('bindings given before are kept and may widen', () => {
    const before = unify(parsePortType('int'), parsePortType('T'));
    if (!before.ok) throw new Error(before.reason);
    const after = unify(parsePortType('number'), parsePortType('T'), before.bindings);
    expect(after.ok && after.bindings.get('T')).toEqual({ kind: 'number' });
    expect(before.bindings.get('T')).toEqual({ kind: 'int' });
    expect(unify(parsePortType('string'), parsePortType('T'), before.bindings).ok).toBe(false);
  });

  test('a member of a union that fails leaves no binding behind', () => {
    const result = unify(parsePortType('tuple<int, string>'), parsePortType('tuple<T, bool> | tuple<int, T>'));
    expect(result.ok && [...result.bindings]).toEqual([['T', { kind: 'string' }]]);
  });
});

test('fitting is not symmetric: string takes a literal, and no literal takes a string', () => {
  expect([fits('"a"', 'string'), fits('string', '"a"')]).toEqual([true, false]);
});
