import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../scripts/workspace.js';
import { type BenchSite, openSite } from '../bench/browser.js';
import type {} from './pages/python.js';

// Playwright turns the cache of pages off that are gone back to.
let site: BenchSite;
beforeAll(async () => {
  const launch = { ignoreDefaultArgs: ['--disable-back-forward-cache'] };
  site = await openSite(path.join(root, 'test/e2e/pages'), ['python.html', 'away.html'], launch);
});
afterAll(() => site?.close());

it.each([true, false])(
  'a page that is gone back to goes on with its workers, or anew (isolated: %s)',
  async (isolated) => {
    await site.visit(
      'python.html',
      async (page) => {
        expect(await page.evaluate(() => window.asked.calls())).toBe(1);
        expect(page.workers()).toHaveLength(1);
        await page.goto(new URL('away.html', page.url()).href);
        expect(page.workers()).toHaveLength(0);
        // It does not load again, so nobody may wait for that.
        await page.goBack({ waitUntil: 'commit' });
        await page.waitForFunction(() => window.asked?.shown.length > 0);
        const shown = await page.evaluate(() => window.asked.shown);
        // A browser that is short of memory loads the page anew after all: then Python is new too.
        expect([[false, true], [false]]).toContainEqual(shown);
        expect(await page.evaluate(() => window.asked.calls())).toBe(shown.length);
      },
      { isolated },
    );
  },
);

it('a page that goes away while code runs leaves no worker', async () => {
  await site.visit('python.html', async (page) => {
    const started = page.waitForEvent('worker');
    await page.evaluate(() => void window.asked.calls());
    await started;
    await page.goto('about:blank');
    expect(page.workers()).toHaveLength(0);
  });
});
