import type { TablePage } from '@loom/engine';
import { type Json, type JsonObject, LoomError } from '@loom/graph';

/** Checks that data is a page of a table before anything relies on it: previews come from outside. */
export function readTablePage(data: Json | undefined): TablePage {
  if (!isObject(data)) throw notATable('it is not an object');
  const { columns, rows, total, offset, arranged } = data;
  if (!Array.isArray(columns) || !columns.every(isColumn)) throw notATable('its columns are not {name, type}');
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) throw notATable('its rows are not lists');
  if (!isCount(total) || !isCount(offset)) throw notATable('total and offset are not counts');
  const page = { columns, rows, total: Math.max(total, offset + rows.length), offset };
  return arranged === true ? { ...page, arranged } : page;
}

function notATable(why: string): LoomError {
  return new LoomError('preview/not-a-table', `The table cannot be read: ${why}.`);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isColumn(value: Json): value is { readonly name: string; readonly type: string } {
  return isObject(value) && typeof value.name === 'string' && typeof value.type === 'string';
}

function isCount(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
