import { describe, expect, it } from 'vitest';
import { germanMessages } from '../de.js';
import { defaultMessages } from '../messages.js';

/** Words that are the same in both languages, and texts that only put names together. */
const ALIKE = new Set([
  'environmentPlaceholder',
  'problemJson',
  'environmentPlaceholder',
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
  it('has no text that is not used', () => {
    const unused = Object.keys(germanMessages).filter((key) => !Object.hasOwn(defaultMessages, key));
    expect(unused).toEqual([]);
  });

  it('has nearly all texts: those that were added since are English until someone translates them', () => {
    const missing = Object.keys(defaultMessages).filter((key) => !Object.hasOwn(germanMessages, key));
    expect(missing.length, missing.join(', ')).toBeLessThan(Object.keys(defaultMessages).length / 20);
  });

  it('has texts where English has texts, and functions where those depend on something', () => {
    const english = defaultMessages as Readonly<Record<string, unknown>>;
    const others = Object.entries(germanMessages).filter(([key, text]) => typeof text !== typeof english[key]);
    expect(others.map(([key]) => key)).toEqual([]);
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
