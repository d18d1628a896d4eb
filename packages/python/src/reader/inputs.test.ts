import { describe, expect, it } from 'vitest';
import { readPythonType } from './read-python.js';

const read = (source: string) => readPythonType('t', { kind: 'python', source });
const shape = (source: string) =>
  read(source).inputs.map(({ id, required, multiple }) => `${id}${required ? '' : '?'}${multiple ? '*' : ''}`);

describe('parameters become ports', () => {
  it.each([
    ['def f(): ...', []],
    ['def f(a, b=1): ...', ['a', 'b?']],
    ['def f(a, /, b, *, c, d=1): ...', ['a', 'b', 'c', 'd?']],
    ['def f(a=1, *, b): ...', ['a?', 'b']],
    ['def f(*args: int): ...', ['args?*']],
    ['def f(a, *rest, b): ...', ['a', 'rest?*', 'b']],
    ['async def f(a): ...', ['a']],
    ['def f(a: int | None, b: Optional[int]): ...', ['a', 'b']],
    ['def f(ctx, a): ...', ['a']],
    ['def f(a, context: Context): ...', ['a']],
    ['def f(a, c: "loom.Context"): ...', ['a']],
    ['def f(a: decimal.Context): ...', ['a']],
    ['def f(a, # first\n      b, # second\n      ): ...', ['a', 'b']],
    ['def f(\r\n\ta,\r\n\tb = 1\r\n): ...', ['a', 'b?']],
    ['def f(größe, _x): ...', ['größe', '_x']],
  ])('%s', (source, expected) => {
    const type = read(source);
    expect(type.problems).toEqual([]);
    expect(shape(source)).toEqual(expected);
  });

  it('names have the titles of words', () => {
    expect(read('def f(group_by, n): ...').inputs.map(({ title }) => title)).toEqual(['Group by', 'N']);
  });

  it('*args has the type of one item', () => {
    expect(read('def f(*args: list[int]): ...').inputs[0]?.type).toEqual({ kind: 'list', item: { kind: 'int' } });
  });

  it('a default of None lets None in', () => {
    const type = { kind: 'union', members: [{ kind: 'int' }, { kind: 'none' }] };
    expect(read('def f(x: int = None): ...').inputs[0]).toMatchObject({ type, default: null, required: false });
  });

  it('a class named Context in the source is an ordinary type', () => {
    expect(shape('class Context: ...\ndef f(a: Context): ...')).toEqual(['a']);
  });

  it('look-alike letters are the name that Python takes', () => {
    expect(shape('def f(ﬁeld): ...')).toEqual(['field']);
  });
});

describe('parameters that cannot be ports are reported', () => {
  it('**kwargs with a warning', () => {
    expect(read('def f(a,\n      **kw): ...')).toMatchObject({
      inputs: [{ id: 'a' }],
      problems: [{ severity: 'warning', line: 2, column: 9, endLine: 2, endColumn: 11 }],
    });
  });

  it('a name twice, with an error', () => {
    const { inputs, problems } = read('def f(a, b, a): ...');
    expect(inputs.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(problems).toEqual([
      {
        message: 'The parameter "a" appears twice.',
        severity: 'error',
        line: 1,
        column: 13,
        endLine: 1,
        endColumn: 14,
      },
    ]);
  });

  it('a parameter without default after one with default', () => {
    expect(read('def f(a=1, b): ...').problems).toMatchObject([{ severity: 'error', line: 1, column: 12 }]);
    expect(read('def f(a=1, *b, c): ...').problems).toEqual([]);
  });
});

describe('unfinished parameters show what can be read', () => {
  it.each([
    ['def f(a: int, b:', ['a', 'b']],
    ['def f(a: int, b: str = ', ['a', 'b?']],
    ['def f(a: int,', ['a']],
    ['def f(a b, c): ...', ['a', 'c']],
    ['def f(a: int\n    return a\n', ['a']],
    ['def f(a: list[int, b): ...', ['a']],
    ['def f(a, 1, b): ...', ['a', 'b']],
    ['def f', []],
    ['def f(', []],
    ['def f(a=[1, ', ['a?']],
  ])('%j', (source, expected) => {
    expect(shape(source)).toEqual(expected);
    expect(read(source).problems.filter(({ severity }) => severity === 'error')).not.toEqual([]);
  });
});
