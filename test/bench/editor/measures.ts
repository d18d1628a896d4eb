import type { BenchSite } from '../browser.js';
import { median } from '../measure.js';
import { atMost, type Row, timesAsLong } from '../row.js';
import { type Gesture, measureGesture } from './gestures.js';
import { type EditorPage, withEditor } from './page.js';
import type { SubjectName } from './pages/main.js';

/** One measure of ours, and what of it others are asked for too. */
export interface Measure {
  ours(site: BenchSite, id: string): Promise<Row>;
  peer?(site: BenchSite, id: string, name: SubjectName): Promise<Row>;
}

/** Pages are opened so often for a first render. */
const FIRST_RENDERS = 5;

async function firstRender(site: BenchSite, name: SubjectName, nodes: number): Promise<{ ms: number; cpu: number }> {
  return withEditor(site, name, async (editor) => {
    const before = await editor.cpuMs();
    const ms = await editor.call('draw', nodes);
    return { ms, cpu: (await editor.cpuMs()) - before };
  });
}

/** Until a flow is painted for the first time, in a fresh page each time. */
export function first(nodes: number): Measure {
  return {
    async ours(site, id) {
      const [ours, theirs]: [number[], number[]] = [[], []];
      const [ourCpu, theirCpu]: [number[], number[]] = [[], []];
      for (let at = 0; at < FIRST_RENDERS; at++) {
        const loom = await firstRender(site, 'loom', nodes);
        ours.push(loom.ms);
        ourCpu.push(loom.cpu);
        const tuned = await firstRender(site, 'tuned', nodes);
        theirs.push(tuned.ms);
        theirCpu.push(tuned.cpu);
      }
      const cpu = { cpu: Math.round(median(ourCpu)), tunedCpu: Math.round(median(theirCpu)) };
      return timesAsLong({
        id,
        ours: median(ours),
        theirs: median(theirs),
        name: 'tuned xyflow',
        atMost: 1.3,
        parts: cpu,
        repetitions: FIRST_RENDERS,
      });
    },
    async peer(site, id, name) {
      const { ms, cpu } = await firstRender(site, name, nodes);
      return atMost({ id, value: ms, unit: 'ms', against: `${nodes} nodes`, parts: { cpu }, repetitions: 1 });
    },
  };
}

interface GestureLimits {
  /** Milliseconds that 95 of 100 frames keep to. */
  readonly p95: number;
  /** Milliseconds of processor for an event. */
  readonly cpu?: number;
}

/** What a gesture costs in a view. */
export function gesture(kind: Gesture, nodes: number, view: 'near' | 'all', limits: GestureLimits): Measure {
  async function cost(site: BenchSite, name: SubjectName) {
    return withEditor(site, name, async (editor) => {
      await editor.call('draw', nodes);
      await editor.call('lookAt', view);
      return measureGesture(editor, kind);
    });
  }
  const rowOf = ({ p50, p95, cpu }: Awaited<ReturnType<typeof cost>>, id: string) => {
    const bound = limits.cpu === undefined ? '' : ` of ${limits.cpu}`;
    return {
      id,
      value: p95,
      unit: 'ms',
      against: `from frame to frame for 95 of 100; ${cpu.toFixed(1)}${bound} ms of processor an event`,
      parts: { p50, cpu },
    };
  };
  return {
    async ours(site, id) {
      const measured = await cost(site, 'loom');
      const row = atMost({ ...rowOf(measured, id), limit: limits.p95 });
      return limits.cpu === undefined || measured.cpu <= limits.cpu ? row : { ...row, ok: false };
    },
    peer: async (site, id, name) => atMost(rowOf(await cost(site, name), id)),
  };
}

/** So often a thousand nodes are pasted and taken back. */
const PASTES = 5;

/** Pasting a thousand nodes, and taking that back. */
export function paste(nodes: number, limit: number): Measure {
  async function cost(site: BenchSite, name: SubjectName, repetitions: number) {
    return withEditor(site, name, async (editor) => {
      await editor.call('draw', nodes);
      await editor.call('lookAt', 'near');
      const times: { paste: number[]; undo: number[]; cpu: number[] } = { paste: [], undo: [], cpu: [] };
      for (let at = 0; at < repetitions; at++) {
        const before = await editor.cpuMs();
        times.paste.push(await editor.call('paste'));
        times.cpu.push((await editor.cpuMs()) - before);
        times.undo.push(await editor.call('undo'));
      }
      return { paste: median(times.paste), undo: median(times.undo), cpu: median(times.cpu), repetitions };
    });
  }
  const rowOf = ({ paste: pasted, undo, cpu, repetitions }: Awaited<ReturnType<typeof cost>>, id: string) => ({
    id,
    value: Math.max(pasted, undo),
    unit: 'ms',
    against: `1,000 nodes into ${nodes}: ${pasted.toFixed(0)} ms, and undo: ${undo.toFixed(0)} ms`,
    parts: { paste: pasted, undo, pasteCpu: cpu },
    repetitions,
  });
  return {
    ours: async (site, id) => atMost({ ...rowOf(await cost(site, 'loom', PASTES), id), limit }),
    // Undo of some takes seconds.
    peer: async (site, id, name) => atMost(rowOf(await cost(site, name, 1), id)),
  };
}

/** What stays in use of a page with a flow that was looked at. */
export function heap(nodes: number, limit: number): Measure {
  const cost = (site: BenchSite, name: SubjectName) =>
    withEditor(site, name, async (editor) => {
      await editor.call('draw', nodes);
      await editor.call('lookAt', 'near');
      return (await editor.heapBytes()) / 2 ** 20;
    });
  const rowOf = (value: number, id: string) => ({
    id,
    value,
    unit: 'MB',
    against: 'of a page, after collecting garbage',
  });
  return {
    ours: async (site, id) => atMost({ ...rowOf(await cost(site, 'loom'), id), limit }),
    peer: async (site, id, name) => atMost(rowOf(await cost(site, name), id)),
  };
}

async function withRun<Result>(
  site: BenchSite,
  name: SubjectName,
  work: (editor: EditorPage) => Promise<Result>,
): Promise<Result> {
  return withEditor(site, name, async (editor) => {
    await editor.call('draw', 1000);
    await editor.call('lookAt', 'near');
    if (name === 'loom') await editor.call('startRun');
    return work(editor);
  });
}

/** Which nodes render when so many states change at once. */
export function status(count: number): Measure {
  const cost = (site: BenchSite, name: SubjectName) =>
    withRun(site, name, async (editor) => {
      await editor.call('countRenders');
      const before = await editor.cpuMs();
      const ms = await editor.call('changeStates', count);
      const cpu = (await editor.cpuMs()) - before;
      const renders = await editor.call('countedRenders');
      return { ...renders, cpu, ms, visible: await editor.call('drawnNodes') };
    });
  const rowOf = (
    { nodes, edges, components, frames, visible, cpu, ms }: Awaited<ReturnType<typeof cost>>,
    id: string,
  ) => ({
    id,
    value: nodes.length,
    unit: 'nodes',
    against: `rendered in ${frames} frame${frames === 1 ? '' : 's'}, of ${visible} that are drawn`,
    ms,
    parts: { cpu, wires: edges, components, visible },
  });
  return {
    async ours(site, id) {
      const measured = await cost(site, 'loom');
      const row = atMost({ ...rowOf(measured, id), limit: count === 1 ? 1 : measured.visible });
      return measured.nodes.length > 0 && measured.frames === 1 ? row : { ...row, ok: false };
    },
    peer: async (site, id, name) => atMost(rowOf(await cost(site, name), id)),
  };
}

/** Over this one feels that the page hesitates; the browser tells no shorter tasks. */
const LONG_TASK_MS = 50;

function longTaskRow(id: string, tasks: readonly number[], during: string): Row {
  const against = `longest task ${during}; ${tasks.length} were over ${LONG_TASK_MS} ms`;
  return atMost({ id, value: Math.max(0, ...tasks), unit: 'ms', against, limit: LONG_TASK_MS });
}

/** Many events of a run for a long time. */
export function events(perSecond: number, seconds: number): Measure {
  return {
    ours: (site, id) =>
      withRun(site, 'loom', async ({ call }) => {
        await call('recordLongTasks');
        await call('sayEvents', perSecond, seconds);
        const tasks = await call('recordedLongTasks');
        return longTaskRow(id, tasks, `in ${seconds} s with ${perSecond} events a second`);
      }),
  };
}

/** Laying out a whole flow. */
export function layout(nodes: number): Measure {
  return {
    ours: (site, id) =>
      withEditor(site, 'loom', async ({ call }) => {
        await call('draw', nodes);
        await call('lookAt', 'near');
        await call('recordLongTasks');
        const ms = await call('layOut');
        return longTaskRow(
          id,
          await call('recordedLongTasks'),
          `while ${nodes} nodes are laid out in ${ms.toFixed(0)} ms`,
        );
      }),
  };
}

const KEYS = 'the quick brown fox jumps over it';

/** A key in a field of a node. */
export function typing(nodes: number, limit: number): Measure {
  return {
    ours: (site, id) =>
      withEditor(site, 'loom', async (editor) => {
        await editor.call('draw', nodes);
        await editor.call('lookAt', 'near');
        await editor.page.locator('.loom-row-widget :is(input, textarea)').nth(8).click();
        const spent: number[] = [];
        for (const key of KEYS) {
          const before = await editor.cpuMs();
          await editor.page.keyboard.press(key);
          await editor.call('painted');
          spent.push((await editor.cpuMs()) - before);
        }
        // The first ones bring code that was never called.
        const warm = spent.slice(5).sort((a, b) => a - b);
        const parts = { longest: warm.at(-1) ?? 0 };
        return atMost({ id, value: median(warm), unit: 'ms', against: 'of processor for a key', limit, parts });
      }),
  };
}
