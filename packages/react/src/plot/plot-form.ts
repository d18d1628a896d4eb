import type { Preview, TablePage } from '@loom/engine';
import { TABLE_MIME, TREE_MIME } from '../previews/choose-preview.js';
import { readTablePage } from '../previews/table/table-page.js';
import { cutOf } from '../previews/tree/tree-rows.js';
import { lineColumns } from './plot-data.js';

/** A way to look at numbers, beside the forms that a value offers itself. */
export const PLOT_FORM = 'application/vnd.loom.plot';

/** The rows of a value that may be drawn as lines: a table, or a list of numbers; undefined for anything else. */
export function plotRows({ data }: Pick<Preview, 'data'>): TablePage | undefined {
  const table = data[TABLE_MIME];
  if (table !== undefined) {
    try {
      return readTablePage(table);
    } catch {
      // What is wrong with it is said where the table should be.
      return undefined;
    }
  }
  const tree = data[TREE_MIME];
  if (!Array.isArray(tree)) return undefined;
  const missing = cutOf(tree.at(-1)) ?? 0;
  const items = missing > 0 ? tree.slice(0, -1) : tree;
  if (!items.every((item) => typeof item === 'number')) return undefined;
  return {
    columns: [{ name: 'value', type: 'number' }],
    rows: items.map((item) => [item]),
    total: items.length + missing,
    offset: 0,
  };
}

/** Whether a value has numbers in a row that can be drawn as lines. */
export function isPlottable(preview: Preview): boolean {
  const page = plotRows(preview);
  return page !== undefined && page.total > 1 && lineColumns(page).length > 0;
}
