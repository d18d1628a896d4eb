import { below, type Path } from './path.js';
import { isRecord, type List, type Reading } from './reading.js';

/** Reads the value of one field. Gives undefined when it cannot be kept, after it has said why. */
export type FieldReader<Value = unknown> = (
  value: unknown,
  reading: Reading,
  path: Path | undefined,
  key: string,
) => Value | undefined;

export type Fields = ReadonlyMap<string, FieldReader>;

/** The fields of an object that this release knows, by name. */
export function fields(readers: Readonly<Record<string, FieldReader>>): Fields {
  return new Map(Object.entries(readers));
}

/** Reads the known fields by their readers and takes all other keys over as they are. */
export function readFields(
  raw: Record<string, unknown>,
  known: Fields,
  reading: Reading,
  path: Path | undefined,
): Record<string, unknown> {
  const result: Record<string, unknown> = reading.owned ? raw : {};
  for (const key of Object.keys(raw)) {
    const value = raw[key];
    const reader = known.get(key);
    const kept = readValue(reader, value, reading, path, key);
    if (kept === undefined) delete result[key];
    else if (!Object.is(kept, result[key])) result[key] = kept;
  }
  return result;
}

function readValue(
  reader: FieldReader | undefined,
  value: unknown,
  reading: Reading,
  path: Path | undefined,
  key: string,
): unknown {
  if (reader) return value === undefined ? undefined : reader(value, reading, path, key);
  return value !== undefined && reading.allows(key, path) ? reading.take(value, below(path, key)) : undefined;
}

function wrong(reading: Reading, path: Path | undefined, key: string, expected: string): undefined {
  return reading.warning('document/wrong-field', below(path, key), `"${key}" should be ${expected}; it was left out.`);
}

export const text: FieldReader<string> = (value, reading, path, key) =>
  typeof value === 'string' ? value : wrong(reading, path, key, 'a text');

export const name: FieldReader<string> = (value, reading, path, key) =>
  typeof value === 'string' && value !== '' ? value : wrong(reading, path, key, 'a text that is not empty');

export const flag: FieldReader<boolean> = (value, reading, path, key) =>
  typeof value === 'boolean' ? value : wrong(reading, path, key, 'true or false');

export const json: FieldReader = (value, reading, path, key) =>
  // Most literals are such: they are what they are, and no place need be remembered for an issue.
  reading.owned && (typeof value === 'string' || typeof value === 'boolean')
    ? value
    : reading.take(value, below(path, key));

export const jsonObject: FieldReader = (value, reading, path, key) =>
  isRecord(value) ? reading.take(value, below(path, key)) : wrong(reading, path, key, 'an object');

/** A finite number that is at least `least`. */
export function number(least = Number.NEGATIVE_INFINITY): FieldReader<number> {
  const expected = least === Number.NEGATIVE_INFINITY ? 'a finite number' : `a number of at least ${least}`;
  return (value, reading, path, key) =>
    // Adding 0 turns -0, which JSON cannot say, into 0.
    typeof value === 'number' && Number.isFinite(value) && value >= least
      ? value + 0
      : wrong(reading, path, key, expected);
}

export function integer(least: number): FieldReader<number> {
  return (value, reading, path, key) =>
    Number.isSafeInteger(value) && Number(value) >= least
      ? Number(value)
      : wrong(reading, path, key, `a whole number of at least ${least}`);
}

/** A whole number of at least `least`, or -1, which is no limit. */
export function limit(least: number): FieldReader<number> {
  return (value, reading, path, key) =>
    value === -1 || (Number.isSafeInteger(value) && Number(value) >= least)
      ? Number(value) + 0
      : wrong(reading, path, key, `a whole number of at least ${least}, or -1 for no limit`);
}

export function oneOf<Choice extends string>(...choices: readonly Choice[]): FieldReader<Choice> {
  const expected = `one of ${choices.map((choice) => `"${choice}"`).join(', ')}`;
  return (value, reading, path, key) =>
    choices.find((choice) => choice === value) ?? wrong(reading, path, key, expected);
}

/** The first of the readers that `fits`. */
export function either(expected: string, ...types: readonly ('string' | 'boolean' | 'number')[]): FieldReader {
  return (value, reading, path, key) =>
    types.some((type) => typeof value === type) ? value : wrong(reading, path, key, expected);
}

/** An object with known fields. */
export function object(known: Fields): FieldReader<Record<string, unknown>> {
  return (value, reading, path, key) =>
    isRecord(value) ? readFields(value, known, reading, below(path, key)) : wrong(reading, path, key, 'an object');
}

/** A list whose entries are all read by one reader; those that cannot be kept are left out. */
export function listOf<Item>(reader: FieldReader<Item>): FieldReader<Item[]> {
  return (value, reading, path, key) => {
    if (!Array.isArray(value)) return wrong(reading, path, key, 'a list');
    return value.flatMap((item: unknown, index) => reader(item, reading, below(path, key), String(index)) ?? []);
  };
}

/** An object whose values are all read by one reader. Empty ids and values that cannot be kept are left out. */
export function tableOf<Item>(reader: FieldReader<Item>): FieldReader<Record<string, Item>> {
  return (value, reading, path, key) =>
    isRecord(value) ? readTable(value, reader, reading, below(path, key)) : wrong(reading, path, key, 'an object');
}

/** A table of nodes or edges. It is counted before it is read, so that one beyond the limits costs next to nothing. */
export function countedTable<Item>(
  reader: FieldReader<Item>,
  what: 'node' | 'edge',
): FieldReader<Record<string, Item>> {
  return (value, reading, path, key) => {
    if (!isRecord(value)) return wrong(reading, path, key, 'an object');
    const ids = Object.keys(value);
    if (what === 'node') reading.countNodes(ids.length);
    else reading.countEdges(ids.length);
    const list: List<Item> = { ids: [], values: [] };
    const table = readTable(value, reader, reading, below(path, key), ids, list);
    reading.keepList(table, list);
    return table;
  };
}

/** @param list - Takes what is kept, where that is needed as a list, too. */
function readTable<Item>(
  value: Record<string, unknown>,
  reader: FieldReader<Item>,
  reading: Reading,
  path: Path,
  ids: readonly string[] = Object.keys(value),
  list?: List<Item>,
): Record<string, Item> {
  const table: Record<string, unknown> = reading.owned ? value : {};
  for (const id of ids) {
    const raw = value[id];
    const kept = readEntry(reader, raw, reading, path, id);
    if (kept === undefined) delete table[id];
    else {
      if (!Object.is(kept, raw) || !reading.owned) table[id] = kept;
      list?.ids.push(id);
      list?.values.push(kept);
    }
  }
  // Every entry came from the reader.
  return table as Record<string, Item>;
}

function readEntry<Item>(
  reader: FieldReader<Item>,
  value: unknown,
  reading: Reading,
  path: Path,
  id: string,
): Item | undefined {
  if (value === undefined || !reading.allows(id, path)) return undefined;
  if (id !== '') return reader(value, reading, path, id);
  return reading.error('document/empty-id', below(path, id), 'An entry without an id was left out.');
}
