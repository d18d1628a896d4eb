import { formatPortType } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { readPythonType } from './read-python.js';

function read(source: string) {
  const type = readPythonType('t', { kind: 'python', source });
  const ports = type.outputs.map((port) => `${port.id}: ${formatPortType(port.type)}`);
  return { returns: type.implementation.kind === 'source' && type.implementation.returns, ports };
}

describe('the return annotation decides the outputs', () => {
  it.each([
    ['', 'single', ['result: any']],
    ['-> int', 'single', ['result: int']],
    ['-> None', 'none', []],
    ['-> "None"', 'none', []],
    ['-> NoReturn', 'none', []],
    ['-> list[int]', 'single', ['result: list<int>']],
    ['-> dict[str, int]', 'single', ['result: dict<string, int>']],
    ['-> int | None', 'single', ['result: int | none']],
    ['-> tuple[int, str]', 'sequence', ['out1: int', 'out2: string']],
    ['-> Tuple[int]', 'sequence', ['out1: int']],
    ['-> tuple[int, ...]', 'single', ['result: list<int>']],
    ['-> tuple', 'single', ['result: list<any>']],
    ['-> tuple[()]', 'single', ['result: tuple<>']],
    ['-> Iterator[int]', 'single', ['result: stream<int>']],
    ['-> AsyncGenerator[int, None]', 'single', ['result: stream<int>']],
    ['-> Generator[int, str, float]', 'single', ['result: stream<int>']],
    ['-> "AsyncIterator[str]"', 'single', ['result: stream<string>']],
    ['-> Annotated[Iterator[float], "Live"]', 'single', ['result: stream<number>']],
    ['-> tuple[Iterator[int], str]', 'sequence', ['out1: stream<int>', 'out2: string']],
    ['-> Optional[tuple[int, str]]', 'single', ['result: tuple<int, string> | none']],
  ])('%s', (arrow, returns, ports) => {
    expect(read(`def f(x) ${arrow}: ...\n`)).toEqual({ returns, ports });
  });

  it.each([
    ['def f():\n    yield 1\n', ['result: stream<any>']],
    ['def f():\n    for i in x:\n        yield\n', ['result: stream<any>']],
    ['def f() -> Iterable[int]:\n    yield from x\n', ['result: stream<int>']],
    ['async def f():\n    async for i in x:\n        yield i\n', ['result: stream<any>']],
    ['async def f() -> AsyncIterator[int]:\n    return x()\n', ['result: stream<int>']],
    ['def f() -> Iterator[int]:\n    return iter([1])\n', ['result: stream<int>']],
    ['def f():\n    x = yield 1\n    return x\n', ['result: stream<any>']],
    ['def f():\n    if x:\n        for i in y:\n            z = [(yield i)]\n', ['result: stream<any>']],
    ['def f() -> Iterable[int]:\n    return [1]\n', ['result: list<int>']],
    ['def f():\n    def g():\n        yield 1\n    return g\n', ['result: any']],
    ['def f():\n    return (lambda: (yield))\n', ['result: any']],
  ])('a generator gives a stream: %j', (source, ports) => {
    expect(read(source)).toEqual({ returns: 'single', ports });
  });
});

describe('record classes of the same source give an output for each field', () => {
  it.each([
    ['class R(TypedDict):\n    a: int\n    b: NotRequired[str]\n', 'mapping'],
    [
      'class R(typing.TypedDict, total=False):\n    """Doc."""\n    a: int\n    b: str\n    def m(self): ...\n',
      'mapping',
    ],
    ['class B(TypedDict):\n    a: int\nclass R(B):\n    b: str\n', 'mapping'],
    ['class R(NamedTuple):\n    a: int\n    b: str = ""\n', 'sequence'],
    [
      '@dataclass\nclass R:\n    a: int\n    b: str = field(default="")\n    c: ClassVar[int] = 1\n    _d: int = 0\n',
      'mapping',
    ],
    ['@dataclasses.dataclass(frozen=True)\nclass R:\n    a: int\n    b: str\n', 'mapping'],
    ['R = TypedDict("R", {"a": int, "b": str})\n', 'mapping'],
    ['R = NamedTuple("R", [("a", int), ("b", str)])\n', 'sequence'],
    ['if True:\n    class R(TypedDict):\n        a: int\n        b: str\n', 'mapping'],
  ])('%j', (before, returns) => {
    const expected = { returns, ports: ['a: int', 'b: string'] };
    expect(read(`${before}def f() -> R: ...\n`)).toEqual(expected);
    expect(read(`${before}def f() -> "R": ...\n`)).toEqual(expected);
    expect(read(`${before}def f() -> Annotated[R, "Both"]: ...\n`)).toEqual(expected);
  });

  it.each([
    ['R = namedtuple("R", "a b")\n', 'sequence'],
    ['R = collections.namedtuple("R", ["a", "b"])\n', 'sequence'],
  ])('%j', (before, returns) => {
    expect(read(`${before}def f() -> R: ...\n`)).toEqual({ returns, ports: ['a: any', 'b: any'] });
  });

  it.each([
    ['class R: ...\n', 'result: class<"R">'],
    ['class R(TypedDict): ...\n', 'result: dict<string, any>'],
    ['class R(R):\n    a: int\n', 'result: class<"R">'],
  ])('other classes are one output: %j', (before, port) => {
    expect(read(`${before}def f() -> R: ...\n`)).toEqual({ returns: 'single', ports: [port] });
  });
});

describe('outputs take their names', () => {
  it('from the Returns section of the docstring, when it names all', () => {
    const source = `def f() -> tuple[int, str]:
    """Do.

    Returns:
        count: How many.
        name: The name
            of it.
    """
`;
    const type = readPythonType('t', { kind: 'python', source });
    expect(type.outputs).toEqual([
      { id: 'count', title: 'Count', type: { kind: 'int' }, help: 'How many.' },
      { id: 'name', title: 'Name', type: { kind: 'string' }, help: 'The name of it.' },
    ]);
  });

  it('from @node(outputs=...)', () => {
    expect(read('@node(outputs=["a", "b"])\ndef f() -> tuple[int, str]: ...')).toEqual({
      returns: 'sequence',
      ports: ['a: int', 'b: string'],
    });
    expect(read('@node(outputs=["a", "b"])\ndef f() -> dict[str, int]: ...')).toEqual({
      returns: 'mapping',
      ports: ['a: int', 'b: int'],
    });
    expect(read('@node(outputs=["a", "b"])\ndef f():\n    return {"a": 1, "b": 2}')).toEqual({
      returns: 'mapping',
      ports: ['a: any', 'b: any'],
    });
    expect(read('@node(outputs=["a", "b"])\ndef f():\n    return 1, 2')).toEqual({
      returns: 'sequence',
      ports: ['a: any', 'b: any'],
    });
    expect(read('@node(outputs=["total"])\ndef f() -> int: ...')).toEqual({ returns: 'single', ports: ['total: int'] });
  });

  it('a wrong number of names is not taken', () => {
    expect(read('@node(outputs=["a"])\ndef f() -> tuple[int, str]: ...').ports).toEqual(['out1: int', 'out2: string']);
  });

  it('one output takes the whole Returns section as help', () => {
    const source =
      'def f() -> int:\n    """Do.\n\n    Returns:\n        int: The number\n            of things.\n    """\n';
    expect(readPythonType('t', { kind: 'python', source }).outputs[0]?.help).toBe('The number of things.');
  });
});
