import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumLaunchOptions } from '../../scripts/chromium.js';
import { root } from '../../scripts/workspace.js';

// What a person gets from `npm start`, built from the packages as they are published.
const folder = path.join(root, 'examples/playground');
let outDir: string;
let server: PreviewServer;
let browser: Browser;
let page: Page;
let address: string;
const complaints: string[] = [];

beforeAll(async () => {
  outDir = await mkdtemp(path.join(tmpdir(), 'loom-playground-'));
  await build({ root: folder, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  server = await preview({ root: folder, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  address = server.resolvedUrls?.local[0] ?? '';
  browser = await chromium.launch(chromiumLaunchOptions());
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(outDir, { recursive: true, force: true });
});

async function open(hash = ''): Promise<void> {
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const local = request.url().startsWith(address) || /^(?:blob|data):/.test(request.url());
    if (!local) complaints.push(`fetched from outside: ${request.url()}`);
  });
  await page.goto(address + hash);
}

async function run(): Promise<void> {
  await page.getByRole('button', { name: 'Run flow' }).click();
  await page
    .getByText(/^Done in /)
    .first()
    .waitFor({ timeout: 45_000 });
}

describe('the playground', () => {
  it('opens on the penguins and runs them on a click: the means come out as published', async () => {
    await open();
    expect(await page.getByText(/^Done in /).count()).toBe(0);
    await run();
    const group = page.locator('.react-flow__node').filter({ hasText: 'Mass by species' });
    for (const text of ['Adelie', '3700.66', '151', 'Chinstrap', '3733.09', '68', 'Gentoo', '5076.02', '123']) {
      await group.getByText(text, { exact: true }).first().waitFor();
    }
    const chart = page.locator('.react-flow__node').filter({ hasText: 'Chart' }).locator('img').first();
    expect(await chart.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  it('runs the weather, with a JavaScript node in the middle', async () => {
    await open('#seattle-weather');
    await run();
    const extremes = page.locator('.react-flow__node').filter({ hasText: 'Extremes' });
    for (const text of ['2014-08-11', '35.6', '55.9'])
      await extremes.getByText(text, { exact: true }).first().waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);

  it('is isolated, so that running Python is interrupted in place', async () => {
    await open();
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    await page.close();
  });
});
