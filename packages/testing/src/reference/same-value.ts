import { ANY_TEXT } from './frame.js';

/** Whether a value is the one that is expected. Both are such as JSON has. */
export function isSameValue(expected: unknown, seen: unknown): boolean {
  if (expected === ANY_TEXT) return typeof seen === 'string';
  if (typeof expected !== 'object' || expected === null) return Object.is(expected, seen);
  if (typeof seen !== 'object' || seen === null || Array.isArray(expected) !== Array.isArray(seen)) return false;
  const keys = Object.keys(expected);
  if (keys.length !== Object.keys(seen).length) return false;
  const [a, b] = [expected as Record<string, unknown>, seen as Record<string, unknown>];
  return keys.every((key) => Object.hasOwn(b, key) && isSameValue(a[key], b[key]));
}
