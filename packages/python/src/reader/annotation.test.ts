import { formatPortType, type Widget } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { readPythonType } from './read-python.js';

function port(annotation: string, before = '', parameters = '') {
  const source = `${before}\ndef f${parameters}(x: ${annotation}): ...\n`;
  const type = readPythonType('t', { kind: 'python', source });
  expect(type.problems).toEqual([]);
  const [input] = type.inputs;
  if (!input) throw new Error('no input');
  return input;
}

describe('annotations become port types', () => {
  it.each([
    ['int', 'int'],
    ['float', 'number'],
    ['str', 'string'],
    ['bool', 'bool'],
    ['bytes', 'bytes'],
    ['bytearray', 'bytes'],
    ['None', 'none'],
    ['Any', 'any'],
    ['typing.Any', 'any'],
    ['object', 'any'],
    ['list', 'list<any>'],
    ['list[int]', 'list<int>'],
    ['List[str]', 'list<string>'],
    ['Sequence[float]', 'list<number>'],
    ['Iterable[list[int]]', 'list<list<int>>'],
    ['collections.abc.Iterable[int]', 'list<int>'],
    ['dict', 'dict<any, any>'],
    ['dict[str, float]', 'dict<string, number>'],
    ['Mapping[str, Any]', 'dict<string, any>'],
    ['Counter[str]', 'dict<string, int>'],
    ['tuple[int, str]', 'tuple<int, string>'],
    ['tuple[int, ...]', 'list<int>'],
    ['tuple', 'list<any>'],
    ['Iterator[int]', 'stream<int>'],
    ['AsyncIterator[bytes]', 'stream<bytes>'],
    ['Generator[str, None, None]', 'stream<string>'],
    ['int | None', 'int | none'],
    ['None | int', 'none | int'],
    ['Optional[str]', 'string | none'],
    ['t.Optional[str]', 'string | none'],
    ['Union[int, str, None]', 'int | string | none'],
    ['int | (str | int)', 'int | string'],
    ['int | float', 'number'],
    ['int | Any', 'any'],
    ['"int | None"', 'int | none'],
    ['"list[" "int]"', 'list<int>'],
    ["list['int']", 'list<int>'],
    ['pd.DataFrame', 'DataFrame'],
    ['DataFrame | None', 'DataFrame | none'],
    ['set[int]', 'set'],
    ['npt.NDArray[np.float64]', 'ndarray'],
    ['Path', 'file'],
    ['loom.File | None', 'file | none'],
    ['Callable[[int], str]', 'Callable'],
    ['Literal["a", "b"]', '"a" | "b"'],
    ['Literal[-1, True, None]', '-1 | true | none'],
    ['Awaitable[int]', 'int'],
    ['JsonValue', 'json'],
    ['1 + 2', 'any'],
    ['f(3)', 'any'],
    ['tuple[*Ts]', 'tuple<Ts>'],
  ])('%s is %s', (annotation, expected) => {
    expect(formatPortType(port(annotation).type)).toBe(expected);
  });

  it('a missing annotation is any', () => {
    const type = readPythonType('t', { kind: 'python', source: 'def f(x): ...' });
    expect(type.inputs[0]?.type).toEqual({ kind: 'any' });
  });

  it('valid types of any length and depth are no problem', () => {
    expect(formatPortType(port(`${'int | '.repeat(300)}str`).type)).toBe('int | string');
    expect(port(`${'int | '.repeat(3000)}str`).id).toBe('x');
    expect(port(`${'list['.repeat(150)}int${']'.repeat(150)}`).type.kind).toBe('list');
  });
});

describe('names of the module are resolved', () => {
  it.each([
    ['T', 'T = TypeVar("T")', 'T'],
    ['list[T]', 'T = typing.TypeVar("T", bound=int)', 'list<T>'],
    ['Kind', 'Kind = Literal["a", "b"]', '"a" | "b"'],
    ['Literal[Kind, "c"]', 'Kind = Literal["a", "b"]', '"a" | "b" | "c"'],
    ['Rows', 'type Rows = list[dict[str, int]]', 'list<dict<string, int>>'],
    ['Rows', 'Rows: TypeAlias = list[int]', 'list<int>'],
    ['UserId', 'UserId = NewType("UserId", int)', 'int'],
    ['Opt[int]', 'from typing import Optional as Opt', 'int | none'],
    ['Frame', 'from pandas import DataFrame as Frame', 'DataFrame'],
    ['Options', 'class Options(TypedDict):\n    a: int', 'dict<string, any>'],
    ['Point', 'class Point(NamedTuple):\n    a: int', 'Point'],
    ['Loop', 'Loop = list[Loop]', 'list<Loop>'],
    ['One', 'One = Two\nTwo = One', 'One'],
    ['Number', 'class Number: ...', 'Number'],
    ['constructor', '', 'constructor'],
    ['toString[int]', '', 'toString'],
  ])('%s after %j is %s', (annotation, before, expected) => {
    expect(formatPortType(port(annotation, before).type)).toBe(expected);
  });

  it('type parameters in brackets are variables, also with bounds and defaults', () => {
    const type = readPythonType('t', { kind: 'python', source: 'def f[T: int, U = str](x: T, y: list[U]) -> T: ...' });
    expect(type.problems).toEqual([]);
    expect([...type.inputs, ...type.outputs].map((one) => formatPortType(one.type))).toEqual(['T', 'list<U>', 'T']);
  });
});

describe('annotations choose widgets', () => {
  const slider: Widget = { kind: 'slider', min: 0, max: 1 };
  it.each<[string, Widget | undefined]>([
    ['int', undefined],
    ['bool', { kind: 'toggle' }],
    ['Annotated[float, Range(0, 1)]', slider],
    ['typing.Annotated[float, loom.Range(0, 1)]', slider],
    ['Annotated[float, Slider(min=0, max=1)]', slider],
    ['Annotated[float, Range(0, 1)] | None', slider],
    ['"Annotated[float, Range(0, 1)]"', slider],
    ['Annotated[float, Range(-1.5, 1e3, step=.5)]', { kind: 'slider', min: -1.5, max: 1000, step: 0.5 }],
    ['Annotated[int, Range(0, 10, 2)]', { kind: 'slider', min: 0, max: 10, step: 2 }],
    ['Annotated[int, Range(min=0)]', { kind: 'number', min: 0 }],
    ['Annotated[int, Range(1, 0)]', undefined],
    ['Annotated[int, Range(low, high)]', undefined],
    ['Annotated[int, Other(1, 2)]', undefined],
    ['Annotated[str, Multiline()]', { kind: 'text', multiline: true }],
    ['Annotated[str, Multiline]', { kind: 'text', multiline: true }],
    ['Annotated[str, Multiline("Your text")]', { kind: 'text', multiline: true, placeholder: 'Your text' }],
    ['Annotated[str, Text("Name", multiline=True)]', { kind: 'text', multiline: true, placeholder: 'Name' }],
    ['Annotated[str, Text(placeholder="Name")]', { kind: 'text', placeholder: 'Name' }],
    ['Literal["a", 1]', { kind: 'select', options: [{ value: 'a' }, { value: 1 }] }],
    ['Literal["a"] | None', { kind: 'select', options: [{ value: 'a' }, { value: null, title: 'None' }] }],
    ['Literal["a"] | int', undefined],
  ])('%s', (annotation, expected) => {
    expect(port(annotation).widget).toEqual(expected);
  });

  it('a plain string in Annotated is the help', () => {
    expect(port('Annotated[int, "How many", Range(0, 9)]')).toEqual({
      id: 'x',
      title: 'X',
      type: { kind: 'int' },
      required: true,
      help: 'How many',
      widget: { kind: 'slider', min: 0, max: 9 },
    });
  });
});
