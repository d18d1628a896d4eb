import { isRecord } from '../load/reading.js';
import { entriesOf, type Raw } from './raw.js';
import { quoted, type Report } from './report.js';

/** The entries of a list or table of a file, with their places. What is neither is reported. */
export function entriesAt(
  raw: Raw,
  key: string,
  most: number,
  report: Report,
  path: readonly (string | number)[] = [],
): [string | number, unknown][] {
  const value = raw[key];
  if (value !== undefined && value !== null && !Array.isArray(value) && !isRecord(value)) {
    report.error('import/no-list', [...path, key], `What the file has as ${quoted(key)} is no list. It was left out.`);
  }
  return entriesOf(value, most);
}
