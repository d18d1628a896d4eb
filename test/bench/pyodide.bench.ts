import { fileURLToPath } from 'node:url';
import { type BenchSite, openSite } from './browser.js';
import { batches, batchFloor, bootCold, bootSnapshot, cancel, leaks, parallel, prints } from './pyodide/measures.js';
import { stay100, transfer64 } from './pyodide/values.js';
import type { BenchmarkOptions, Row } from './row.js';

const MEASURES: Readonly<Record<string, (site: BenchSite) => Promise<Row>>> = {
  'boot-cold': bootCold,
  'boot-snapshot': bootSnapshot,
  'batch-chain': batches('chain'),
  'batch-layered': batches('layered'),
  'batch-floor': batchFloor,
  'cancel-isolated': cancel('isolated'),
  'cancel-plain': cancel('plain'),
  'parallel-2': parallel,
  'prints-100k': prints,
  'leak-10k': leaks,
  'transfer-64mb': transfer64,
  'stay-100mb': stay100,
};

const PAGES = ['bare.html', 'first-result.html', 'runs.html'];

/** Python in Chromium: how soon it is there, what a run costs, and how it ends. */
export default async function* pyodide({ only }: BenchmarkOptions): AsyncGenerator<Row> {
  const chosen = Object.entries(MEASURES).filter(([name]) => {
    return only.length === 0 || only.includes(name) || only.includes(`pyodide/${name}`);
  });
  if (chosen.length === 0) return;
  const site = await openSite(fileURLToPath(new URL('./pyodide/pages', import.meta.url)), PAGES);
  try {
    for (const [name, measure] of chosen) {
      try {
        yield await measure(site);
      } catch (thrown) {
        yield { id: `pyodide/${name}`, error: thrown instanceof Error ? thrown.message : String(thrown), ok: false };
      }
    }
  } finally {
    await site.close();
  }
}
