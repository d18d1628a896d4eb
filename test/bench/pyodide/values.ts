import type { BenchSite } from '../browser.js';
import { interleavedMedians } from '../measure.js';
import { atMost, type Row, timesAsLong } from '../row.js';
import { call, make } from './page.js';

const TRANSFER_LIMIT = 1.5;
const STAY_MEGABYTES = 5;
const STAY_RUNS = 5;

/** 64 MB of float64 from one worker to another, against copying out, handing over, and copying in. */
export function transfer64(site: BenchSite): Promise<Row> {
  return site.visit('runs.html', async (page) => {
    await make(page, 'transfers');
    await call(page, 'transfers', 'ready');
    const medians = await interleavedMedians(
      { pool: () => call(page, 'transfers', 'pool'), bare: () => call(page, 'transfers', 'bare') },
      { repetitions: 15, warmUps: 3 },
    );
    return timesAsLong({
      id: 'pyodide/transfer-64mb',
      ours: medians.pool,
      theirs: medians.bare,
      name: 'copy out, transfer, copy in between two bare workers',
      atMost: TRANSFER_LIMIT,
    });
  });
}

/** 100 MB through five nodes of one lane: what the page's memory grows by, buffers included. */
export function stay100(site: BenchSite): Promise<Row> {
  return site.visit('runs.html', async (page) => {
    await make(page, 'stay');
    await call(page, 'stay', 'ready');
    const session = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage');
      const usage = (await session.send('Runtime.getHeapUsage')) as {
        readonly usedSize: number;
        readonly backingStorageSize?: number;
      };
      return (usage.usedSize + (usage.backingStorageSize ?? 0)) / 1e6;
    };
    await call(page, 'stay', 'run');
    const before = await heap();
    let ms = 0;
    for (let i = 0; i < STAY_RUNS; i++) ms = await call(page, 'stay', 'run');
    return atMost({
      id: 'pyodide/stay-100mb',
      value: Math.max(0, (await heap()) - before),
      unit: 'MB',
      limit: STAY_MEGABYTES,
      against: `growth of the page's memory over ${STAY_RUNS} runs of 5 nodes with 100 MB between them`,
      ms,
      repetitions: STAY_RUNS,
    });
  });
}
