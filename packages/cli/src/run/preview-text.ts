import type { OutputSummary, TablePage } from '@loom/engine';
import type { Json } from '@loom/graph';

/** Rows of a table that a terminal shows. */
const ROWS = 20;
/** Characters of a cell, and of a text without lines. */
const CELL = 32;
const TEXT = 4000;

/** A preview as text for a terminal. */
export function textOfPreview({ preview }: OutputSummary): string {
  const [best] = Object.keys(preview.data);
  // Beside a picture or a page there is a text too, which says only what the object is called in Python.
  if (best !== undefined && /^(?:image\/|text\/html)/.test(best)) return `(${best}; loom run --out DIR writes it)`;
  const table = preview.data['application/vnd.loom.table+json'];
  if (table !== undefined) return textOfTable(table as unknown as TablePage);
  const text = preview.data['text/markdown'] ?? preview.data['text/plain'];
  if (typeof text === 'string') return text.length > TEXT ? `${text.slice(0, TEXT)}…` : text;
  const tree = preview.data['application/vnd.loom.tree+json'] ?? preview.data['application/json'];
  if (tree !== undefined) return JSON.stringify(tree, null, 2).slice(0, TEXT);
  return `(${Object.keys(preview.data).join(', ') || 'nothing to show'})`;
}

function textOfTable(page: TablePage): string {
  const shown = page.rows.slice(0, ROWS);
  const columns = page.columns.map((column, at) => {
    const cells = shown.map((row) => textOfCell(row[at]));
    const numeric = shown.every((row) => typeof row[at] === 'number' || row[at] == null);
    const width = Math.max(column.name.length, ...cells.map((cell) => cell.length));
    const pad = (text: string) => (numeric ? text.padStart(width) : text.padEnd(width));
    return { head: pad(column.name), rule: '-'.repeat(width), cells: cells.map(pad) };
  });
  const lines = [
    columns.map((column) => column.head),
    columns.map((column) => column.rule),
    ...shown.map((_, row) => columns.map((column) => column.cells[row] ?? '')),
  ].map((cells) => cells.join('  ').trimEnd());
  if (page.total > shown.length) lines.push(`… ${page.total - shown.length} more rows`);
  return lines.join('\n');
}

function textOfCell(cell: Json | undefined): string {
  const text = typeof cell === 'string' ? cell : cell == null ? '' : JSON.stringify(cell);
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > CELL ? `${line.slice(0, CELL - 1)}…` : line;
}
