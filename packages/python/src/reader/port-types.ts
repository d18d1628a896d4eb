import type { PortType } from '@loom/graph';

export const ANY: PortType = { kind: 'any' };
export const NONE: PortType = { kind: 'none' };
export const STRING: PortType = { kind: 'string' };
const NUMBER: PortType = { kind: 'number' };
const INT: PortType = { kind: 'int' };
const BOOL: PortType = { kind: 'bool' };

export function listOf(item: PortType): PortType {
  return { kind: 'list', item };
}

export function streamOf(item: PortType): PortType {
  return { kind: 'stream', item };
}

export function dictOf(key: PortType, value: PortType): PortType {
  return { kind: 'dict', key, value };
}

/** A union without nesting or repetition. `any` swallows the rest, `number` swallows `int`. */
export function unionOf(types: readonly PortType[]): PortType {
  const members = new Map<string, PortType>();
  for (const type of types) {
    for (const member of type.kind === 'union' ? type.members : [type]) {
      if (member.kind === 'any') return ANY;
      members.set(JSON.stringify(member), member);
    }
  }
  if (members.has('{"kind":"number"}')) members.delete('{"kind":"int"}');
  const [only, second] = members.values();
  return only && !second ? only : only ? { kind: 'union', members: [...members.values()] } : ANY;
}

/** Classes with type parameters whose meaning a port type can say. Keys are the last part of the name. */
export const GENERICS: Readonly<Record<string, (parameters: readonly PortType[]) => PortType>> = {
  ...each(
    [
      'list',
      'List',
      'Sequence',
      'MutableSequence',
      'Iterable',
      'Collection',
      'Container',
      'Reversible',
      'deque',
      'Deque',
    ],
    ([item]) => listOf(item ?? ANY),
  ),
  ...each(
    ['dict', 'Dict', 'Mapping', 'MutableMapping', 'OrderedDict', 'defaultdict', 'DefaultDict', 'ChainMap'],
    ([key, value]) => dictOf(key ?? ANY, value ?? ANY),
  ),
  Counter: ([key]) => dictOf(key ?? ANY, INT),
  ...each(['Iterator', 'Generator', 'AsyncIterator', 'AsyncIterable', 'AsyncGenerator'], ([item]) =>
    streamOf(item ?? ANY),
  ),
  Optional: ([type]) => unionOf([type ?? ANY, NONE]),
  Union: (types) => unionOf(types),
  ...each(
    ['Final', 'ClassVar', 'Required', 'NotRequired', 'ReadOnly', 'InitVar', 'Awaitable'],
    ([type]) => type ?? ANY,
  ),
  Coroutine: ([, , result]) => result ?? ANY,
  ...each(['TypeGuard', 'TypeIs'], () => BOOL),
};

/** Names without type parameters. Everything else is a class of its own. */
export const NAMES: Readonly<Record<string, PortType>> = {
  int: INT,
  float: NUMBER,
  ...each(['Number', 'Real', 'Rational', 'Complex'], NUMBER),
  Integral: INT,
  bool: BOOL,
  ...each(['str', 'LiteralString', 'AnyStr', 'Text'], STRING),
  ...each(['bytes', 'bytearray', 'memoryview', 'ByteString', 'Buffer'], { kind: 'bytes' } as const),
  ...each(['File', 'Path', 'BinaryIO', 'BufferedReader', 'BufferedIOBase', 'RawIOBase'], { kind: 'file' } as const),
  ...each(['Any', 'object', 'Hashable', 'Sized', 'SupportsInt', 'SupportsFloat', 'SupportsIndex'], ANY),
  ...each(['JSON', 'Json', 'JsonValue'], { kind: 'json' } as const),
  ...each(['None', 'NoneType', 'NoReturn', 'Never'], NONE),
  // One bare `tuple` may hold any number of items, which a tuple type cannot say.
  ...each(['tuple', 'Tuple'], listOf(ANY)),
  NDArray: { kind: 'class', name: 'ndarray' },
};

function each<T>(names: readonly string[], value: T): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, value]));
}
