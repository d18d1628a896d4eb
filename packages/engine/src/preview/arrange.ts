import { LoomError } from '@loom/graph';
import type { PreviewRequest, TableFilter } from '../executor.js';
import { cellJson } from './scalar.js';

/** Rows of a table up to which it is sorted and filtered. */
const MAX_ARRANGED_ROWS = 2_000_000;

type Cells = (row: number, column: number) => unknown;

/** The newest order of each table: one goes through its pages. */
const known = new WeakMap<object, { readonly key: string; readonly order: Uint32Array }>();

/**
 * The rows of a table in the order that is asked for; undefined when none is. Numbers come before texts, and what is missing
 * last, whichever the direction; equal rows keep their order.
 *
 * @throws LoomError `preview/too-many-rows`
 */
export function arrangedRows(
  table: object,
  total: number,
  cells: Cells,
  { sort, filters = [] }: PreviewRequest,
): Uint32Array | undefined {
  const wanted = filters.filter(({ text }) => text.trim() !== '');
  if (sort === undefined && wanted.length === 0) return undefined;
  const key = JSON.stringify([total, sort, wanted]);
  const before = known.get(table);
  if (before?.key === key) return before.order;
  if (total > MAX_ARRANGED_ROWS) {
    throw new LoomError(
      'preview/too-many-rows',
      `A table of ${total.toLocaleString('en')} rows is not sorted or filtered: ${MAX_ARRANGED_ROWS.toLocaleString('en')} are the most.`,
    );
  }
  const found = filtered(total, cells, wanted);
  const order = sort === undefined ? found : sorted(found, (row) => cells(row, sort.column), sort.descending === true);
  known.set(table, { key, order });
  return order;
}

function filtered(total: number, cells: Cells, filters: readonly TableFilter[]): Uint32Array {
  const tests = filters.map(({ column, text }) => ({ column, test: testOf(text) }));
  const kept = new Uint32Array(total);
  let count = 0;
  for (let row = 0; row < total; row++) {
    if (tests.every(({ column, test }) => test(cells(row, column)))) kept[count++] = row;
  }
  return kept.slice(0, count);
}

function sorted(rows: Uint32Array, cellOf: (row: number) => unknown, descending: boolean): Uint32Array {
  const numbers: { row: number; key: number }[] = [];
  const texts: { row: number; key: string }[] = [];
  const missing: number[] = [];
  for (const row of rows) {
    const key = keyOf(cellOf(row));
    if (typeof key === 'number') numbers.push({ row, key });
    else if (typeof key === 'string') texts.push({ row, key });
    else missing.push(row);
  }
  const sign = descending ? -1 : 1;
  numbers.sort((a, b) => sign * (a.key - b.key));
  texts.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -sign : sign));
  const groups = [numbers, texts];
  if (descending) groups.reverse();
  return Uint32Array.from([...groups.flatMap((group) => group.map(({ row }) => row)), ...missing]);
}

/** What a cell is sorted by; undefined for what is missing. */
function keyOf(value: unknown): number | string | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  if (value === null || value === undefined) return undefined;
  return textOf(value);
}

function textOf(value: unknown): string {
  const cell = value === undefined ? null : cellJson(value);
  return cell === null ? '' : typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** `>5`, `<=5`, `=x`, `!=x`, or a part of the text of a cell. */
function testOf(text: string): (value: unknown) => boolean {
  const [, sign, operand = ''] = /^\s*(>=|<=|!=|>|<|=)\s*(.*?)\s*$/s.exec(text) ?? [];
  if (sign === undefined) {
    const part = text.trim().toLowerCase();
    return (value) => textOf(value).toLowerCase().includes(part);
  }
  const number = operand === '' ? Number.NaN : Number(operand);
  const isNumber = !Number.isNaN(number);
  if (sign === '=' || sign === '!=') {
    const wanted = sign === '=';
    return (value) => (isNumber ? keyOf(value) === number : textOf(value) === operand) === wanted;
  }
  return (value) => {
    const key = keyOf(value);
    if (!isNumber || typeof key !== 'number') return false;
    if (sign === '>') return key > number;
    if (sign === '<') return key < number;
    return sign === '>=' ? key >= number : key <= number;
  };
}
