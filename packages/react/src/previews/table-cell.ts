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

// Of the 12 px system font; cells also have 8 px on both sides.
const CHARACTER_WIDTH = 7;
const PADDING = 20;
const NARROWEST = 56;
const WIDEST = 320;
const SAMPLE = 50;

/** Widths of columns in pixels, from their names and the first rows. */
export function columnWidths(page: TablePage): readonly number[] {
  const sample = page.rows.slice(0, SAMPLE);
  return page.columns.map(({ name, type }, index) => {
    // The type stands behind the name, smaller.
    const heading = name.length + type.length * 0.9 + 1;
    const longest = sample.reduce((most, row) => Math.max(most, cellText(row[index]).length), heading);
    return Math.round(Math.min(WIDEST, Math.max(NARROWEST, longest * CHARACTER_WIDTH + PADDING)));
  });
}
