import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { load } from '@loom/graph';
import { createFlowLink } from '@loom/react';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExamplePage, openExample } from './example-page.js';

// What a person gets from `npm start`.
let example: ExamplePage;

beforeAll(async () => {
  example = await openExample('playground');
});

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
  });

  it('runs the weather, with a JavaScript node in the middle', async () => {
    const page = await example.open('#seattle-weather');
    await run(page);
    const extremes = page.locator('.react-flow__node').filter({ hasText: 'Extremes' });
    for (const text of ['2014-08-11', '35.6', '55.9'])
      await extremes.getByText(text, { exact: true }).first().waitFor();
    expect(example.complaints).toEqual([]);
    await page.close();
  });

  it('opens a link, also as an app, and runs nothing for it', async () => {
    const file = new URL('../../examples/flows/words.loom.json', import.meta.url);
    const { document } = load(await readFile(file, 'utf8'));
    const eager = { ...document, title: 'From afar', settings: { ...document.settings, mode: 'auto' } } as const;
    const link = await createFlowLink(eager, example.address);
    const page = await example.open(new URL(link.url).hash);
    await page.getByRole('heading', { name: 'From afar' }).waitFor();
    await page.getByLabel('Show as').selectOption('app');
    await page.getByText('Fill in the form and run it').waitFor();
    // Python has begun by now, so a run would be over soon.
    await page.getByText(/^(?:Starting|Preparing|Compiling|Downloading) Python/).waitFor({ state: 'hidden' });
    expect(await page.getByText(/^Done in /).count()).toBe(0);
    // What one does then runs: a change of a field, because the flow says so.
    await page.getByLabel('Text', { exact: true }).fill('one two two');
    await page.getByText('3 words').waitFor({ timeout: 45_000 });
    expect(example.complaints).toEqual([]);
    await page.close();
  });

  it('offers all flows of the folder', async () => {
    const page = await example.open();
    const folder = new URL('../../examples/flows/', import.meta.url);
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.loom.json'));
    const offered = await page
      .getByRole('combobox', { name: 'Flow', exact: true })
      .locator('option')
      .evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value));
    expect(offered.sort()).toEqual(files.map((file) => path.basename(file, '.loom.json')).sort());
    await page.close();
  });

  it('is isolated, so that running Python is interrupted in place', async () => {
    const page = await example.open();
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    await page.close();
  });
});
