import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textChange } from './text-change.js';

describe('textChange', () => {
  it('touches only what differs', () => {
    expect(textChange('def f(a):', 'def f(a, b):')).toEqual({ from: 7, to: 7, insert: ', b' });
    expect(textChange('aaa', 'aa')).toEqual({ from: 2, to: 3, insert: '' });
    expect(textChange('same', 'same')).toBeUndefined();
  });

  it('turns any text into any other', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '🐧') });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const change = textChange(before, after);
        const made = change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before;
        expect(made).toBe(after);
      }),
    );
  });
});
