import { describe, expect, test } from 'vitest';
import { LoomError } from '../error.js';
import type { PortType } from '../port-type.js';
import { portTypesEqual } from './equal.js';
import { describePortType, formatPortType } from './format.js';
import { parsePortType } from './parse.js';

const int: PortType = { kind: 'int' };
const string: PortType = { kind: 'string' };

describe('the text of a port type is read', () => {
  test.each<[string, PortType]>([
    ['number', { kind: 'number' }],
    ['  int ', int],
    ['str', string],
    ['float', { kind: 'number' }],
    ['boolean', { kind: 'bool' }],
    ['list<int>', { kind: 'list', item: int }],
    ['list', { kind: 'list', item: { kind: 'any' } }],
    ['dict', { kind: 'dict', key: string, value: { kind: 'any' } }],
    ['dict<int>', { kind: 'dict', key: string, value: int }],
    ['dict<int, list<T>>', { kind: 'dict', key: int, value: { kind: 'list', item: { kind: 'variable', name: 'T' } } }],
    ['stream<T2>', { kind: 'stream', item: { kind: 'variable', name: 'T2' } }],
    ['tuple<int,string>', { kind: 'tuple', items: [int, string] }],
    ['tuple<>', { kind: 'tuple', items: [] }],
    ['int | string', { kind: 'union', members: [int, string] }],
    ['(int | string) | none', { kind: 'union', members: [int, string, { kind: 'none' }] }],
    ['list<(int|string)>', { kind: 'list', item: { kind: 'union', members: [int, string] } }],
    ['"a b" | \'it\\\'s "x"\'', { kind: 'union', members: [lit('a b'), lit('it\'s "x"')] }],
    ['-1.5e3', lit(-1500)],
    ['true', lit(true)],
    ['null', lit(null)],
    ['DataFrame', { kind: 'class', name: 'DataFrame' }],
    ['pd.DataFrame', { kind: 'class', name: 'pd.DataFrame' }],
    ['Größe', { kind: 'class', name: 'Größe' }],
    ['class<"T">', { kind: 'class', name: 'T' }],
    ['var<"Item">', { kind: 'variable', name: 'Item' }],
    ['constructor', { kind: 'class', name: 'constructor' }],
    ['never', { kind: 'union', members: [] }],
  ])('%s', (text, type) => {
    expect(parsePortType(text)).toEqual(type);
  });
});

test.each([
  ['', 'should have a type at the end'],
  ['list<', 'should have a type at the end'],
  ['list<int', 'should have ">" at the end'],
  ['list<int, int>', 'should have at most 1 types, so ">" at character 11'],
  ['int int', 'should have an end or "|" at character 5'],
  ['int |', 'should have a type at the end'],
  ['"open', 'should have a name, a value or a sign that it knows at character 1'],
  ['a..b', 'stray dots'],
  ['class<x>', 'should have a name in quotes at character 7'],
  [`${'list<'.repeat(70)}int${'>'.repeat(70)}`, 'at most 64 levels'],
  ['x'.repeat(20_000), 'at most 10000 characters'],
])('%s is refused with the place of the fault', (text, message) => {
  expect(() => parsePortType(text)).toThrow(message);
  expect(() => parsePortType(text)).toThrow(LoomError);
});

test.each([
  ['union in a list', 'list<int | string>'],
  ['names that are words of the language are quoted', 'class<"list"> | class<"T"> | class<"a b"> | var<"Item">'],
  ['literals', '"a" | -1.5 | true | null'],
  ['nested', 'dict<string, tuple<int, list<stream<T>>>>'],
])('%s is written as it is read', (_, text) => {
  expect(formatPortType(parsePortType(text))).toBe(text);
});

test.each([
  ['int | string', 'string | int', true],
  ['int | int', 'int', true],
  ['list<int | string>', 'list<string | int>', true],
  ['int', 'number', false],
  ['list<int>', 'stream<int>', false],
  ['tuple<int>', 'tuple<int, int>', false],
  ['"a"', 'string', false],
  ['dict<int, int>', 'dict<int, string>', false],
  ['T', 'class<"T">', false],
])('%s and %s: equal is %s', (a, b, expected) => {
  expect(portTypesEqual(parsePortType(a), parsePortType(b))).toBe(expected);
});

test('for people, names stand without quotes and long unions are cut', () => {
  expect(describePortType(parsePortType('list<var<"Item">>'))).toBe('list<Item>');
  const long = Array.from({ length: 30 }, (_, at) => `"choice ${at}"`).join(' | ');
  expect(describePortType(parsePortType(long))).toMatch(/^"choice 0" \| .{60,}…$/);
});

function lit(value: string | number | boolean | null): PortType {
  return { kind: 'literal', value };
}
