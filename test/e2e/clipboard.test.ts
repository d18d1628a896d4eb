import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/workspace.js';
import { type BenchSite, openSite } from '../bench/browser.js';
import type {} from './pages/editor.js';

/* Two tabs of one browser, its real clipboard, and real keys. */

let site: BenchSite;
beforeAll(async () => {
  site = await openSite(path.join(root, 'test/e2e/pages'), ['editor.html']);
});
afterAll(() => site?.close());

/** Opens two tabs: the second with an empty flow, or with the same one. */
async function twoTabs(second: string, work: (from: Page, to: Page) => Promise<void>): Promise<void> {
  const context = await site.openContext();
  try {
    await context.visit('editor.html', async (from) => {
      await from.waitForFunction(() => window.loom !== undefined);
      await context.visit(`editor.html${second}`, async (to) => {
        await to.waitForFunction(() => window.loom !== undefined);
        await work(from, to);
      });
    });
  } finally {
    await context.close();
  }
}

/** Selects by id, and puts the focus where keys work. */
async function select(page: Page, ...nodes: string[]): Promise<void> {
  await page.bringToFront();
  await page.locator('.react-flow__node').first().waitFor();
  await page.evaluate((ids) => {
    window.loom.select({ nodes: ids });
    window.loom.focus();
  }, nodes);
}

async function paste(page: Page, keys = 'Control+V'): Promise<void> {
  await page.bringToFront();
  await page.evaluate(() => window.loom.focus());
  await page.keyboard.press(keys);
}

/** The nodes by label with their values, and the wires by the labels of their ends. */
function flowOf(page: Page) {
  return page.evaluate(() => {
    const { nodes, edges } = window.loom.getDocument();
    const name = (id: string) => nodes[id]?.label ?? id;
    return {
      nodes: Object.values(nodes).map(({ label, inputs }) => [label, inputs?.value]),
      wires: Object.values(edges).map(({ source, target }) => `${name(source)} -> ${name(target)}`),
    };
  });
}

const put = (page: Page, text: string) => page.evaluate((what) => navigator.clipboard.writeText(what), text);

describe('the clipboard between tabs', () => {
  it('keeps values and inner wires, and cuts', async () => {
    await twoTabs('#empty', async (from, to) => {
      await select(from, 'first', 'all');
      await from.keyboard.press('Control+C');
      await paste(to);
      await expect
        .poll(() => flowOf(to))
        .toEqual({
          nodes: [
            ['First', 'one'],
            ['All', undefined],
          ],
          wires: ['First -> All'],
        });
      await select(from, 'second');
      await from.keyboard.press('Control+X');
      await expect.poll(async () => (await flowOf(from)).nodes.length).toBe(2);
      await paste(to);
      await expect.poll(async () => (await flowOf(to)).nodes).toContainEqual(['Second', 'two']);
      expect((await flowOf(to)).wires).toEqual(['First -> All']);
    });
  });

  it('with Shift keeps the wires that come in, where what they come from is there', async () => {
    await twoTabs('', async (from, to) => {
      await select(from, 'all');
      await from.keyboard.press('Control+C');
      await paste(to, 'Control+Shift+V');
      await expect
        .poll(async () => (await flowOf(to)).wires)
        .toEqual(['First -> All', 'Second -> All', 'First -> All', 'Second -> All']);
      await paste(to);
      await expect.poll(async () => (await flowOf(to)).nodes.length).toBe(5);
      expect((await flowOf(to)).wires).toHaveLength(4);
    });
  });

  it('takes a Python function as a node, and says so of anything else', async () => {
    await twoTabs('#empty', async (from, to) => {
      await from.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await from.bringToFront();
      await put(from, 'def twice(x: float) -> float:\n    return 2 * x\n');
      await paste(to);
      await expect.poll(async () => (await flowOf(to)).nodes.length).toBe(1);
      for (const text of ['{"loom":"fragment","version":99}', 'Dear aunt', `{"a": "${'x'.repeat(2_000_000)}"}`]) {
        await put(to, text);
        await paste(to);
        await to.getByText('What is in the clipboard is not a part of a flow.').waitFor();
        await to.getByRole('button', { name: 'Dismiss' }).click();
        expect((await flowOf(to)).nodes).toHaveLength(1);
      }
    });
  });

  it('by the menu asks the browser, and where that refuses nothing is lost', async () => {
    await twoTabs('#empty', async (from, to) => {
      await from.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await select(from, 'first');
      await from.keyboard.press('Shift+F10');
      await from.getByRole('menuitem', { name: /^Copy Ctrl\+C/ }).click();
      await to.bringToFront();
      await to.evaluate(() => window.loom.focus());
      await to.keyboard.press('Shift+F10');
      await to.getByRole('menuitem', { name: /^Paste Ctrl\+V/ }).click();
      await expect.poll(async () => (await flowOf(to)).nodes).toEqual([['First', 'one']]);

      await from.context().clearPermissions();
      await to.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        Object.defineProperty(document, 'execCommand', { value: () => false, configurable: true });
      });
      await to.evaluate(() => window.loom.focus());
      await to.keyboard.press('Shift+F10');
      await to.getByRole('menuitem', { name: 'Cut' }).click();
      await to.getByText('The browser does not let this page write to the clipboard.').waitFor();
      await to.evaluate(() => window.loom.runCommand('edit.paste'));
      await to.getByText('The clipboard cannot be read here. Use the keys of your system to paste.').waitFor();
      expect((await flowOf(to)).nodes).toEqual([['First', 'one']]);
      // The keys need no permission.
      await to.evaluate(() => window.loom.focus());
      await to.keyboard.press('Control+X');
      await expect.poll(async () => (await flowOf(to)).nodes).toEqual([]);
      await to.keyboard.press('Control+V');
      await expect.poll(async () => (await flowOf(to)).nodes).toEqual([['First', 'one']]);
    });
  });
});
