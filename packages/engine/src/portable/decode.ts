import { LoomError } from '@loom/graph';
import { fileOf } from '../file/chosen-files.js';
import type { Portable, PortableBuffer } from '../value.js';
import { arrayOver } from './dtype.js';
import { MAX_DEPTH, MAX_ITEMS } from './limits.js';

/** Where a decoded value goes once its children are decoded. */
type Place = { readonly container: object; readonly key: string | number };

interface Visit {
  readonly value: object;
  readonly place: Place;
  readonly depth: number;
  /** True on the way back, when everything inside has been decoded. */
  readonly leaving: boolean;
}

/**
 * Reads what {@link encodePortable} (or the Python runtime) wrote. Tuples become arrays, dates without a time strings, as do
 * times of day, decimals and paths, spans of time seconds, complex numbers `{re, im}`, files `File`s,
 * arrays of one dimension typed arrays and others `{data, shape}`; a `dict` becomes a plain object when all its keys are
 * strings and a `Map` otherwise. Times without a zone count as UTC, so that every machine reads the same.
 *
 * Typed arrays and bytes are views of the given buffers, not copies.
 *
 * @throws LoomError `value/malformed` when the head is not of this format.
 * @example
 * ```ts
 * decodePortable({ head: '{"$":"set","v":[1,2]}', buffers: [] }); // new Set([1, 2])
 * ```
 */
export function decodePortable(portable: Portable): unknown {
  const { head, buffers } = portable;
  let parsed: unknown;
  try {
    parsed = JSON.parse(head);
  } catch (cause) {
    throw new LoomError('value/malformed', 'A value arrived damaged: its head is not JSON.', { cause });
  }
  // Without a tag the parsed text is the value. The escape is what another writer might have made of "$".
  if (typeof parsed !== 'object' || parsed === null) return parsed;
  if (!head.includes('"$"') && !head.includes('\\u0024')) return parsed;

  const root: { value: unknown } = { value: parsed };
  const stack: Visit[] = [{ value: parsed, place: { container: root, key: 'value' }, depth: 0, leaving: false }];
  let items = 0;
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const { value, place, depth } = visit;
    if (visit.leaving) {
      if ('$' in value) put(place, decodeTag(value as Tagged, buffers));
      continue;
    }
    if (depth > MAX_DEPTH * 3 || ++items > MAX_ITEMS * 3) throw malformed('it is too deep or too large');
    // Containers inside are decoded in place first; a tag is replaced on the way back.
    stack.push({ ...visit, leaving: true });
    for (const key of Object.keys(value)) {
      const child = (value as Record<string, unknown>)[key];
      if (typeof child !== 'object' || child === null) continue;
      stack.push({ value: child, place: { container: value, key }, depth: depth + 1, leaving: false });
    }
  }
  return root.value;
}

interface Tagged {
  readonly $: unknown;
  readonly v?: unknown;
  readonly i?: unknown;
  readonly dtype?: unknown;
  readonly shape?: unknown;
  readonly name?: unknown;
  readonly type?: unknown;
  readonly modified?: unknown;
}

const FLOATS: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity };
const ZONE = /(?:[zZ]|[+-]\d\d:?\d\d(?::?\d\d)?)$/;

function decodeTag(tagged: Tagged, buffers: readonly PortableBuffer[]): unknown {
  const { v } = tagged;
  switch (tagged.$) {
    case 'float': {
      const float = typeof v === 'string' ? FLOATS[v] : undefined;
      if (float === undefined) throw malformed('unknown float');
      return float;
    }
    case 'int':
      if (typeof v !== 'string' || !/^-?\d+$/.test(v)) throw malformed('unknown integer');
      return BigInt(v);
    case 'bytes':
      return new Uint8Array(bufferAt(buffers, tagged.i));
    case 'tuple':
      return list(v);
    case 'set':
      return new Set(list(v));
    case 'dict':
      return dictionary(list(v));
    case 'datetime':
      return dateTime(v);
    case 'date':
      if (typeof v !== 'string') throw malformed('unknown date');
      return v;
    case 'time':
    case 'decimal':
    case 'path':
      if (typeof v !== 'string') throw malformed(`unknown ${tagged.$}`);
      return v;
    case 'timedelta':
      return seconds(v);
    case 'complex':
      return complex(list(v));
    case 'file':
      return file(tagged, buffers);
    case 'array':
      return shapedArray(tagged, buffers);
    case 'undefined':
      return undefined;
    default:
      throw malformed(`unknown tag ${JSON.stringify(tagged.$)}`);
  }
}

function dictionary(pairs: readonly unknown[]): unknown {
  const entries = pairs.map((pair) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw malformed('a dictionary entry is not a pair');
    return pair as [unknown, unknown];
  });
  if (entries.some(([key]) => typeof key !== 'string')) return new Map(entries);
  // `fromEntries` defines properties, so that `__proto__` is a key like any other.
  return Object.fromEntries(entries as [string, unknown][]);
}

function dateTime(text: unknown): Date {
  const date = typeof text === 'string' ? new Date(ZONE.test(text) ? text : `${text}Z`) : undefined;
  if (!date || Number.isNaN(date.getTime())) throw malformed('unknown date and time');
  return date;
}

/** Python writes days, seconds and microseconds, which are exact. */
function seconds(value: unknown): number {
  const [days, whole, micros] = list(value);
  if (![days, whole, micros].every(Number.isSafeInteger)) throw malformed('unknown span of time');
  return (days as number) * 86_400 + (whole as number) + (micros as number) / 1e6;
}

function complex([re, im]: readonly unknown[]): { re: number; im: number } {
  if (typeof re !== 'number' || typeof im !== 'number') throw malformed('unknown complex number');
  return { re, im };
}

function file({ name, type, modified, i }: Tagged, buffers: readonly PortableBuffer[]): File {
  const buffer = typeof i === 'number' ? buffers[i] : undefined;
  if (!buffer || typeof name !== 'string' || typeof type !== 'string') throw malformed('a file is missing');
  const blob = buffer instanceof Blob ? buffer : new Blob([buffer]);
  return fileOf(blob, { name, type, ...(typeof modified === 'number' && { modified }) });
}

function shapedArray(tagged: Tagged, buffers: readonly PortableBuffer[]): unknown {
  const { dtype, shape } = tagged;
  const data = typeof dtype === 'string' ? arrayOver(bufferAt(buffers, tagged.i), dtype) : undefined;
  if (!data) {
    throw new LoomError('value/not-portable', `JavaScript has no array for the element type ${JSON.stringify(dtype)}.`);
  }
  if (!Array.isArray(shape)) throw malformed('an array without shape');
  return shape.length === 1 ? data : { data, shape: shape as number[] };
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed('a list is missing');
  return value;
}

function bufferAt(buffers: readonly PortableBuffer[], index: unknown): ArrayBuffer {
  const buffer = typeof index === 'number' ? buffers[index] : undefined;
  if (!buffer || buffer instanceof Blob) throw malformed('a buffer is missing');
  return buffer;
}

/** Defines rather than assigns: assigning `__proto__` would change the prototype instead. */
function put({ container, key }: Place, value: unknown): void {
  Object.defineProperty(container, key, { value, enumerable: true, configurable: true, writable: true });
}

function malformed(what: string): LoomError {
  return new LoomError('value/malformed', `A value arrived damaged: ${what}.`);
}
