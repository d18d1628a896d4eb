/** Whether an object is made of data alone: a literal, or without a prototype. Also for other realms. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The class of an object; `object` when it has none. */
export function className(value: object): string {
  if (isPlainObject(value)) return 'object';
  const name = (value as { readonly constructor?: { readonly name?: unknown } }).constructor?.name;
  return typeof name === 'string' && name !== '' ? name : 'object';
}

/** Whether a value gives its items over time, once and in order: an iterator, or anything asynchronous. Never throws. */
export function isStream(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  try {
    if (Symbol.asyncIterator in value) return true;
    return Symbol.iterator in value && typeof (value as { readonly next?: unknown }).next === 'function';
  } catch {
    // A proxy may refuse even to be asked.
    return false;
  }
}

/** The value's own type for people: `number`, `object[]`, `Float64Array`, `Map`, `stream`. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value;
  if (!Array.isArray(value)) return isStream(value) ? 'stream' : className(value);
  const first: unknown = value[0];
  if (value.length === 0) return 'array';
  const kind = first === null ? 'null' : Array.isArray(first) ? 'array' : typeof first;
  // Looking at a few is enough for a name; the whole array may be huge.
  for (let i = 1; i < Math.min(value.length, 20); i++) {
    const item: unknown = value[i];
    if ((item === null ? 'null' : Array.isArray(item) ? 'array' : typeof item) !== kind) return 'array';
  }
  return `${kind === 'object' ? className(first as object) : kind}[]`;
}

/** Size for people, such as `3 items`; undefined where there is none. Tables have their own. */
export function sizeText(value: unknown): string | undefined {
  if (typeof value === 'string') return count(value.length, 'character');
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return count(value.length, 'item');
  if (value instanceof ArrayBuffer || value instanceof Uint8Array) return count(value.byteLength, 'byte');
  if (ArrayBuffer.isView(value)) {
    return 'length' in value ? count(value.length as number, 'item') : count(value.byteLength, 'byte');
  }
  if (value instanceof Blob) return count(value.size, 'byte');
  if (value instanceof Map || value instanceof Set) return count(value.size, 'item');
  return isPlainObject(value) ? count(Object.keys(value).length, 'key') : undefined;
}

function count(size: number, noun: string): string {
  return `${size.toLocaleString('en-US')} ${noun}${size === 1 ? '' : 's'}`;
}
