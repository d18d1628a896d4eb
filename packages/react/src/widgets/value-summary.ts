import { type Json, readFileLiteral } from '@loom/graph';
import type { Messages } from '../messages/messages.js';

/** Characters that fit into a row of a node. */
const LINE = 24;

/** A value in a few words: what is in it where that is short, else how much there is. */
export function valueSummary(value: Json, messages: Messages): string {
  if (value === null) return messages.noneValue;
  if (typeof value !== 'object') return String(value);
  const file = readFileLiteral(value);
  if (file) return file.name;
  const parts: readonly (readonly [string, Json])[] = Array.isArray(value)
    ? value.map((item: Json) => ['', item] as const)
    : Object.entries<Json>(value as Readonly<Record<string, Json>>);
  if (parts.length === 0) return messages.emptyParts;
  const texts: string[] = [];
  for (const [key, part] of parts) {
    // What does not fit is not put into words.
    if (texts.join(', ').length > LINE) break;
    texts.push(key === '' ? brief(part) : `${key}: ${brief(part)}`);
  }
  const all = texts.join(', ');
  const isWhole = texts.length === parts.length && all.length <= LINE && !all.includes('…');
  return isWhole || !Array.isArray(value) ? all : messages.entryCount(parts.length);
}

function brief(value: Json): string {
  if (typeof value !== 'object' || value === null) return String(value).slice(0, LINE);
  return Array.isArray(value) ? '[…]' : '{…}';
}
