import { describe, expect, it } from 'vitest';
import { resolveSchema } from './schema.js';

describe('resolveSchema', () => {
  const root = {
    $defs: { 'a/b': { type: 'string', title: 'Deep' }, hop: { $ref: '#/$defs/a~1b' }, loop: { $ref: '#/$defs/loop' } },
  };

  it('follows references within the document; what stands beside one comes first', () => {
    expect(resolveSchema({ $ref: '#/$defs/hop', title: 'Mine' }, root)).toEqual({ type: 'string', title: 'Mine' });
  });

  it('ends with references that lead nowhere, out of the document, or back to themselves', () => {
    expect(resolveSchema({ $ref: '#/nothing' }, root)).toEqual({});
    expect(resolveSchema({ $ref: 'https://example.org/schema' }, root)).toEqual({});
    expect(resolveSchema({ $ref: '#/$defs/loop' }, root)).toMatchObject({});
  });

  it('joins what is asked for all together', () => {
    const parts = [
      { properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { b: {} }, required: ['b'] },
    ];
    expect(resolveSchema({ type: 'object', allOf: parts }, root)).toEqual({
      type: 'object',
      properties: { a: { type: 'string' }, b: {} },
      required: ['a', 'b'],
    });
  });
});
