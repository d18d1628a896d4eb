import type { Json } from '@loom/graph';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJson, parseJson } from './json-text.js';

describe('parseJson', () => {
  it('says where a text stops being JSON', () => {
    expect(parseJson('{\n  "a": 1,\n  b: 2\n}')).toEqual({ ok: false, problem: { kind: 'at', line: 3, column: 3 } });
    expect(parseJson('[1, 2')).toEqual({ ok: false, problem: { kind: 'ends-early' } });
    expect(parseJson('  ')).toEqual({ ok: false, problem: { kind: 'empty' } });
  });

  it('reads every kind of value', () => {
    for (const value of [0, '', false, null, [], {}])
      expect(parseJson(JSON.stringify(value))).toEqual({ ok: true, value });
  });
});

describe('formatJson', () => {
  it('writes what is short on one line', () => {
    expect(formatJson([1, 2, 3])).toBe('[1, 2, 3]');
    expect(formatJson({ a: [], b: {} })).toBe('{"a": [], "b": {}}');
  });

  it('indents what is long, but keeps its short parts together', () => {
    expect(formatJson({ name: 'Adelie', weights: [3750, 3800], island: 'Torgersen' })).toBe(
      '{\n  "name": "Adelie",\n  "weights": [3750, 3800],\n  "island": "Torgersen"\n}',
    );
  });

  it('reads back the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.parse(JSON.stringify(value)) as Json;
        expect(parseJson(formatJson(json))).toEqual({ ok: true, value: json });
      }),
    );
  });
});
