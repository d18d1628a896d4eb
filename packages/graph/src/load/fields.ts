import type { Path, Reading } from './reading.js';
import { isRecord } from './reading.js';

/** Reads the value of one field. Gives undefined when it cannot be kept, after it has said why. */
export type FieldReader<Value = unknown> = (
  value: unknown,
  reading: Reading,
  path: Path,
  key: string,
) => Value | undefined;

export type Fields = ReadonlyMap<string, FieldReader>;

/** The fields of an object that this release knows, by name. */
export function fields(readers: Readonly<Record<string, FieldReader>>): Fields {
  return new Map(Object.entries(readers));
}

/** Reads the known fields by their readers and copies all other keys as they are. */
export function readFields(
  raw: Readonly<Record<string, unknown>>,
  known: Fields,
  reading: Reading,
  path: Path,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const key of reading.keys(raw, path)) {
    const value = raw[key];
    if (value === undefined) continue;
    const reader = known.get(key);
    const kept = reader ? reader(value, reading, path, key) : reading.copy(value, [...path, key]);
    if (kept !== undefined) result[key] = kept;
  }
  return result;
}

function wrong(reading: Reading, path: Path, key: string, expected: string): undefined {
  return reading.warning('document/wrong-field', [...path, key], `"${key}" should be ${expected}; it was left out.`);
}

export const text: FieldReader<string> = (value, reading, path, key) =>
  typeof value === 'string' ? value : wrong(reading, path, key, 'a text');

export const name: FieldReader<string> = (value, reading, path, key) =>
  typeof value === 'string' && value !== '' ? value : wrong(reading, path, key, 'a text that is not empty');

export const flag: FieldReader<boolean> = (value, reading, path, key) =>
  typeof value === 'boolean' ? value : wrong(reading, path, key, 'true or false');

export const json: FieldReader = (value, reading, path, key) => reading.copy(value, [...path, key]);

export const jsonObject: FieldReader = (value, reading, path, key) =>
  isRecord(value) ? reading.copy(value, [...path, key]) : wrong(reading, path, key, 'an object');

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
    isRecord(value) ? readFields(value, known, reading, [...path, key]) : wrong(reading, path, key, 'an object');
}

/** A list whose entries are all read by one reader; those that cannot be kept are left out. */
export function listOf<Item>(reader: FieldReader<Item>): FieldReader<Item[]> {
  return (value, reading, path, key) => {
    if (!Array.isArray(value)) return wrong(reading, path, key, 'a list');
    return value.flatMap((item: unknown, index) => reader(item, reading, [...path, key], String(index)) ?? []);
  };
}

/** An object whose values are all read by one reader. Empty ids and values that cannot be kept are left out. */
export function tableOf<Item>(reader: FieldReader<Item>): FieldReader<Record<string, Item>> {
  return (value, reading, path, key) => {
    if (!isRecord(value)) return wrong(reading, path, key, 'an object');
    const table: Record<string, Item> = {};
    const inner = [...path, key];
    for (const id of reading.keys(value, inner)) {
      const item = value[id] === undefined ? undefined : reader(value[id], reading, inner, id);
      if (item === undefined) continue;
      if (id === '') reading.error('document/empty-id', [...inner, id], 'An entry without an id was left out.');
      else table[id] = item;
    }
    return table;
  };
}
