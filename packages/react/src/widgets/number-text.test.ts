import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber, stepNumber } from './number-text.js';

const any = { integer: false };
const whole = { integer: true };

describe('parseNumber', () => {
  it.each([
    ['12', 12],
    [' -0.5 ', -0.5],
    ['+3', 3],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1E-3', 0.001],
    ['1_000_000', 1_000_000],
    ['1 000 000', 1_000_000],
    ['1\u202f000.5', 1000.5],
    ['\u22125', -5],
    ['0xff', 255],
    ['-0b101', -5],
    ['007', 7],
    ['-0', 0],
    ['9007199254740993', 9007199254740992],
  ])('reads %j', (text, value) => {
    expect(parseNumber(text, any)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'not-a-number'],
    ['abc', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['1__0', 'not-a-number'],
    ['1 2', 'not-a-number'],
    ['12px', 'not-a-number'],
    ['--1', 'not-a-number'],
    ['1e', 'not-a-number'],
    ['1,5', 'decimal-comma'],
    ['nan', 'not-finite'],
    ['-Infinity', 'not-finite'],
    ['1e999', 'not-finite'],
  ] as const)('refuses %j', (text, problem) => {
    expect(parseNumber(text, any)).toEqual({ ok: false, problem });
  });

  it('takes whole numbers for int, however they are written, and nothing else', () => {
    expect(parseNumber('1.0', whole)).toEqual({ ok: true, value: 1 });
    expect(parseNumber('1e3', whole)).toEqual({ ok: true, value: 1000 });
    expect(parseNumber('1.5', whole)).toEqual({ ok: false, problem: 'not-an-integer' });
    expect(parseNumber('9007199254740993', whole)).toEqual({ ok: false, problem: 'not-exact' });
  });

  it('keeps to the limits, which themselves are allowed', () => {
    const limits = { integer: false, min: 0, max: 1 };
    expect(parseNumber('0', limits).ok).toBe(true);
    expect(parseNumber('1', limits).ok).toBe(true);
    expect(parseNumber('-0.1', limits)).toEqual({ ok: false, problem: 'too-small' });
    expect(parseNumber('1.1', limits)).toEqual({ ok: false, problem: 'too-large' });
  });

  it('reads back every number as it is written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value), any)).toEqual({ ok: true, value: value === 0 ? 0 : value });
      }),
    );
  });

  it('never throws, and gives finite numbers only', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, integer) => {
        const parsed = parseNumber(text, { integer });
        if (parsed.ok) expect(Number.isFinite(parsed.value)).toBe(true);
      }),
    );
  });
});

describe('stepNumber', () => {
  it('adds without the noise of binary fractions', () => {
    expect(stepNumber(0.1, 0.2, any)).toBe(0.3);
    expect(stepNumber(0.3, -0.1, any)).toBe(0.2);
    expect(stepNumber(1e-7, 1e-7, any)).toBe(2e-7);
  });

  it('stays within the limits', () => {
    expect(stepNumber(9.5, 1, { integer: false, max: 10 })).toBe(10);
    expect(stepNumber(0, -1, { integer: true, min: 0 })).toBe(0);
  });
});
