import type { Json } from '@loom/graph';
import type { PreviewRequest } from '../executor.js';
import type { TablePage } from '../value.js';
import { arrangedRows } from './arrange.js';
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
  const columns = [...names];
  const part = pageOf(rows, rows.length, (row, column) => rawCell(rows[row], columns[column]), request);
  return {
    columns: columns.map((name) => ({ name: cutText(name, 200), type: columnType(rows, name) })),
    rows: part.places.map((row) => columns.map((name) => cellOf(rows[row], name))),
    ...part.bounds,
  };
}

/** The items of a list of plain values as a table of one column, when a part of it is asked for: these can be many. */
export function itemsPage(value: unknown, request: PreviewRequest): TablePage | undefined {
  if (isFirstLook(request)) return undefined;
  const isTyped = ArrayBuffer.isView(value) && 'length' in value;
  if (!Array.isArray(value) && !isTyped) return undefined;
  const items = value as ArrayLike<unknown>;
  const part = pageOf(value, items.length, (row, column) => (column === 0 ? items[row] : undefined), request);
  const type = isTyped ? 'number' : columnTypeOf(items);
  return {
    columns: [{ name: 'value', type }],
    rows: part.places.map((row) => [cellJson(items[row])]),
    ...part.bounds,
  };
}

/** Whether no part is asked for: then a value shows what it is, and not its rows. */
function isFirstLook({ offset, limit, sort, filters }: PreviewRequest): boolean {
  return offset === undefined && limit === undefined && sort === undefined && filters === undefined;
}

/** The rows of a page, by their places in the table. */
function pageOf(
  table: object,
  all: number,
  cells: (row: number, column: number) => unknown,
  request: PreviewRequest,
): { readonly places: readonly number[]; readonly bounds: Omit<TablePage, 'columns' | 'rows'> } {
  const order = arrangedRows(table, all, cells, request);
  const total = order?.length ?? all;
  const { offset, limit } = pageBounds(request, total);
  const count = Math.min(limit, total - offset);
  const places = Array.from({ length: count }, (_, at) => order?.[offset + at] ?? offset + at);
  return { places, bounds: { total, offset, ...(order && { arranged: true }) } };
}

/** What was asked for, brought within what there is. */
export function pageBounds(request: PreviewRequest, total: number): { offset: number; limit: number } {
  const offset = Math.min(Math.max(0, Math.trunc(request.offset ?? 0)), total);
  const limit = Math.min(Math.max(0, Math.trunc(request.limit ?? PAGE_ROWS)), MAX_PAGE_ROWS);
  return { offset, limit };
}

function rawCell(row: unknown, name: string | undefined): unknown {
  return name !== undefined && isPlainObject(row) && Object.hasOwn(row, name) ? row[name] : null;
}

function cellOf(row: unknown, name: string): Json {
  return cellJson(rawCell(row, name));
}

function columnTypeOf(items: ArrayLike<unknown>): string {
  let found: string | undefined;
  for (let at = 0; at < Math.min(items.length, SAMPLE_ROWS); at++) {
    const type = typeName(items[at]);
    if (found !== undefined && found !== type) return 'mixed';
    found = type;
  }
  return found ?? 'null';
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
