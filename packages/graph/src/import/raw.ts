import { unsafeKey } from '../load/limits.js';
import { isRecord, TooLarge } from '../load/reading.js';

/** An object of a file, before anything is known about it. */
export type Raw = Readonly<Record<string, unknown>>;

const nothing: Raw = Object.freeze({});

/** Parses JSON text. A byte order mark, which editors on Windows write, is no fault. */
export function parseJson(text: string): unknown {
  return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
}

/** The object under a key; an empty one when there is none. */
export function recordAt(raw: Raw, key: string): Raw {
  const value = raw[key];
  return isRecord(value) ? value : nothing;
}

/** The first text under these keys that is not empty. */
export function textAt(raw: Raw, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = raw[key];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/**
 * A list as it is, or an object as a list with its keys.
 *
 * @throws TooLarge when there are more than `most`.
 */
export function entriesOf(value: unknown, most: number): [string | number, unknown][] {
  if (Array.isArray(value)) {
    if (value.length > most) throw new TooLarge();
    return Array.from(value, (item: unknown, index) => [index, item]);
  }
  if (!isRecord(value)) return [];
  const keys = Object.keys(value);
  if (keys.length > most) throw new TooLarge();
  return keys.map((key) => [key, value[key]]);
}

/** A text or a number as an id. */
export function idOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether a name may be a key of a table. */
export function isSafe(name: string): boolean {
  return name !== unsafeKey;
}

/** An object without some of its keys. */
export function without(raw: Raw, keys: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(raw).filter(([key]) => !keys.has(key)));
}

/** Makes names different by a number: the second `a` is `a-2`. */
export class Names {
  readonly #taken = new Set<string>();
  /** Where counting goes on for a name, so that many alike cost no search each. */
  readonly #counts = new Map<string, number>();
  readonly #separator: string;

  constructor(separator = '-') {
    this.#separator = separator;
  }

  take(wanted: string): string {
    let name = wanted;
    let count = this.#counts.get(wanted) ?? 2;
    while (this.#taken.has(name)) name = `${wanted}${this.#separator}${count++}`;
    this.#counts.set(wanted, count);
    this.#taken.add(name);
    return name;
  }
}
