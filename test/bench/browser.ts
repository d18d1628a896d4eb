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

/** Pages as an app would ship them, in Chromium. */
export interface BenchSite {
  /** Opens a page in a browser context of its own, where nothing is cached, runs the work in it, and closes it. */
  visit<Result>(file: string, work: (page: Page) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

async function launch(): Promise<Browser> {
  ensureChromium();
  return chromium.launch(chromiumLaunchOptions());
}

async function serve(folder: string, pages: readonly string[], outDir: string): Promise<PreviewServer> {
  const config: InlineConfig = {
    configFile: false,
    root: folder,
    logLevel: 'warn',
    plugins: [sourceTextForVite(), pyodideAssets(), exampleData()],
    resolve: { alias: sourceAliases() },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: pages.map((file) => path.join(folder, file)) },
    },
    preview: { port: 0, host: '127.0.0.1', headers: isolationHeaders },
  };
  await build(config);
  return preview(config);
}

/** Builds pages of a folder from the packages' sources, serves them with isolation headers, and starts Chromium. */
export async function openSite(folder: string, pages: readonly string[]): Promise<BenchSite> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'loom-bench-'));
  const server = await serve(folder, pages, outDir);
  const browser = await launch();
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('The preview server has no address.');
  return {
    async visit(file, work) {
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        await page.goto(new URL(file, url).href, { waitUntil: 'load' });
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
