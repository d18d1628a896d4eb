import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { loomIn } from './loom-command.js';

type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const folder = fileURLToPath(new URL('../../examples/flows', import.meta.url));

const loom = loomIn(() => folder);

describe('loom run', () => {
  it('runs the penguins: the means come out as published', async () => {
    const { code, out, err } = await loom('run', 'penguins.loom.json', '--json');
    const report = JSON.parse(out);
    expect(report.errors).toEqual([]);
    expect(code).toBe(0);
    expect(report.status).toBe('succeeded');
    expect(report.outputs.read.data).toMatchObject({ type: expect.any(String), shape: expect.stringContaining('344') });
    expect(report.outputs.group.result).toEqual([
      { Species: 'Adelie', n: 151, mean: 3700.66, min: 2850, max: 4775 },
      { Species: 'Chinstrap', n: 68, mean: 3733.09, min: 2700, max: 4800 },
      { Species: 'Gentoo', n: 123, mean: 5076.02, min: 3950, max: 6300 },
    ]);
    expect(report.outputs.chart.result.$preview['image/svg+xml']).toContain('3,700.66');
    expect(report.counts).toMatchObject({ success: 4, error: 0, skipped: 0, cancelled: 0 });
    expect(err).toContain('2 of 344 rows have no Body Mass (g)');
  });

  it('runs the weather: Python and JavaScript join', async () => {
    const { code, out } = await loom('run', 'seattle-weather.loom.json', '--json');
    const report = JSON.parse(out);
    expect(report.errors).toEqual([]);
    expect(code).toBe(0);
    expect(report.outputs.totals.result).toHaveLength(48);
    expect(report.outputs.totals.result[47]).toEqual({
      month: '2015-12',
      days: 31,
      rain: 284.5,
      warmest: 15.6,
      coldest: -2.1,
    });
    expect(report.outputs.extremes.extremes).toEqual([
      { what: 'hottest', date: '2014-08-11', value: 35.6, unit: '°C' },
      { what: 'coldest', date: '2013-12-07', value: -7.1, unit: '°C' },
      { what: 'wettest', date: '2015-03-15', value: 55.9, unit: 'mm' },
      { what: 'windiest', date: '2012-12-17', value: 9.5, unit: 'm/s' },
    ]);
    expect(report.outputs.report.result.$preview['text/markdown']).toContain('1,461 days in 48 months, 4,426.0 mm');
  });

  it.each<[string, readonly string[], (outputs: Outputs) => void]>([
    [
      'cars',
      [],
      ({ line, byOrigin, scatter }) => {
        expect(line?.slope).toBeCloseTo(-0.007677, 6);
        expect(line?.fit).toBeCloseTo(0.6918, 4);
        expect(byOrigin?.result).toMatchObject([{ Origin: 'Europe' }, { Origin: 'Japan' }, { Origin: 'USA' }]);
        expect(scatter?.result).toMatchObject({ $preview: { 'image/svg+xml': expect.stringContaining('<svg') } });
      },
    ],
    [
      'words',
      ['text=One two two. Three!', 'most=1'],
      ({ count, report }) => {
        expect(count?.result).toEqual([{ word: 'two', count: 2 }]);
        expect(report?.result).toMatchObject({
          $preview: { 'text/markdown': expect.stringContaining('sentence has **2.0** words') },
        });
      },
    ],
    [
      'julia',
      ['julia.size=40', 'julia.steps=10'],
      ({ sheet }) => expect(sheet?.result).toMatchObject({ $preview: { 'image/png': expect.any(String) } }),
    ],
    ['training', ['steps=10', 'noise=0'], ({ fit }) => expect(fit?.result).toEqual({ slope: 1.0656, start: 0.2536 })],
  ])('runs %s', async (name, inputs, check) => {
    const { out } = await loom('run', `${name}.loom.json`, '--json', ...inputs.flatMap((input) => ['--input', input]));
    const report = JSON.parse(out);
    expect([report.status, report.errors]).toEqual(['succeeded', []]);
    check(report.outputs);
  });

  it('prints results for people', async () => {
    const { code, out } = await loom('run', 'seattle-weather.loom.json');
    expect(code).toBe(0);
    expect(out).toContain('The wettest month was **2015-12** (284.5 mm)');
    expect(out).toMatch(/succeeded in \d+\.\d\d s: 6 done\n$/);
  });
});

describe('loom check', () => {
  it('finds nothing wrong with the examples', async () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.loom.json'));
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      expect(await loom('check', file)).toEqual({ code: 0, out: `${file}: no issues\n`, err: '' });
    }
  });
});
