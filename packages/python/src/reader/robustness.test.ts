import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readPythonModule, readPythonType } from './read-python.js';
import { STEPS_BETWEEN_CLOCK_READS } from './syntax-tree.js';

/** Uses most of what the reader knows. */
const SAMPLE = `from __future__ import annotations
import typing as t
from typing import Annotated, Literal, NamedTuple, Optional as Opt, TypedDict
from loom import Multiline, Range, node

Kind = Literal['a', 'b']
T = t.TypeVar('T')

class Stats(TypedDict):
    mean: float
    spread: Annotated[float, 'How wide']

class Pair(NamedTuple):
    a: int
    b: "list[str]" = []

@node(title="My node", pure=True, inputs={'kind': {'help': 'x', 'widget': {'kind': 'slider', 'min': 0, 'max': 1}}})
async def compute(rows: list[dict[str, t.Any]], /, kind: Kind = 'a', *more: T,
        share: Annotated[float, Range(0, 1, step=.1)] = 0.5,  # comment
        note: Annotated[str, Multiline()] = """a
b""", limit: "Opt[int]" = -1e3, ctx=None, data={'a': [1, (2, 3)], **other}, **rest) -> Stats:
    r'''Compute things.

    Args:
        rows (list): The rows,
            all of them.

    Returns:
        mean: The mean.
    '''
    with open(f"{kind!r:>{limit}}") as file.handle: yield
    match rows:
        case []: return 1.
    return {'mean': 1}

def second(x: int | None = None) -> tuple[int, str]:
    return x, '\\N{BULLET}\\x41'
`;
const FRAGMENTS = [
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  '"""',
  ':',
  ',',
  '=',
  '*',
  '**',
  '/',
  '->',
  '\\',
  '\n',
  '\r',
  '\t',
  '\f',
  '\0',
  ' ',
  '    ',
  '#',
  '@',
  'def ',
  'class ',
  'lambda ',
  'f"{',
  '|',
  'Literal[',
  'Annotated[',
  '\ud800',
  '\udfff',
  '\u2028',
  '😀',
  '\ufeff',
  '0x',
  '1e',
  '...',
  ';',
];

function check(source: string): void {
  const lines = source.split(/\r\n|\n|\r/);
  for (const type of [
    readPythonType('t', { kind: 'python', source }),
    ...readPythonModule(source, { shelf: 's', idPrefix: '' }),
  ]) {
    const ids = type.inputs.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    // Types travel as plain data.
    expect(JSON.parse(JSON.stringify(type))).toEqual(type);
    for (const { line = 0, column = 0, endLine = 0, endColumn = 0 } of type.problems) {
      expect(line).toBeGreaterThan(0);
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeGreaterThan(0);
      expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 3);
      if (endLine === line) expect(endColumn).toBeGreaterThanOrEqual(column);
    }
  }
}

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.nat({ max: 12 }),
  insert: fc.constantFrom('', ...FRAGMENTS),
});

describe('no text makes the reader throw', () => {
  it('mutations of a valid source', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let source = SAMPLE;
        for (const { at, remove, insert } of edits) {
          const offset = Math.floor(at * source.length);
          source = source.slice(0, offset) + insert + source.slice(offset + remove);
        }
        check(source);
      }),
      { numRuns: 150 },
    );
  });

  it('every beginning of a valid source, as while typing', () => {
    for (let length = 0; length <= SAMPLE.length; length += 7) check(SAMPLE.slice(0, length));
  });

  it('any characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), check), { numRuns: 100 });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 60 }).map((parts) => parts.join('')),
        check,
      ),
      {
        numRuns: 150,
      },
    );
  });
});

describe('size and depth have bounds', () => {
  const deep = 10_000;
  it.each([
    ['open brackets', '('.repeat(deep)],
    ['nested lists', `def f(x=${'['.repeat(deep)}${']'.repeat(deep)}): ...`],
    ['nested types', `def f(x: ${'list['.repeat(deep)}${']'.repeat(deep)}): ...`],
    ['nested quotes', `def f(x: ${'"'.repeat(deep)}): ...`],
    ['attributes', `def f(x: a${'.a'.repeat(deep)}): ...`],
    ['a union', `def f(x: int${' | int'.repeat(deep)}): ...`],
    ['signs', `def f(x=${'-'.repeat(deep)}1): ...`],
    ['nested blocks', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}if x:`).join('\n')],
    ['format strings', 'f"{'.repeat(deep)],
    ['decorators', `${'@a\n'.repeat(deep)}def f(): ...`],
    ['names', 'a '.repeat(deep)],
    ['colons', ':'.repeat(deep)],
    ['parameters', `def f(${Array.from({ length: 20_000 }, (_, i) => `p${i}: int = ${i}`).join(', ')}): ...`],
    [
      'base classes',
      `${Array.from({ length: 2000 }, (_, i) => `class C${i + 1}(C${i}): ...`).join('\n')}\ndef f() -> C2000: ...`,
    ],
    ['empty lines', '\n'.repeat(200_000)],
    ['spaces', ' '.repeat(200_000)],
    ['an unclosed text', `"""${'a'.repeat(1_000_000)}`],
  ])('%s', (_, source) => {
    const type = readPythonType('t', { kind: 'python', source });
    expect(type.problems.length).toBeLessThanOrEqual(12);
  });

  it('a valid megabyte is read to its end', () => {
    const source = 'def f(a: int = 1) -> int:\n    """Doc."""\n    return [a + i for i in range(10)]\n\n'.repeat(
      12_000,
    );
    // A clock for which a step takes two microseconds, however busy the machine is: reading stops where it has become slow.
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += STEPS_BETWEEN_CLOCK_READS * 0.002));
    onTestFinished(() => clock.mockRestore());
    const type = readPythonType('t', { kind: 'python', source: `${source}def last(x: str): ...\n` });
    expect(now).toBeGreaterThan(0);
    expect(type).toMatchObject({ title: 'Last', problems: [], inputs: [{ id: 'x' }] });
  });

  it('more than two megabytes are refused with a reason', () => {
    const type = readPythonType('t', { kind: 'python', source: '#'.repeat(2 ** 21 + 1) });
    expect(type.problems[0]?.message).toContain('longer than');
  });
});
