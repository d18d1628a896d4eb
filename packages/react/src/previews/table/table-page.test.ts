import { describe, expect, it } from 'vitest';
import { cellText, columnWidths, fullCellText, isNumeric } from './table-cell.js';
import { readTablePage } from './table-page.js';

describe('readTablePage', () => {
  it('reads a page', () => {
    const page = { columns: [{ name: 'a', type: 'int' }], rows: [[1]], total: 10, offset: 3 };
    expect(readTablePage(page)).toEqual(page);
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{ columns: 'a', rows: [], total: 0, offset: 0 }],
    [{ columns: [{ name: 1, type: 'int' }], rows: [], total: 0, offset: 0 }],
    [{ columns: [], rows: [{}], total: 0, offset: 0 }],
    [{ columns: [], rows: [], total: -1, offset: 0 }],
    [{ columns: [], rows: [], total: 1.5, offset: 0 }],
  ])('refuses %j', (data) => {
    expect(() => readTablePage(data)).toThrow(/The table cannot be read/);
  });

  it('believes the rows rather than a total that is too small', () => {
    expect(readTablePage({ columns: [], rows: [[], []], total: 1, offset: 0 }).total).toBe(2);
  });
});

describe('cells', () => {
  it('rounds long fractions for reading and keeps all digits in full', () => {
    expect(cellText(3700.662251655629)).toBe('3700.6623');
    expect(fullCellText(3700.662251655629)).toBe('3700.662251655629');
    expect(cellText(123456789012)).toBe('123456789012');
    expect(cellText('007')).toBe('007');
    expect(cellText(null)).toBe('null');
    expect(cellText(['a'])).toBe('["a"]');
  });

  it('knows numbers by the names of their types', () => {
    expect(['int', 'int64', 'float', 'uint8', 'number', 'Decimal'].every(isNumeric)).toBe(true);
    expect(['string', 'str', 'object', 'bool', 'datetime64[ns]', 'interval[int64]'].some(isNumeric)).toBe(false);
  });

  it('gives columns widths within bounds', () => {
    const page = {
      columns: [
        { name: 'a', type: 'int' },
        { name: 'b', type: 'str' },
      ],
      rows: [[1, 'x'.repeat(1000)]],
      total: 1,
      offset: 0,
    };
    const [narrow = 0, wide = 0] = columnWidths(page);
    expect(narrow).toBeLessThan(100);
    expect(wide).toBe(320);
  });
});
