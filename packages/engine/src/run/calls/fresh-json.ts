import type { Json } from '@loom/graph';

/** A copy of a literal for somebody who may change it. Texts, numbers and flags are themselves. */
export function freshJson(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(freshJson);
  const prototype: unknown = Object.getPrototypeOf(value);
  // Apps may give what is no JSON.
  if (prototype !== Object.prototype && prototype !== null) return structuredClone(value);
  const copy: Record<string, Json> = {};
  for (const key of Object.keys(value)) setOwn(copy, key, freshJson(value[key] as Json)); // one of its keys
  return copy;
}

/** Sets a property of any name: assigning `__proto__` would change the prototype instead. */
export function setOwn<Value>(object: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
