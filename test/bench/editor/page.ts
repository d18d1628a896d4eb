import path from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { root } from '../../../scripts/workspace.js';
import type { BenchSite } from '../browser.js';
import type { EditorBench, SubjectName } from './pages/main.js';

/** The build of a peer that is a script, not a module. */
const LITEGRAPH = path.join(root, 'test/bench/peers/node_modules/litegraph.js/build/litegraph.js');

/** Who takes longer for a measure, in milliseconds, is not waited for: plain xyflow with ten thousand nodes may take minutes. */
const LIMIT_MS = 120_000;

const VIEWPORT = { width: 1400, height: 900 };

type Key = keyof EditorBench & string;

/** An editor in a page of its own, and what the browser says of the page. */
export interface EditorPage {
  readonly page: Page;
  /** Calls a method of the page's bench. */
  call<Name extends Key>(
    name: Name,
    ...args: Parameters<EditorBench[Name]>
  ): Promise<Awaited<ReturnType<EditorBench[Name]>>>;
  /** Milliseconds of processor that the page's main thread has taken, whatever else the machine does. */
  cpuMs(): Promise<number>;
  /** Bytes of the page's heap that are in use, after all garbage is collected. */
  heapBytes(): Promise<number>;
}

function connect(page: Page, session: CDPSession): EditorPage {
  return {
    page,
    call: (name, ...args) =>
      page.evaluate(
        ({ method, values }) => {
          const { bench } = globalThis as unknown as { bench: Record<string, (...all: unknown[]) => unknown> };
          return bench[method]?.(...values) as never;
        },
        { method: name as string, values: args as unknown[] },
      ),
    async cpuMs() {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
    },
    async heapBytes() {
      // What finalizers let go is garbage only the second time.
      for (let at = 0; at < 2; at++) await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    },
  };
}

/** What the work gives, unless it takes too long: then it ends with the page. */
async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It takes longer than ${LIMIT_MS / 1000} s.`)), LIMIT_MS);
  });
  // What is asked of the page fails when the page is closed, and nobody waits for it then.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/** Opens a page, loads an editor into it, does the work and closes the page. */
export function withEditor<Result>(
  site: BenchSite,
  name: SubjectName,
  work: (editor: EditorPage) => Promise<Result>,
): Promise<Result> {
  return site.visit('editor.html', async (page) => {
    await page.setViewportSize(VIEWPORT);
    const session = await page.context().newCDPSession(page);
    // Of the thread, not of the clock: others may hold the machine up.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    if (name === 'litegraph') await page.addScriptTag({ path: LITEGRAPH });
    const editor = connect(page, session);
    await editor.call('load', name);
    return inTime(work(editor));
  });
}
