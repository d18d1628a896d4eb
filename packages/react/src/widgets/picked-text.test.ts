import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPicker, readPicked, stepPicked, toPicker } from './picked-text.js';

describe('readPicked', () => {
  it.each([
    ['date', '2026-11-20'],
    ['date', '2024-02-29'],
    ['time', '09:30'],
    ['time', '23:59:59.25'],
    ['date-time', '2026-11-20T09:30'],
    ['date-time', '2026-11-20T09:30:00+01:00'],
    ['color', '#fff'],
    ['color', '#1c8046cc'],
  ] as const)('takes the %s %s', (kind, text) => {
    expect(readPicked(kind, text)).toBe(text);
  });

  it.each([
    ['date', '2026-02-29'],
    ['date', '2026-13-01'],
    ['date', '20.11.2026'],
    ['time', '24:00'],
    ['time', '9:30'],
    ['date-time', '2026-11-20'],
    ['date-time', '2026-06-31T09:30'],
    ['color', '#12345'],
    ['color', 'no colour'],
  ] as const)('refuses %s %s', (kind, text) => {
    expect(readPicked(kind, text)).toBeUndefined();
  });

  it('takes a space for the T, as people type it', () => {
    expect(readPicked('date-time', ' 2026-11-20 09:30z ')).toBe('2026-11-20T09:30Z');
  });

  it('asks for the distance from UTC where it is needed', () => {
    expect(readPicked('date-time', '2026-11-20T09:30:00', true)).toBeUndefined();
    expect(readPicked('date-time', '2026-11-20T09:30:00Z', true)).toBe('2026-11-20T09:30:00Z');
  });

  it('takes every day that there is', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const text = date.toISOString().slice(0, 10);
          return readPicked('date', text) === text;
        },
      ),
    );
  });
});

describe('the picker of the browser', () => {
  it('shows a value in its own form, and nothing of what is wrong', () => {
    expect(toPicker('date-time', '2026-11-20T09:30:00+01:00')).toBe('2026-11-20T09:30:00');
    expect(toPicker('date', 'soon')).toBe('');
    expect(toPicker('color', '#AB3')).toBe('#aabb33');
    expect(toPicker('color', '#AABB3380')).toBe('#aabb33');
  });

  it('keeps the distance from UTC and the transparency that were there', () => {
    expect(fromPicker('date-time', '2026-12-01T10:00', '2026-11-20T09:30:00+05:30', true)).toBe(
      '2026-12-01T10:00:00+05:30',
    );
    expect(fromPicker('color', '#aabb33', '#00000080')).toBe('#aabb3380');
    expect(fromPicker('color', '#aabb33', '#0008')).toBe('#aabb3388');
  });

  it('gives a point in time that can be read again, also where there was none', () => {
    const text = fromPicker('date-time', '2026-12-01T10:00', '', true);
    expect(readPicked('date-time', text, true)).toBe(text);
    expect(fromPicker('date-time', '2026-12-01T10:00', '')).toBe('2026-12-01T10:00');
  });
});

describe('stepPicked', () => {
  it('goes a day or a minute further or back', () => {
    expect(stepPicked('date', '2026-12-31', 1)).toBe('2027-01-01');
    expect(stepPicked('date-time', '2024-02-28T10:00Z', 1)).toBe('2024-02-29T10:00Z');
    expect(stepPicked('time', '00:00:30', -1)).toBe('23:59:30');
  });

  it('does nothing with what is wrong, and with colours', () => {
    expect(stepPicked('date', 'soon', 1)).toBeUndefined();
    expect(stepPicked('color', '#ffffff', 1)).toBeUndefined();
  });
});
