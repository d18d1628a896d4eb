import { describe, expect, it } from 'vitest';
import { readPythonType } from './read-python.js';

const problems = (source: string) =>
  readPythonType('t', { kind: 'python', source }).problems.filter(({ message }) => !message.startsWith('No function'));

describe('faults are named where they are', () => {
  it.each([
    ['def f(a)\n    return a\n', 1, 9, '":" is missing at the end of this "def" line.'],
    ['def f(a) -> int\n    return a\n', 1, 16, '":" is missing at the end of this "def" line.'],
    ['def f(a):\n    if a\n        return a\n', 2, 9, '":" is missing at the end of this "if" line.'],
    ['def f(a):\n    if a = 1:\n        return a\n', 2, 10, 'Use == to compare: = assigns.'],
    ['def f(a):\n    x = (1 + 2\n    return x\n', 2, 9, '"(" is never closed.'],
    ['def f(a):\n    return a)\n', 2, 13, '")" closes nothing.'],
    ['def f(a):\n    return [a)\n', 2, 14, '")" does not close "[".'],
    ['def f(a):\n    return "a\n', 2, 12, 'This text has no closing quote.'],
    ['def f(a):\n    """Doc.\n    return a\n', 2, 5, 'This text has no closing quote.'],
    ['def f(a):\nreturn a\n', 2, 1, 'An indented block is expected after the ":" above.'],
    ['def f(a):\n', 1, 9, 'The indented block after ":" is missing.'],
    ['def f(a):\n    x = 1\n      return a\n', 3, 7, 'This line is indented, but nothing above opens a block.'],
    ['def f(a):\n        x = 1\n    return a\n', 3, 5, 'The indentation of this line fits no block above.'],
    ['def f(a):\n    if a:\n\treturn a\n', 3, 2, 'Tabs and spaces are mixed in the indentation. Use spaces only.'],
    ['def f(a):\n    return a $ 1\n', 2, 14, 'Python does not know the character $ here.'],
    ['def f(a):\n    return “a”\n', 2, 12, '“ is not a plain quote. Use " or \'.'],
    [
      'def f(a):\n    return a\u00a0+ 1\n',
      2,
      13,
      'There is a space here that Python does not take. Use a plain space.',
    ],
    ['def f(a):\n    return 1abc\n', 2, 12, 'This is not a number that Python can read.'],
    ['def f(a):\n    return 007\n', 2, 12, 'A number does not start with 0. Write it without, or as 0o… for octal.'],
    ['def f(a):\n    print "a"\n', 2, 5, 'print is a function. Write its arguments in parentheses.'],
    ['def f(a):\n    try:\n        return a\n', 2, 5, '"try" needs an "except" or a "finally" block.'],
    ['def f(a):\n    return a b\n', 2, 14, 'Python cannot read this line: unexpected "b".'],
    ['def f(a):\n    x =\n    return a\n', 2, 8, 'This line stops too early.'],
    ['def f(a):\n    x = "😀" a\n', 2, 14, 'Python cannot read this line: unexpected "a".'],
    ['def f(a):\r\n    return a b\r\n', 2, 14, 'Python cannot read this line: unexpected "b".'],
    ['def f(a):\r    return a b\r', 2, 14, 'Python cannot read this line: unexpected "b".'],
    ['def f(a):\n    x = a \\ \n    return x\n', 2, 11, 'A backslash must be the last character of its line.'],
    ['def f(a):\n    return f"{a"\n', 2, 12, 'A "{" in this text is never closed.'],
    [`def f(a=${'('.repeat(201)}${')'.repeat(201)}): ...`, 1, 208, 'Python allows 200 brackets inside each other.'],
  ])('%j', (source, line, column, message) => {
    expect(problems(source)[0]).toMatchObject({ severity: 'error', line, column, message });
  });

  it('the end is given, so that an editor can underline', () => {
    expect(problems('def f(a):\n    return a bcd\n')).toEqual([
      {
        message: 'Python cannot read this line: unexpected "bcd".',
        severity: 'error',
        line: 2,
        column: 14,
        endLine: 2,
        endColumn: 17,
      },
    ]);
  });

  it('one problem per line, ten at most, in order', () => {
    const found = problems(`def f(a):\n${'    return a b c d\n'.repeat(30)}`);
    expect(found.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

describe('valid Python is no problem', () => {
  it.each([
    'def f(x=1.): return 1.e5 + 1.j',
    'def f():\n    yield\n    x = yield\n    return (yield)',
    'def f():\n    with a as b.c, d as (e, g), h() as i[0]: pass',
    'def f():\n    with (\n        open(a) as b,  # first\n        open(c) as d,\n    ):\n        pass',
    'def f():\n    with (a, b): pass\n    with (a): pass\n    with (a) as (b, c): pass',
    'async def f():\n    async with (a as b, c as d): pass\n    async for x in y: await x',
    'def f(x):\n    match x:\n        case {}: pass\n        case []: pass\n        case str(): pass\n        case a.B(): pass\n        case {"k": [1, *_], **rest} if rest: pass\n        case -1 | "a" | None: pass\n        case _: pass',
    'def f(x, y):\n    match x, y:\n        case 1, 2: pass',
    'match = 1\ncase = 2\ntype = 3\ndef f(match, case, type): return match + case(type)',
    'def f(*args: *Ts) -> tuple[int, *Ts]: ...',
    'def f[T: int = str, *Ts, **P](x: T): ...',
    'class A[T = int](B): ...\ntype X[T = int] = list[T]\ndef f(): ...',
    'def f(): return lambda a, /, b: a',
    'def f(x): return t"{x} and {x!r:>{x}}" + f"{x["a"]}" + rf"\\{x}" + f"{{}}" + f\'{x:%H:%M}\'',
    'def f(x): return f"{x:{x}}" f"{x!r}" f"{x=}" f"{lambda: 1}"',
    'def f(x): return """a "quoted" \\""" text""" + \'\'\'it\'s\'\'\'',
    '@a.b("c").d\n@e[0]\n@(lambda f: f)\n@g\ndef f(): ...',
    'def f(x):\n    try:\n        pass\n    except* A: pass\n    else: pass\n    finally: pass',
    'def f(x):\n    if (y := x): return {**x, "a": [*x, *y]}\n    for a, *b in x: pass\n    else: del a, b',
    'def f(x):\n\n\t# comment\n\tif x:\n\t\treturn \\\n  x\n  # odd comment\n\treturn x ; pass',
    'def f(x): return 0 if x else 0xFF_FF or 0b1_0 and 1_000.5e-1_0 or 1if x else 00',
    'def f(x: "int" = 1, /, *, y): return x @ y // 2 ** -1 << 3 >> ~x ^ y & x | y',
    'def f(x): x: int; y: list[int] = []; x @= 1; x //= 2; x **= 3; x >>= 1; assert x, "m"; global g; raise A from B',
    'def f(x): return x[1:2, ..., ::3], x[:], x[a:=1], not x, x is not y, x not in y',
    `def f(x): return ${'x + '.repeat(2000)}x`,
    `def f(x): return ${'['.repeat(150)}${']'.repeat(150)}`,
    'def f(x):\n    return x\n   ',
    'def f(x):\n    return x\n   # comment',
    'def f(x): return x\\\n',
  ])('%j', (source) => {
    expect(problems(source)).toEqual([]);
  });
});
