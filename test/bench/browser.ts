import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { build, type InlineConfig, type PreviewServer, preview } from 'vite';
import { exampleData } from '../../examples/playground/example-data.js';
import { pyodideAssets } from '../../packages/pyodide/src/vite.js';
import { chromiumLaunchOptions, ensureChromium } from '../../scripts/chromium.js';
import { isolationHeaders } from '../../scripts/isolation.js';
import { sourceTextForVite } from '../../scripts/source-text.js';
import { sourceAliases } from '../../scripts/workspace.js';

/** A page of this folder as an app would ship it, in Chromium. */
export interface BenchSite {
  /** Opens the page in a browser context of its own, runs the work in it, and closes it. */
  visit<Result>(work: (page: Page) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

async function launch(): Promise<Browser> {
  ensureChromium();
  return chromium.launch(chromiumLaunchOptions());
}

async function serve(folder: string, outDir: string): Promise<PreviewServer> {
  const config: InlineConfig = {
    configFile: false,
    root: folder,
    logLevel: 'warn',
    plugins: [sourceTextForVite(), pyodideAssets(), exampleData()],
    resolve: { alias: sourceAliases() },
    build: { outDir, emptyOutDir: true, target: 'es2022' },
    preview: { port: 0, host: '127.0.0.1', headers: isolationHeaders },
  };
  await build(config);
  return preview(config);
}

/** Builds the page in `folder` from the packages' sources, serves it with isolation headers, and starts Chromium. */
export async function openSite(folder: string): Promise<BenchSite> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'loom-bench-'));
  const server = await serve(folder, outDir);
  const browser = await launch();
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('The preview server has no address.');
  return {
    async visit(work) {
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        await page.goto(url, { waitUntil: 'load' });
        return await work(page);
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
