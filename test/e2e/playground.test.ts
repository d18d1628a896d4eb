import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExamplePage, openExample } from './example-page.js';

// What a person gets from `npm start`.
let example: ExamplePage;

beforeAll(async () => {
  example = await openExample('playground');
}, 120_000);

afterAll(() => example?.close());

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run flow' }).click();
  await page
    .getByText(/^Done in /)
    .first()
    .waitFor({ timeout: 45_000 });
}

describe('the playground', () => {
  it('opens on the penguins and runs them on a click: the means come out as published', async () => {
    const page = await example.open();
    expect(await page.getByText(/^Done in /).count()).toBe(0);
    await run(page);
    const group = page.locator('.react-flow__node').filter({ hasText: 'Mass by species' });
    for (const text of ['Adelie', '3700.66', '151', 'Chinstrap', '3733.09', '68', 'Gentoo', '5076.02', '123']) {
      await group.getByText(text, { exact: true }).first().waitFor();
    }
    const chart = page.locator('.react-flow__node').filter({ hasText: 'Chart' }).locator('img').first();
    expect(await chart.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    expect(example.complaints).toEqual([]);
    await page.close();
  }, 60_000);

  it('runs the weather, with a JavaScript node in the middle', async () => {
    const page = await example.open('#seattle-weather');
    await run(page);
    const extremes = page.locator('.react-flow__node').filter({ hasText: 'Extremes' });
    for (const text of ['2014-08-11', '35.6', '55.9'])
      await extremes.getByText(text, { exact: true }).first().waitFor();
    expect(example.complaints).toEqual([]);
    await page.close();
  }, 60_000);

  it('is isolated, so that running Python is interrupted in place', async () => {
    const page = await example.open();
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    await page.close();
  });
});
