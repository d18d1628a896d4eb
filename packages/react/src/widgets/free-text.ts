import type { Json, PortType } from '@loom/graph';
import { fits } from './fits.js';

export type ParsedFreeText = { readonly ok: true; readonly value: Json } | { readonly ok: false };

/**
 * Reads a text for an input that takes several kinds of value, such as `int | string` or `any`:
 *
 * 1. what is JSON and fits the type is that value: `12`, `true`, `null`, `[1, 2]`, and `"12"` for the text 12;
 * 2. anything else is the text as it stands, if the type takes text: `hello`, `007`, `1.5` for `int | string`;
 * 3. otherwise it does not fit.
 *
 * {@link formatFreeText} writes the value so that reading it again gives the same.
 *
 * @example
 * ```ts
 * const type = parsePortType('int | string');
 * parseFreeText('12', type); // { ok: true, value: 12 }
 * parseFreeText('007', type); // { ok: true, value: '007' }
 * parseFreeText('"12"', type); // { ok: true, value: '12' }
 * ```
 */
export function parseFreeText(text: string, type: PortType): ParsedFreeText {
  const value = readJson(text);
  if (value !== undefined && fits(value, type)) return { ok: true, value };
  return fits(text, type) ? { ok: true, value: text } : { ok: false };
}

/** Writes a value for {@link parseFreeText}: texts as they stand, in quotes only where they would be read otherwise. */
export function formatFreeText(value: Json, type: PortType): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const again = parseFreeText(value, type);
  return again.ok && again.value === value ? value : JSON.stringify(value);
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Not JSON: then it may be text.
    return undefined;
  }
}
