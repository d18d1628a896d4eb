import { parsePortType } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { misfit } from './fits.js';

function where(value: Parameters<typeof misfit>[0], type: string): string | undefined {
  return misfit(value, parsePortType(type))?.path;
}

describe('misfit', () => {
  it('names the place that does not fit', () => {
    expect(where([1, 2, 'x'], 'list<number>')).toBe('[2]');
    expect(where({ a: [1], b: [true] }, 'dict<string, list<int>>')).toBe('.b[0]');
    expect(where([1, 2, 3], 'tuple<int, int>')).toBe('');
    expect(where({ a: 1 }, 'list<number>')).toBe('');
  });

  it('lets fitting values pass', () => {
    expect(where([], 'list<number>')).toBeUndefined();
    expect(where([1, 'a'], 'tuple<int, string>')).toBeUndefined();
    expect(where(null, 'int | none')).toBeUndefined();
    expect(where({ a: { b: null } }, 'json')).toBeUndefined();
  });
});
