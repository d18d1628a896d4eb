import { fileURLToPath } from 'node:url';
import { type BenchSite, openSite } from './browser.js';
import { interleavedMedians } from './measure.js';
import type { BatchesBench } from './pyodide-batch/batches.js';
import { type Row, timesAsLong, timesFaster } from './row.js';

const ROUND_TRIPS_SAVED = 5;
const FIRST_RESULT_LIMIT = 1.3;

/** What the pages leave for us under `bench`. */
interface BatchesPage {
  readonly bench: BatchesBench;
}

interface FirstResultPage {
  readonly bench: Promise<number>;
}

async function measureBatches(site: BenchSite): Promise<Row[]> {
  return site.visit('batches.html', async (page) => {
    await page.evaluate(() => (globalThis as unknown as BatchesPage).bench.ready());
    const rows: Row[] = [];
    for (const shape of ['chain', 'layered'] as const) {
      const measure = (mode: 'batched' | 'single') => () =>
        page.evaluate((args) => (globalThis as unknown as BatchesPage).bench.measure(...args), [shape, mode] as const);
      const medians = await interleavedMedians({ batched: measure('batched'), single: measure('single') });
      rows.push(
        timesFaster({
          id: `pyodide-batch/${shape}`,
          ours: medians.batched,
          theirs: medians.single,
          name: 'one worker round trip per node',
          atLeast: ROUND_TRIPS_SAVED,
        }),
      );
    }
    return rows;
  });
}

async function measureFirstResult(site: BenchSite): Promise<Row> {
  const visit = (file: string) => () =>
    site.visit(file, (page) => page.evaluate(() => (globalThis as unknown as FirstResultPage).bench));
  const medians = await interleavedMedians({ loom: visit('first-result.html'), bare: visit('bare.html') });
  return timesAsLong({
    id: 'pyodide-batch/first-result',
    ours: medians.loom,
    theirs: medians.bare,
    name: 'a bare loadPyodide in a worker with the same Python',
    atMost: FIRST_RESULT_LIMIT,
  });
}

/** 1,000 trivial Python nodes in Chromium, and the first result after a page has loaded. */
export default async function pyodideBatch(): Promise<Row[]> {
  const site = await openSite(fileURLToPath(new URL('./pyodide-batch', import.meta.url)), [
    'batches.html',
    'first-result.html',
    'bare.html',
  ]);
  try {
    return [...(await measureBatches(site)), await measureFirstResult(site)];
  } finally {
    await site.close();
  }
}
