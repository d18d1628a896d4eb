import { describe, expect, it } from 'vitest';
import { germanMessages } from '../de.js';
import { defaultMessages } from '../messages.js';

/** Words that are the same in both languages, and texts that only put names together. */
const ALIKE = new Set([
  'problemJson',
  'tabCode',
  'live',
  'auto',
  'nameNew',
  'pause',
  'portHelp',
  'frameCount',
  'wireEnd',
]);

describe('German', () => {
  it('has every text, and no other', () => {
    expect(Object.keys(germanMessages).sort()).toEqual(Object.keys(defaultMessages).sort());
  });

  it('has texts where English has texts, with as many details', () => {
    const kinds = (messages: object) =>
      Object.entries(messages)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, text]) => [key, typeof text]);
    expect(kinds(germanMessages)).toEqual(kinds(defaultMessages));
  });

  it('is no copy of the English', () => {
    const english = defaultMessages as Readonly<Record<string, unknown>>;
    const copied = Object.entries(germanMessages).filter(
      ([key, text]) => typeof text === 'string' && text === english[key] && !ALIKE.has(key),
    );
    expect(copied.map(([key]) => key)).toEqual([]);
  });

  it('counts and writes numbers as one does', () => {
    expect(germanMessages.tableSize?.(1, 2)).toBe('1 Zeile × 2 Spalten');
    expect(germanMessages.tableSize?.(1_000_000, 1)).toBe('1.000.000 Zeilen × 1 Spalte');
    expect(germanMessages.duration?.(1234)).toBe('1,23 s');
  });
});
