import type { Json } from '@loom/graph';
import { jsonFault } from './json-fault.js';

/** What is wrong with a JSON text, and where. */
export type JsonProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'ends-early' }
  | { readonly kind: 'at'; readonly line: number; readonly column: number }
  | { readonly kind: 'other'; readonly reason: string };

export type ParsedJson =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: JsonProblem };

/** Reads JSON text. Lines and columns of a problem start at 1. Never throws. */
export function parseJson(text: string): ParsedJson {
  if (text.trim() === '') return { ok: false, problem: { kind: 'empty' } };
  try {
    return { ok: true, value: JSON.parse(text) as Json };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: locate(text, reason) };
  }
}

function locate(text: string, reason: string): JsonProblem {
  const position = jsonFault(text);
  // The browser and this package disagree on what JSON is: then the browser, which will not read it, has the word.
  if (position === undefined) return { kind: 'other', reason };
  if (position === text.length) return { kind: 'ends-early' };
  const before = text.slice(0, position).split('\n');
  return { kind: 'at', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Characters that fit beside each other in a node. */
const LINE = 32;
/** Laying out looks at every value several times, which long texts are spared. */
const LONG = 20_000;

/** Writes a value for editing: what is short stays on one line (`[1, 2, 3]`), the rest is indented. */
export function formatJson(value: Json): string {
  const compact = JSON.stringify(value);
  return compact.length > LONG ? JSON.stringify(value, null, 2) : layOut(value, '');
}

function layOut(value: Json, indent: string): string {
  const flat = onOneLine(value);
  if (typeof value !== 'object' || value === null || flat.length + indent.length <= LINE) return flat;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = Array.isArray(value)
    ? value.map((item) => layOut(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${layOut(item, inner)}`);
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: Json): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${onOneLine(item)}`)
    .join(', ')}}`;
}
