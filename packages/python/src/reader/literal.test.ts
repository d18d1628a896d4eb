import { describe, expect, it } from 'vitest';
import { readPythonType } from './read-python.js';

function input(value: string) {
  const type = readPythonType('t', { kind: 'python', source: `def f(x=${value}): ...\n` });
  return type.inputs[0];
}

describe('literal defaults are shown', () => {
  it.each([
    ['1', 1],
    ['-1', -1],
    ['+1', 1],
    ['- 2.5', -2.5],
    ['1.', 1],
    ['.5', 0.5],
    ['1e-3', 0.001],
    ['1_000', 1000],
    ['0xff', 255],
    ['0b101', 5],
    ['0o17', 15],
    ['-0', 0],
    ['True', true],
    ['False', false],
    ['None', null],
    ['"a"', 'a'],
    ["'a'", 'a'],
    ['""', ''],
    ['"a" \'b\'', 'ab'],
    ['("a"\n   "b")', 'ab'],
    ['"""a\nb"""', 'a\nb'],
    ["'''it's'''", "it's"],
    ['r"\\n"', '\\n'],
    ['R"\\""', '\\"'],
    ['u"ä"', 'ä'],
    ['"\\n\\t\\\\\\"\\x41\\u00e9\\U0001F600\\101\\q"', '\n\t\\"Aé😀A\\q'],
    ['"a\\\nb"', 'ab'],
    ['[]', []],
    ['{}', {}],
    ['()', []],
    ['(1,)', [1]],
    ['[1, -2, "a", None,]', [1, -2, 'a', null]],
    ['(1, (2, [3]))', [1, [2, [3]]]],
    ['{"a": 1, "b": {"c": [True]}}', { a: 1, b: { c: [true] } }],
    ['[\n  1, # one\n  2\n]', [1, 2]],
    ['{\n  "a": 1, # one\n}', { a: 1 }],
    ['9007199254740991', 9007199254740991],
  ])('%s', (value, expected) => {
    expect(input(value)).toEqual({
      id: 'x',
      title: 'X',
      type: { kind: 'any' },
      required: false,
      default: expected,
    });
  });

  it('a key __proto__ is a key', () => {
    expect(JSON.stringify(input('{"__proto__": 1}')?.default)).toBe('{"__proto__":1}');
  });

  it('CRLF inside a text is one line break', () => {
    expect(input('"""a\r\nb"""')?.default).toBe('a\nb');
  });
});

describe('other defaults make a port optional without a value to show', () => {
  it.each([
    'x',
    'f(1)',
    '1 + 2',
    'not True',
    '~1',
    '-x',
    '[x]',
    '[*"ab"]',
    '[i for i in y]',
    '{1: 2}',
    '{**y}',
    '{1, 2}',
    'b"a"',
    'f"{x}"',
    '"a" f"{x}"',
    '1j',
    '1e999',
    '9007199254740992',
    '123456789012345678901234567890',
    '"\\N{BULLET}"',
    'lambda a: a',
    '...',
    '{"a": b}',
    `${'['.repeat(100)}${']'.repeat(100)}`,
  ])('%s', (value) => {
    expect(input(value)).toEqual({ id: 'x', title: 'X', type: { kind: 'any' }, required: false });
  });
});
