import type { Json } from '@loom/graph';
import { className, sizeText } from './describe.js';
import { MAX_CELL_TEXT } from './limits.js';

/** The text, cut to a bound with a mark. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}

/** A value that has no parts worth showing, as JSON; undefined for containers. */
export function scalarJson(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      // JSON has no negative zero.
      return Number.isFinite(value) ? value + 0 : String(value);
    case 'string':
      return cutText(value, MAX_CELL_TEXT);
    case 'bigint':
    case 'undefined':
    case 'symbol':
      return cutText(String(value), MAX_CELL_TEXT);
    case 'function':
      return `function ${value.name}`.trimEnd();
    default:
      if (value === null) return null;
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
      if (value instanceof Error || value instanceof RegExp) return cutText(String(value), MAX_CELL_TEXT);
      return undefined;
  }
}

/** A value in the space of a table cell. Containers are named, not opened. */
export function cellJson(value: unknown): Json {
  const scalar = scalarJson(value);
  if (scalar !== undefined) return scalar;
  const size = sizeText(value);
  const name = Array.isArray(value) ? 'array' : className(value as object);
  return size === undefined ? name : `${name} (${size})`;
}
