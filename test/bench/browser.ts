import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright';
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
  visit<Result>(file: string, work: (page: Page) => Promise<Result>, options?: VisitOptions): Promise<Result>;
  /** A browser context whose pages find what earlier ones have stored. */
  openContext(): Promise<BenchContext>;
  close(): Promise<void>;
}

export interface BenchContext {
  /** Opens a page, runs the work in it, and closes it. */
  visit<Result>(file: string, work: (page: Page) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

export interface VisitOptions {
  /** Whether the page is cross-origin isolated. @default true */
  readonly isolated?: boolean;
}

async function launch(options: LaunchOptions): Promise<Browser> {
  ensureChromium();
  return chromium.launch({ ...chromiumLaunchOptions(), ...options });
}

function configOf(folder: string, pages: readonly string[], outDir: string): InlineConfig {
  return {
    configFile: false,
    root: folder,
    // What React's files say to servers is a warning each.
    logLevel: 'error',
    plugins: [sourceTextForVite(), pyodideAssets(), exampleData()],
    resolve: { alias: sourceAliases() },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      rolldownOptions: { input: pages.map((file) => path.join(folder, file)) },
    },
  };
}

async function serve(config: InlineConfig, headers: Record<string, string>): Promise<[PreviewServer, URL]> {
  const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1', headers } });
  const [url] = server.resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error('The preview server has no address.');
  return [server, new URL(url)];
}

/** Builds pages of a folder from the packages' sources, serves them with and without isolation headers, and starts Chromium. */
export async function openSite(
  folder: string,
  pages: readonly string[],
  launchOptions: LaunchOptions = {},
): Promise<BenchSite> {
  const outDir = mkdtempSync(path.join(tmpdir(), 'loom-bench-'));
  const config = configOf(folder, pages, outDir);
  await build(config);
  const [isolatedServer, isolatedUrl] = await serve(config, isolationHeaders);
  const [plainServer, plainUrl] = await serve(config, {});
  const browser = await launch(launchOptions);
  const openContext = async ({ isolated = true }: VisitOptions = {}): Promise<BenchContext> => {
    const context = await browser.newContext();
    return {
      async visit(file, work) {
        const page = await context.newPage();
        try {
          await page.goto(new URL(file, isolated ? isolatedUrl : plainUrl).href, { waitUntil: 'load' });
          return await work(page);
        } finally {
          await page.close();
        }
      },
      close: () => context.close(),
    };
  };
  return {
    openContext: () => openContext(),
    async visit(file, work, options) {
      const context = await openContext(options);
      try {
        return await context.visit(file, work);
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await Promise.all([isolatedServer.close(), plainServer.close()]);
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
