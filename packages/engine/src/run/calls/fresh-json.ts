import { type Json, readFileLiteral } from '@loom/graph';
import { fileValue } from '../../file/chosen-files.js';

/** A copy of a literal for somebody who may change it. Texts, numbers and flags are themselves, and files are what they name. */
export function freshJson(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(freshJson);
  const file = readFileLiteral(value);
  // What is given to code is a value; only literals of documents are JSON all through.
  if (file) return (fileValue(file) ?? null) as unknown as Json;
  if ((value as unknown) instanceof Blob) return value;
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
