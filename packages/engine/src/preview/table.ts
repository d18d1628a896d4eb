import type { Json } from '@loom/graph';
import type { PreviewRequest } from '../executor.js';
import type { TablePage } from '../value.js';
import { isPlainObject, typeName } from './describe.js';
import { MAX_COLUMNS, MAX_PAGE_ROWS, PAGE_ROWS, SAMPLE_ROWS } from './limits.js';
import { cellJson, cutText } from './scalar.js';

type Row = Readonly<Record<string, unknown>>;

/** Whether an array reads as a table: plain objects throughout, as far as looked at. */
export function isTable(value: unknown): value is readonly Row[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  for (let i = 0; i < Math.min(value.length, SAMPLE_ROWS); i++) {
    if (!isPlainObject(value[i])) return false;
  }
  return true;
}

/** A page of a table. Columns are those of the first rows, in the order in which they appear. */
export function tablePage(rows: readonly Row[], request: PreviewRequest = {}): TablePage {
  const names = new Set<string>();
  for (const row of rows.slice(0, SAMPLE_ROWS)) {
    for (const key of Object.keys(row)) {
      if (names.size === MAX_COLUMNS) break;
      names.add(key);
    }
  }
  const { offset, limit } = pageBounds(request, rows.length);
  const columns = [...names];
  return {
    columns: columns.map((name) => ({ name: cutText(name, 200), type: columnType(rows, name) })),
    rows: rows.slice(offset, offset + limit).map((row) => columns.map((name) => cell(row, name))),
    total: rows.length,
    offset,
  };
}

/** What was asked for, brought within what there is. */
export function pageBounds(request: PreviewRequest, total: number): { offset: number; limit: number } {
  const offset = Math.min(Math.max(0, Math.trunc(request.offset ?? 0)), total);
  const limit = Math.min(Math.max(0, Math.trunc(request.limit ?? PAGE_ROWS)), MAX_PAGE_ROWS);
  return { offset, limit };
}

function cell(row: unknown, name: string): Json {
  if (!isPlainObject(row) || !Object.hasOwn(row, name)) return null;
  return cellJson(row[name]);
}

function columnType(rows: readonly Row[], name: string): string {
  let found: string | undefined;
  for (const row of rows.slice(0, SAMPLE_ROWS)) {
    const value = isPlainObject(row) && Object.hasOwn(row, name) ? row[name] : null;
    if (value === null || value === undefined) continue;
    const type = typeName(value);
    if (found !== undefined && found !== type) return 'mixed';
    found = type;
  }
  return found ?? 'null';
}
