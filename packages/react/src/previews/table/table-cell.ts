import type { TablePage } from '@loom/engine';
import type { Json } from '@loom/graph';

const DIGITS = 8;

/** A cell as text. Long fractions are rounded for reading; {@link fullCellText} has all digits. */
export function cellText(cell: Json | undefined): string {
  if (typeof cell !== 'number' || Number.isInteger(cell)) return fullCellText(cell);
  return String(Number(cell.toPrecision(DIGITS)));
}

/** A cell as text, with nothing left out. */
export function fullCellText(cell: Json | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** Whether a column holds numbers, by the name of its type in Python, JavaScript or NumPy. */
export function isNumeric(type: string): boolean {
  return /^(u?int(eger)?|u?(long|short)|float|double|half|number|decimal|complex)\d*$/i.test(type);
}

// Of the system font at 12 px, 12 px bold and 11 px, and the space on both sides of a cell.
const CHARACTER_WIDTH = 7;
const NAME_WIDTH = 8.5;
const TYPE_WIDTH = 7;
const PADDING = 20;
const TYPE_GAP = 12;
const NARROWEST = 56;
const WIDEST = 320;
const SAMPLE = 50;

/** Widths of columns in pixels, from their names and the first rows. */
export function columnWidths(page: TablePage): readonly number[] {
  const sample = page.rows.slice(0, SAMPLE);
  return page.columns.map(({ name, type }, index) => {
    const heading = name.length * NAME_WIDTH + TYPE_GAP + type.length * TYPE_WIDTH;
    const longest = sample.reduce((most, row) => Math.max(most, cellText(row[index]).length), 0);
    return Math.round(Math.min(WIDEST, Math.max(NARROWEST, Math.max(heading, longest * CHARACTER_WIDTH) + PADDING)));
  });
}
