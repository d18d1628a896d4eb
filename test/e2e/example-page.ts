import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import { chromiumLaunchOptions } from '../../scripts/chromium.js';
import { root } from '../../scripts/workspace.js';

/** An app of `examples`, built from the packages as they are published, and served on this machine. */
export interface ExamplePage {
  readonly address: string;
  /** The files of the build, as paths below its folder. */
  readonly files: readonly string[];
  /** What pages said as errors and warnings, and whatever they fetched from elsewhere. */
  readonly complaints: readonly string[];
  open(hash?: string): Promise<Page>;
  close(): Promise<void>;
}

/** Builds an example and serves it. Playwright waits 30 s for what is to come. */
export async function openExample(name: string): Promise<ExamplePage> {
  const folder = path.join(root, 'examples', name);
  const outDir = await mkdtemp(path.join(tmpdir(), `loom-${name}-`));
  const built = await build({ root: folder, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const server = await preview({ root: folder, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const address = server.resolvedUrls?.local[0] ?? '';
  const browser = await chromium.launch(chromiumLaunchOptions());
  const complaints: string[] = [];
  const outputs = 'output' in built ? built.output : [];
  return {
    address,
    files: outputs.map(({ fileName }) => fileName),
    complaints,
    async open(hash = '') {
      const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('request', (request) => {
        const local = request.url().startsWith(address) || /^(?:blob|data):/.test(request.url());
        if (!local) complaints.push(`fetched from outside: ${request.url()}`);
      });
      await page.goto(address + hash);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
