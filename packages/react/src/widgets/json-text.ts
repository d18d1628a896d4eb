import type { Json } from '@loom/graph';

/** What is wrong with a JSON text, and where, as far as the browser says. */
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
    return { ok: false, problem: locate(text, error instanceof Error ? error.message : String(error)) };
  }
}

/** Browsers word their messages differently: V8 says a position, Firefox a line and column, Safari neither. */
function locate(text: string, reason: string): JsonProblem {
  if (/unexpected (end|eof)|end of data|unterminated/i.test(reason)) return { kind: 'ends-early' };
  const lineColumn = /line (\d+),? column (\d+)/i.exec(reason);
  if (lineColumn) return { kind: 'at', line: Number(lineColumn[1]), column: Number(lineColumn[2]) };
  const position = /position (\d+)/i.exec(reason);
  if (position) {
    const before = text.slice(0, Number(position[1])).split('\n');
    return { kind: 'at', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
  return { kind: 'other', reason };
}

const ONE_LINE = 40;

/** Writes a value for editing: short ones on one line with spaces, others indented. */
export function formatJson(value: Json): string {
  const spaced = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  // The spaced form may only be used when it reads back the same: a text with line breaks could have been changed.
  if (spaced.length <= ONE_LINE && !/"/.test(spaced)) return spaced.replace(/([[{]) | (?=[\]}])/g, '$1');
  const compact = JSON.stringify(value);
  return compact.length <= ONE_LINE ? compact : JSON.stringify(value, null, 2);
}
