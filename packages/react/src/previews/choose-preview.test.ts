import { describe, expect, it } from 'vitest';
import { choosePreviews, TABLE_MIME, TREE_MIME } from './choose-preview.js';

function choose(mimes: readonly string[], own: readonly string[] = []): readonly string[] {
  return choosePreviews({ data: Object.fromEntries(mimes.map((mime) => [mime, 'x'])), truncated: false }, own);
}

describe('choosePreviews', () => {
  it('puts the richest form first, whatever the order of the value', () => {
    expect(choose(['text/plain', 'text/html', TABLE_MIME])).toEqual([TABLE_MIME, 'text/html', 'text/plain']);
    expect(choose(['text/plain', 'image/png', 'image/svg+xml'])).toEqual(['image/svg+xml', 'image/png', 'text/plain']);
    expect(choose(['text/plain', TREE_MIME, 'text/markdown'])[0]).toBe('text/markdown');
  });

  it('leaves out what nothing can draw', () => {
    expect(choose(['application/x-unknown', 'text/plain'])).toEqual(['text/plain']);
    expect(choose(['application/x-unknown'])).toEqual([]);
  });

  it("puts the app's own views before all others, each type once", () => {
    expect(choose([TABLE_MIME, 'application/x-map', 'text/plain'], ['application/x-map', 'text/plain'])).toEqual([
      'application/x-map',
      'text/plain',
      TABLE_MIME,
    ]);
  });

  it('does not take inherited names for types', () => {
    expect(choosePreviews({ data: {}, truncated: false }, ['toString', 'constructor'])).toEqual([]);
  });
});
