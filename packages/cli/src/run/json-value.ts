import type { Json } from '@loom/graph';

/** Deeper values are shown as previews; also the bound of this function's recursion. */
const MAXIMUM_DEPTH = 200;

/**
 * A value as JSON, or undefined where JSON cannot say it without loss: bytes, maps, dates, not-a-number, too deep.
 */
export function jsonOf(value: unknown, depth = 0): Json | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object' || depth > MAXIMUM_DEPTH) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => jsonOf(item, depth + 1));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, jsonOf(item, depth + 1)] as const);
  return entries.every(([, item]) => item !== undefined) ? (Object.fromEntries(entries) as Json) : undefined;
}
