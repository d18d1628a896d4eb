import type { Json } from '@loom/graph';
import { className } from './describe.js';
import { MAX_TREE_CHILDREN, MAX_TREE_DEPTH, MAX_TREE_ITEMS } from './limits.js';
import { cutText, scalarJson } from './scalar.js';

/** A bounded JSON picture of a value. */
export interface Tree {
  readonly json: Json;
  readonly truncated: boolean;
}

/**
 * The tree of a value: a cut is an object `{"$cut": n}`, n being how much is missing, and `{"$text": "NaN"}` stands
 * for a value that JSON does not have. The depth is bounded, so the
 * recursion is. Cycles end at the depth bound or at the first repetition on the way down.
 */
export function treeOf(value: unknown): Tree {
  let left = MAX_TREE_ITEMS;
  let truncated = false;
  const open = new Set<object>();

  const cut = (missing: number): Json => {
    truncated = true;
    return { $cut: missing };
  };

  const visit = (item: unknown, depth: number): Json => {
    left--;
    const scalar = scalarJson(item);
    if (scalar !== undefined) {
      if (typeof item === 'string' && scalar !== item) truncated = true;
      // What JSON does not have must not look like a text.
      return typeof scalar === 'string' && typeof item !== 'string' ? { $text: scalar } : scalar;
    }
    const container = item as object;
    if (open.has(container)) return { $text: '[circular]' };
    const parts = partsOf(container);
    if (depth >= MAX_TREE_DEPTH) return cut(parts.size);
    open.add(container);
    const taken = Math.max(0, Math.min(parts.size, MAX_TREE_CHILDREN, left));
    let json: Json;
    if (parts.keys === undefined) {
      const items = parts.take(taken).map((part) => visit(part, depth + 1));
      json = taken < parts.size ? [...items, cut(parts.size - taken)] : items;
    } else {
      const keys = parts.keys.slice(0, taken);
      const values = parts.take(taken);
      const entries: [string, Json][] = keys.map((key, i) => [cutText(key, 200), visit(values[i], depth + 1)]);
      if (taken < parts.size) entries.push(['$cut', (cut(parts.size - taken) as { $cut: number }).$cut]);
      json = Object.fromEntries(entries);
    }
    open.delete(container);
    return json;
  };

  const json = visit(value, 0);
  return { json, truncated };
}

/** The text of `{"$text": …}`, which stands for a value that JSON does not have. */
export function otherText(json: Json | undefined): string | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const text = (json as { readonly $text?: Json }).$text;
  return typeof text === 'string' && Object.keys(json).length === 1 ? text : undefined;
}

interface Parts {
  readonly size: number;
  /** Absent for lists. */
  readonly keys?: readonly string[];
  take(count: number): readonly unknown[];
}

function partsOf(container: object): Parts {
  if (Array.isArray(container)) return listParts(container.length, (count) => container.slice(0, count));
  if (container instanceof Set) return listParts(container.size, (count) => firstOf(container, count));
  if (ArrayBuffer.isView(container) && Symbol.iterator in container) {
    const view = container as unknown as ArrayLike<unknown> & Iterable<unknown>;
    return listParts(view.length, (count) => firstOf(view, count));
  }
  if (container instanceof Map) {
    const keys = firstOf(container.keys(), MAX_TREE_CHILDREN).map(keyText);
    return { size: container.size, keys, take: (count) => firstOf(container.values(), count) };
  }
  const keys = Object.keys(container);
  if (keys.length === 0) return { size: 0, keys: [], take: () => [] };
  const values = container as Readonly<Record<string, unknown>>;
  return { size: keys.length, keys, take: (count) => keys.slice(0, count).map((key) => values[key]) };
}

function listParts(size: number, take: Parts['take']): Parts {
  return { size, take };
}

function firstOf(values: Iterable<unknown>, count: number): unknown[] {
  const first: unknown[] = [];
  if (count === 0) return first;
  for (const value of values) {
    first.push(value);
    if (first.length === count) break;
  }
  return first;
}

function keyText(key: unknown): string {
  const scalar = scalarJson(key);
  return scalar === undefined ? className(key as object) : String(scalar);
}
