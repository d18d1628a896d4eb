import { LoomError } from '@loom/graph';
import { isPlainObject } from '../preview/describe.js';
import type { Portable, PortableBuffer } from '../value.js';
import { dtypeOf } from './dtype.js';
import { MAX_DEPTH, MAX_ITEMS } from './limits.js';
import { formatPath, type PathStep } from './path.js';

/** How a container is written. */
interface Opening {
  readonly before: string;
  /** Its values, with the text that goes before each and the step that leads there. */
  readonly entries: Iterator<readonly [before: string, step: PathStep, value: unknown]>;
  readonly close: string;
}

/** A container that is being written: what is left of it, and where in it the writing is. */
interface Frame extends Omit<Opening, 'before'> {
  readonly container: object;
  step: PathStep;
}

/**
 * Writes a value as it travels between executors: a JSON head and raw buffers. Plain JSON stays plain; the rest becomes
 * an object `{"$": tag, ...}`:
 *
 * | JavaScript | head |
 * |---|---|
 * | `NaN`, `Infinity`, `-Infinity` | `{"$":"float","v":"nan" \| "inf" \| "-inf"}` |
 * | `bigint` | `{"$":"int","v":"123"}` |
 * | `Uint8Array`, `ArrayBuffer` | `{"$":"bytes","i":0}`, `i` being the index of its buffer |
 * | other typed arrays, `{data, shape}` of one | `{"$":"array","dtype":"<f8","shape":[3],"i":0}` |
 * | `Set` | `{"$":"set","v":[...]}` |
 * | `Map`, objects with a key `$` | `{"$":"dict","v":[[key, value], ...]}` |
 * | `Date` | `{"$":"datetime","v":"2026-01-31T12:00:00.000Z"}` |
 * | `File`, `Blob` | `{"$":"file","name":"a.csv","type":"text/csv","modified":1769860800000,"i":0}`, its buffer being the blob |
 * | `undefined` | `{"$":"undefined"}` |
 *
 * Python has some more: `complex`, `decimal`, `timedelta`, `time` and `path`; see `portable.py`.
 *
 * Integers within ±(2^53-1) are written as integers, all other numbers as floats. Buffers are copies, so that they can
 * be transferred; blobs stay what they are.
 *
 * @throws LoomError `value/not-portable` for functions, symbols, promises, class instances, cycles, more than 200 levels
 * or more than 1,000,000 items. The message names the path, such as `rows[3].when`.
 * @example
 * ```ts
 * encodePortable({ when: new Date(0) }).head; // {"when":{"$":"datetime","v":"1970-01-01T00:00:00.000Z"}}
 * ```
 */
export function encodePortable(value: unknown): Portable {
  const buffers: PortableBuffer[] = [];
  const stack: Frame[] = [];
  const open = new Set<object>();
  let head = '';
  let items = 0;

  const refuse = (reason: string): never => {
    const path = formatPath(stack.map((frame) => frame.step));
    throw new LoomError('value/not-portable', `${path} ${reason}`, { context: { path } });
  };

  const enter = (container: object, { before, entries, close }: Opening): void => {
    if (open.has(container)) refuse('contains itself, so it cannot leave its executor.');
    if (stack.length >= MAX_DEPTH) refuse(`is nested more than ${MAX_DEPTH} levels deep.`);
    open.add(container);
    head += before;
    stack.push({ container, entries, close, step: 0 });
  };

  const addBuffer = (bytes: Uint8Array): number => {
    const copy = new ArrayBuffer(bytes.byteLength);
    new Uint8Array(copy).set(bytes);
    return buffers.push(copy) - 1;
  };

  const writeArray = (data: ArrayBufferView, dtype: string, shape: readonly number[]): void => {
    const index = addBuffer(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    head += `{"$":"array","dtype":"${dtype}","shape":${JSON.stringify(shape)},"i":${index}}`;
  };

  const writeObject = (object: object): void => {
    const dtype = dtypeOf(object);
    const shaped = dtype === undefined ? shapedArray(object) : undefined;
    if (dtype !== undefined) {
      const view = object as ArrayBufferView & { readonly length: number };
      writeArray(view, dtype, [view.length]);
    } else if (shaped) {
      writeArray(shaped.data, shaped.dtype, shaped.shape);
    } else if (object instanceof Uint8Array || object instanceof ArrayBuffer) {
      const bytes = object instanceof ArrayBuffer ? new Uint8Array(object) : object;
      head += `{"$":"bytes","i":${addBuffer(bytes)}}`;
    } else if (object instanceof Blob) {
      head += `{"$":"file",${fileText(object)},"i":${buffers.push(object) - 1}}`;
    } else if (object instanceof Date) {
      if (Number.isNaN(object.getTime())) refuse('is an invalid date.');
      head += `{"$":"datetime","v":"${object.toISOString()}"}`;
    } else {
      const opening = openingOf(object);
      if (opening) enter(object, opening);
      else refuse(`is ${describe(object)}, which cannot leave its executor.`);
    }
  };

  const write = (item: unknown): void => {
    if (++items > MAX_ITEMS) refuse(`has more than ${MAX_ITEMS} items; use typed arrays or bytes for large data.`);
    switch (typeof item) {
      case 'number':
        head += numberText(item);
        return;
      case 'string':
        head += JSON.stringify(item);
        return;
      case 'boolean':
        head += item ? 'true' : 'false';
        return;
      case 'bigint':
        head += `{"$":"int","v":"${item}"}`;
        return;
      case 'undefined':
        head += '{"$":"undefined"}';
        return;
      case 'object':
        if (item === null) head += 'null';
        else writeObject(item);
        return;
      default:
        refuse(`is ${describe(item)}, which cannot leave its executor.`);
    }
  };

  write(value);
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const next = frame.entries.next();
    if (next.done) {
      head += frame.close;
      open.delete(frame.container);
      stack.pop();
    } else {
      const [before, step, item] = next.value;
      frame.step = step;
      head += before;
      write(item);
    }
  }
  return { head, buffers };
}

/** How a container is written; undefined for what is none of ours. */
function openingOf(object: object): Opening | undefined {
  if (Array.isArray(object)) return { before: '[', entries: itemEntries(object), close: ']' };
  if (object instanceof Set) return { before: '{"$":"set","v":[', entries: itemEntries([...object]), close: ']}' };
  if (object instanceof Map) return openPairs([...object]);
  if (!isPlainObject(object)) return undefined;
  const keys = Object.keys(object);
  if (keys.includes('$')) return openPairs(keys.map((key) => [key, object[key]]));
  return { before: '{', entries: keyEntries(keys, object), close: '}' };
}

function openPairs(pairs: readonly (readonly [unknown, unknown])[]): Opening {
  return { before: '{"$":"dict","v":[', entries: pairEntries(pairs), close: pairs.length === 0 ? ']}' : ']]}' };
}

/** What is known of a file, apart from what is in it. A blob has no name. */
function fileText(blob: Blob): string {
  const { name = '', lastModified = null } = blob as Partial<File>;
  const text = JSON.stringify({ name, type: blob.type, modified: lastModified });
  return text.slice(1, -1);
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return '{"$":"float","v":"nan"}';
  if (!Number.isFinite(value)) return `{"$":"float","v":"${value > 0 ? 'inf' : '-inf'}"}`;
  if (Object.is(value, -0)) return '-0.0';
  // An integral double that is no safe integer is a float: without the fraction Python would read an int.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    const text = String(value);
    return text.includes('e') ? text : `${text}.0`;
  }
  return String(value);
}

function* itemEntries(items: readonly unknown[]): Iterator<readonly [string, PathStep, unknown]> {
  for (let i = 0; i < items.length; i++) yield [i === 0 ? '' : ',', i, items[i]];
}

function* keyEntries(
  keys: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Iterator<readonly [string, PathStep, unknown]> {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] as string; // within the bounds of the loop
    yield [`${i === 0 ? '' : ','}${JSON.stringify(key)}:`, key, values[key]];
  }
}

/** The brackets around a pair are part of the text between entries, so that a pair adds no level to depth and path. */
function* pairEntries(pairs: readonly (readonly [unknown, unknown])[]): Iterator<readonly [string, PathStep, unknown]> {
  for (let i = 0; i < pairs.length; i++) {
    const [key, value] = pairs[i] as readonly [unknown, unknown]; // within the bounds of the loop
    const step = typeof key === 'string' ? key : i;
    yield [i === 0 ? '[' : '],[', step, key];
    yield [',', step, value];
  }
}

/** `{data, shape}`, which is what an array of several dimensions becomes in JavaScript. */
function shapedArray(
  value: object,
): { readonly data: ArrayBufferView; readonly dtype: string; readonly shape: readonly number[] } | undefined {
  const { data, shape } = value as { readonly data?: unknown; readonly shape?: unknown };
  const dtype = data instanceof Uint8Array ? '|u1' : dtypeOf(data);
  if (dtype === undefined || !Array.isArray(shape) || Object.keys(value).length !== 2) return undefined;
  let size = 1;
  for (const extent of shape as readonly unknown[]) {
    if (typeof extent !== 'number' || !Number.isSafeInteger(extent) || extent < 0) return undefined;
    size *= extent;
  }
  const array = data as ArrayBufferView & { readonly length: number };
  return size === array.length ? { data: array, dtype, shape: shape as readonly number[] } : undefined;
}

function describe(value: unknown): string {
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function';
  if (typeof value === 'symbol') return 'a symbol';
  const name = (value as { readonly constructor?: { readonly name?: unknown } }).constructor?.name;
  if (value instanceof Promise) return 'a promise';
  return typeof name === 'string' && name !== '' ? `an instance of ${name}` : 'an object with a prototype of its own';
}
