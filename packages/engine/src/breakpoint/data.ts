import { isPlainObject, typeName } from '../preview/describe.js';
import { evaluationError } from './fault.js';

/** Lists within lists that are compared; values may well contain themselves. */
const MAX_DEPTH = 200;

/** How many items a condition may look at in one comparison, so that it cannot hold a run up. */
const MAX_ITEMS = 1_000_000;

/** Anything with items by number. */
type List = readonly unknown[] | (ArrayBufferView & ArrayLike<unknown>);

function isList(value: unknown): value is List {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isNumeric(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/**
 * An item of a list by its position (from the end when below zero), or a value of an object by its key. Only data is
 * looked at, never methods or what is inherited.
 *
 * @throws LoomError `breakpoint/no-item`, `breakpoint/wrong-type`
 */
export function memberOf(of: unknown, key: unknown, column: number): unknown {
  if (isList(of) && typeof key === 'number') {
    const item: unknown = Number.isInteger(key) && of[key < 0 ? of.length + key : key];
    if (Number.isInteger(key) && key < of.length && key >= -of.length) return item;
    throw evaluationError('breakpoint/no-item', `There is no item ${key} in a list of ${of.length}.`, column);
  }
  if (of instanceof Map && of.has(key)) return of.get(key);
  if (isPlainObject(of) && typeof key === 'string' && Object.hasOwn(of, key)) return of[key];
  if (of instanceof Map || isPlainObject(of)) {
    throw evaluationError('breakpoint/no-item', `There is nothing under ${named(key)}.`, column);
  }
  throw evaluationError('breakpoint/wrong-type', `${typeName(of)} has nothing under ${named(key)}.`, column);
}

/**
 * How many characters, items or keys there are.
 *
 * @throws LoomError `breakpoint/wrong-type`
 */
export function lengthOf(value: unknown, column: number): number {
  if (typeof value === 'string') return characters(value);
  if (isList(value)) return value.length;
  if (value instanceof Map || value instanceof Set) return value.size;
  if (value instanceof ArrayBuffer) return value.byteLength;
  if (isPlainObject(value)) return Object.keys(value).length;
  throw evaluationError('breakpoint/wrong-type', `${typeName(value)} has no length.`, column);
}

/**
 * Whether two values say the same: numbers of any kind by value, lists and objects by what is in them. Nothing is
 * converted, so `1 == "1"` is false.
 *
 * @throws LoomError `breakpoint/too-large`
 */
export function areEqual(a: unknown, b: unknown, column: number): boolean {
  return equal(a, b, { column, items: 0 }, 0);
}

/**
 * Whether a number is smaller, or a text earlier, than another.
 *
 * @throws LoomError `breakpoint/wrong-type`
 */
export function isBefore(a: unknown, b: unknown, column: number): boolean {
  if ((isNumeric(a) && isNumeric(b)) || (typeof a === 'string' && typeof b === 'string')) return a < b;
  const message = `${typeName(a)} and ${typeName(b)} have no order. Numbers can be compared, and texts.`;
  throw evaluationError('breakpoint/wrong-type', message, column);
}

/**
 * Whether a list or set has an item, an object a key, or a text a part.
 *
 * @throws LoomError `breakpoint/wrong-type`, `breakpoint/too-large`
 */
export function contains(container: unknown, item: unknown, column: number): boolean {
  if (typeof container === 'string' && typeof item === 'string') return container.includes(item);
  if (container instanceof Map) return container.has(item);
  if (isPlainObject(container)) return typeof item === 'string' && Object.hasOwn(container, item);
  const budget = { column, items: 0 };
  if (container instanceof Set) {
    if (container.has(item)) return true;
    for (const member of container) if (equal(member, item, budget, 0)) return true;
    return false;
  }
  if (isList(container)) {
    for (let i = 0; i < container.length; i++) if (equal(container[i], item, budget, 0)) return true;
    return false;
  }
  throw evaluationError(
    'breakpoint/wrong-type',
    `Nothing can be in ${typeName(container)}. Lists, objects and texts have parts.`,
    column,
  );
}

/** How much has been looked at. */
interface Budget {
  readonly column: number;
  items: number;
}

function equal(a: unknown, b: unknown, budget: Budget, depth: number): boolean {
  if (++budget.items > MAX_ITEMS || depth > MAX_DEPTH) {
    throw evaluationError('breakpoint/too-large', 'What is compared here is too large or too deep.', budget.column);
  }
  // Only loose equality compares a number with a big integer, and for these two it converts nothing.
  // biome-ignore lint/suspicious/noDoubleEquals: see above
  if (isNumeric(a) && isNumeric(b)) return a == b;
  if (a === b || ((a ?? null) === null && (b ?? null) === null)) return true;
  if (isList(a) && isList(b)) {
    if (a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!equal(a[i], b[i], budget, depth + 1)) return false;
    return true;
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (!isPlainObject(a) || !isPlainObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key], budget, depth + 1));
}

/** Counts characters as people and Python do: those outside of the first plane take two units. */
function characters(text: string): number {
  let count = text.length;
  for (let i = 1; i < text.length; i++) {
    const isSecondHalf = (text.charCodeAt(i) & 0xfc00) === 0xdc00;
    if (isSecondHalf && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) count--;
  }
  return count;
}

function named(key: unknown): string {
  return typeof key === 'string' ? JSON.stringify(key) : typeof key === 'number' ? String(key) : typeName(key);
}
