import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExamplePage, openExample } from './example-page.js';

// An editor of parts, as an app gets it from npm: by the exports of the packages, through a bundler.
let example: ExamplePage;

beforeAll(async () => {
  example = await openExample('palette');
});

afterAll(() => example?.close());

const result = (page: Page) => page.getByRole('region', { name: 'Result' }).getByRole('img');

async function newColors(page: Page, before: string): Promise<string> {
  await page.waitForFunction(
    (old) => document.querySelector('aside [role=img]')?.getAttribute('aria-label') !== old,
    before,
  );
  return (await result(page).getAttribute('aria-label')) ?? '';
}

it('runs, follows an edit, takes it back, and begins anew by its handle', async () => {
  const page = await example.open();
  await page.getByText('Not run yet').waitFor();
  await page.getByText('Run it to see the colours.').first().waitFor();
  await page.getByRole('button', { name: 'Run flow' }).click();
  await page.getByText('Up to date').waitFor();
  const first = (await result(page).getAttribute('aria-label')) ?? '';
  expect(first.split('; ').map((row) => row.split(' ').length)).toEqual([7, 7, 7]);
  // The view of the node and the part beside the canvas show the same value.
  expect(await page.locator('.react-flow__node[data-id="shades"]').getByRole('img').getAttribute('aria-label')).toBe(
    first,
  );

  await page.getByRole('button', { name: 'Turn the wheel' }).click();
  const turned = await newColors(page, first);
  await page.getByRole('button', { name: 'Undo “Turn the wheel”' }).click();
  expect(await newColors(page, turned)).toBe(first);

  const color = page.locator('.react-flow__node[data-id="base"]').getByLabel('Colour', { exact: true });
  await color.fill('#20a060');
  const green = await newColors(page, first);
  expect(green).not.toBe(turned);
  await page.getByRole('button', { name: 'Start again' }).click();
  await page.waitForFunction(
    () => document.querySelector('.react-flow__node[data-id="base"] code')?.textContent === '#4c6ef5',
  );
  expect(example.complaints).toEqual([]);
  await page.close();
});

it('has its own command in the menu of the canvas, leaves out what it does not want, and turns dark', async () => {
  const page = await example.open();
  await page.getByText('Not run yet').waitFor();
  expect(await page.locator('.loom-minimap, .react-flow__minimap, .loom-canvas-controls').count()).toBe(0);
  await page.locator('.react-flow__pane').click({ button: 'right', position: { x: 200, y: 120 } });
  await page.getByRole('menuitem', { name: 'Turn the wheel' }).waitFor();
  await page.keyboard.press('Escape');
  const root = page.locator('.loom-root');
  const light = await root.evaluate((element) => getComputedStyle(element).backgroundColor);
  await page.getByRole('button', { name: 'Dark' }).click();
  await page.getByRole('button', { name: 'Light' }).waitFor();
  expect(await root.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe(light);
  expect(example.complaints).toEqual([]);
  await page.close();
});

it('has neither Python nor the other face of a flow in what it loads', () => {
  expect(example.files.filter((file) => /pyodide|LoomApp/i.test(file))).toEqual([]);
  expect(example.files.some((file) => file.endsWith('.css'))).toBe(true);
});
