import type { Page } from 'playwright';
import type { BenchSite } from '../browser.js';
import { interleavedMedians, median } from '../measure.js';
import { atMost, type Row, timesAsLong, timesFaster } from '../row.js';
import { call, make } from './page.js';
import type { Stopped } from './pages/stop.js';

const ROUND_TRIPS_SAVED = 8;
const FLOOR_LIMIT = 10;
const COLD_LIMIT = 1.2;
const SNAPSHOT_LIMIT = 0.3;
/** A page makes its snapshot when it has nothing to do; a busy machine takes its time. */
const SNAPSHOT_MADE_MS = 120_000;
const LOOK_AGAIN_MS = 250;
const PARALLEL_GAIN = 1.7;
const CANCELS = 7;
const SETTLED_ISOLATED_MS = 200;
const SETTLED_PLAIN_MS = 300;
const NEXT_TASK_MS = 500;
const PRINT_MESSAGES = 300;
const RUNS = 10_000;
const WARM_UP_RUNS = 500;
/** Growth over all runs: what one forgotten object for each would leave is many times as much. */
const MORE_OBJECTS = 500;
const MORE_MEGABYTES = 2;

interface FirstResultPage {
  readonly bench: Promise<number>;
}

/** Boot to the first result, against a bare `loadPyodide` and the same code. */
export async function bootCold(site: BenchSite): Promise<Row> {
  const visit = (file: string) => () =>
    site.visit(file, (page) => page.evaluate(() => (globalThis as unknown as FirstResultPage).bench));
  const medians = await interleavedMedians({ loom: visit('first-result.html'), bare: visit('bare.html') });
  return timesAsLong({
    id: 'pyodide/boot-cold',
    ours: medians.loom,
    theirs: medians.bare,
    name: 'a bare loadPyodide in a worker with the same Python',
    atMost: COLD_LIMIT,
  });
}

/** Boot to the first result with a snapshot that an earlier page has made, against a cold one. */
export async function bootSnapshot(site: BenchSite): Promise<Row> {
  const result = (page: Page) => page.evaluate(() => (globalThis as unknown as FirstResultPage).bench);
  const context = await site.openContext();
  try {
    await context.visit('first-result.html', async (page) => {
      await result(page);
      await whenStored(page);
    });
    const { snapshot, cold, cached } = await interleavedMedians({
      snapshot: () => context.visit('first-result.html', result),
      cached: () => context.visit('first-result.html?cold', result),
      cold: () => site.visit('first-result.html?cold', result),
    });
    return timesAsLong({
      id: 'pyodide/boot-snapshot',
      ours: snapshot,
      theirs: cold,
      name: `a cold boot, which is ${cached.toFixed(0)} ms with what browsers cache`,
      atMost: SNAPSHOT_LIMIT,
      parts: { cached },
    });
  } finally {
    await context.close();
  }
}

/** `waitForFunction` takes the promise of an asynchronous predicate for a yes. */
async function whenStored(page: Page): Promise<void> {
  const until = performance.now() + SNAPSHOT_MADE_MS;
  while (!(await page.evaluate(isStored))) {
    if (performance.now() > until) throw new Error(`No snapshot was stored within ${SNAPSHOT_MADE_MS / 1000} s.`);
    await page.waitForTimeout(LOOK_AGAIN_MS);
  }
}

/** Whether the page has kept a snapshot. */
async function isStored(): Promise<boolean> {
  const databases = await indexedDB.databases();
  if (!databases.some(({ name }) => name === 'loom-pyodide')) return false;
  return new Promise((resolve) => {
    const opening = indexedDB.open('loom-pyodide');
    opening.onerror = () => resolve(false);
    opening.onsuccess = () => {
      const counting = opening.result.transaction('snapshots').objectStore('snapshots').count();
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result > 0);
      };
    };
  });
}

/** Two branches that compute, on one lane and on two. */
export function parallel(site: BenchSite): Promise<Row> {
  return site.visit('runs.html', async (page) => {
    await make(page, 'twoBranches');
    await call(page, 'twoBranches', 'ready');
    const medians = await interleavedMedians({
      two: () => call(page, 'twoBranches', 'measure', 2),
      one: () => call(page, 'twoBranches', 'measure', 1),
      twoWorkers: () => call(page, 'twoBranches', 'spin', 2),
      oneWorker: () => call(page, 'twoBranches', 'spin', 1),
    });
    const overlap = await call(page, 'twoBranches', 'overlap');
    const machineGain = medians.oneWorker / medians.twoWorkers;
    const here = `two bare workers gain ${machineGain.toFixed(2)}x on this machine just now`;
    return timesFaster({
      id: 'pyodide/parallel-2',
      ours: medians.two,
      theirs: medians.one,
      name: `one lane (both branches were under way for ${(overlap * 100).toFixed(0)}% of the run; ${here})`,
      atLeast: PARALLEL_GAIN,
      parts: { overlap, machineGain },
    });
  });
}

/** 1,000 trivial nodes, against one round trip to the worker for each. */
export function batches(shape: 'chain' | 'layered') {
  return (site: BenchSite): Promise<Row> =>
    site.visit('runs.html', async (page) => {
      await make(page, 'chainOrLayered');
      await call(page, 'chainOrLayered', 'ready');
      const measure = (mode: 'batched' | 'single') => () => call(page, 'chainOrLayered', 'measure', shape, mode);
      const medians = await interleavedMedians({ batched: measure('batched'), single: measure('single') });
      return timesFaster({
        id: `pyodide/batch-${shape}`,
        ours: medians.batched,
        theirs: medians.single,
        name: 'one worker round trip per node',
        atLeast: ROUND_TRIPS_SAVED,
      });
    });
}

/** 1,000 trivial nodes, against a loop in Python that calls the same by hand. */
export function batchFloor(site: BenchSite): Promise<Row> {
  return site.visit('runs.html', async (page) => {
    await make(page, 'floor');
    await call(page, 'floor', 'ready');
    const medians = await interleavedMedians({
      ours: () => call(page, 'floor', 'run'),
      byHand: () => call(page, 'floor', 'bare', 'byHand'),
      least: () => call(page, 'floor', 'bare', 'least'),
    });
    const times = (medians.ours / medians.least).toFixed(0);
    return timesAsLong({
      id: 'pyodide/batch-floor',
      ours: medians.ours,
      theirs: medians.byHand,
      name: `a loop in the same worker that calls the functions by name with values out of a dictionary (${times}x one that only adds to a list)`,
      atMost: FLOOR_LIMIT,
      parts: { least: medians.least },
    });
  });
}

/** Cancelling `while True: pass`, with and without cross-origin isolation. */
export function cancel(mode: 'isolated' | 'plain') {
  return (site: BenchSite): Promise<Row> =>
    site.visit(
      'runs.html',
      async (page) => {
        await make(page, 'cancelBusy');
        await call(page, 'cancelBusy', 'ready');
        const all: Stopped[] = [];
        for (let i = 0; i < CANCELS; i++) {
          const stopped = await call(page, 'cancelBusy', 'once');
          if (stopped.isIsolated !== (mode === 'isolated')) throw new Error('The page has the wrong headers.');
          all.push(stopped);
        }
        const nextMs = median(all.map((stopped) => stopped.nextMs));
        const upstreamRuns = all.reduce((sum, stopped) => sum + stopped.upstreamRuns, 0);
        const row = atMost({
          id: `pyodide/cancel-${mode}`,
          value: median(all.map(({ settledMs }) => settledMs)),
          unit: 'ms',
          limit: mode === 'isolated' ? SETTLED_ISOLATED_MS : SETTLED_PLAIN_MS,
          against: `the next task starts after ${nextMs.toFixed(0)} ms; upstream ran again ${upstreamRuns} times in ${CANCELS}`,
          parts: { nextMs, upstreamRuns },
          repetitions: CANCELS,
        });
        return { ...row, ok: row.ok && nextMs <= NEXT_TASK_MS && upstreamRuns === 0 };
      },
      { isolated: mode === 'isolated' },
    );
}

/** 100,000 prints: messages, and the longest task of the page. */
export function prints(site: BenchSite): Promise<Row> {
  return site.visit('runs.html', async (page) => {
    await make(page, 'prints');
    await call(page, 'prints', 'ready');
    const { messages, longestTaskMs, isMarked, ms } = await call(page, 'prints', 'once');
    const row = atMost({
      id: 'pyodide/prints-100k',
      value: messages,
      unit: 'messages',
      limit: PRINT_MESSAGES,
      against: `longest task of the page ${longestTaskMs.toFixed(0)} ms; ${isMarked ? 'marked as cut' : 'NOT marked as cut'}`,
      ms,
      parts: { longestTaskMs },
    });
    return { ...row, ok: row.ok && longestTaskMs < 50 && isMarked };
  });
}

/** 10,000 runs of a small flow: what stays in Python and in the page. */
export function leaks(site: BenchSite): Promise<Row> {
  return site.visit('runs.html', async (page) => {
    await make(page, 'manyRuns');
    const session = await page.context().newCDPSession(page);
    const heap = async (): Promise<number> => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
    };
    await call(page, 'manyRuns', 'run', WARM_UP_RUNS);
    const before = { objects: await call(page, 'manyRuns', 'objects'), megabytes: await heap() };
    await call(page, 'manyRuns', 'run', RUNS);
    const objects = (await call(page, 'manyRuns', 'objects')) - before.objects;
    const megabytes = (await heap()) - before.megabytes;
    const row = atMost({
      id: 'pyodide/leak-10k',
      value: megabytes,
      unit: 'MB',
      limit: MORE_MEGABYTES,
      against: `growth of the page's heap over ${RUNS} runs; ${objects} more objects in Python`,
      parts: { objects },
    });
    return { ...row, ok: row.ok && objects <= MORE_OBJECTS };
  });
}
