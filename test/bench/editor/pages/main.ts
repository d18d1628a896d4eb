import * as frames from './frames.js';
import { gridOf, middleOf } from './grid.js';
import type { LoomSubject } from './loom.js';
import { countedRenders, countRenders, watchRenders } from './renders.js';
import { NEAR_SIDE, PASTED, type Subject } from './subject.js';

watchRenders();

const SUBJECTS = {
  loom: async () => (await import('./loom.js')).loom(),
  plain: async () => (await import('./xyflow.js')).xyflow({ tuned: false }),
  tuned: async () => (await import('./xyflow.js')).xyflow({ tuned: true }),
  litegraph: async () => (await import('./litegraph.js')).litegraph(),
};

export type SubjectName = keyof typeof SUBJECTS;

/** No editor takes longer for anything. */
const LIMIT_MS = 120_000;

let subject: Subject | undefined;
let node = '';

function drawn(): Subject {
  if (subject === undefined) throw new Error('No editor was loaded.');
  return subject;
}

function ours(): LoomSubject {
  return drawn() as LoomSubject;
}

/** Milliseconds until there are so many nodes more or less, and these are painted. */
async function changeCount(action: () => void, by: number): Promise<number> {
  const wanted = drawn().count() + by;
  await frames.afterFrames(2);
  const begun = performance.now();
  action();
  await frames.untilPainted(() => drawn().count() === wanted, LIMIT_MS);
  return performance.now() - begun;
}

const bench = {
  ...frames,
  countRenders,
  countedRenders,
  async load(name: SubjectName): Promise<void> {
    subject = await SUBJECTS[name]();
  },
  /** Milliseconds until a flow of so many nodes is painted. */
  async draw(nodes: number): Promise<number> {
    const grid = gridOf(nodes);
    const near = middleOf(grid, NEAR_SIDE);
    node = near[near.length >> 1] ?? '';
    await frames.afterFrames(2);
    const begun = performance.now();
    drawn().draw(grid);
    await frames.untilPainted(() => drawn().isDrawn(), LIMIT_MS);
    return performance.now() - begun;
  },
  async lookAt(view: 'near' | 'all'): Promise<void> {
    drawn().lookAt(view);
    await frames.afterFrames(10);
  },
  whereabouts: () => drawn().whereabouts(node),
  grip: () => drawn().grip(node),
  ground: () => drawn().ground(),
  count: () => drawn().count(),
  paste: () => changeCount(() => drawn().paste(), PASTED),
  undo: () => changeCount(() => drawn().undo(), -PASTED),
  /** Milliseconds until the states of so many nodes are others, and painted. */
  async changeStates(count: number): Promise<number> {
    const begun = performance.now();
    drawn().changeStates?.(count);
    // What React does later it does before the next frame but one.
    await frames.afterFrames(2);
    return performance.now() - begun;
  },
  drawnNodes: () => document.querySelectorAll('.react-flow__node').length,
  async startRun(): Promise<void> {
    ours().startRun();
    await frames.afterFrames(5);
  },
  /** Says events at a steady pace. */
  sayEvents(perSecond: number, seconds: number): Promise<void> {
    const begun = performance.now();
    let said = 0;
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        const due = Math.floor((Math.min(performance.now() - begun, seconds * 1000) / 1000) * perSecond);
        if (due > said) ours().sayEvents(due - said);
        said = due;
        if (said < perSecond * seconds) return;
        clearInterval(timer);
        resolve();
      }, 10);
    });
  },
  /** Milliseconds until the whole flow is laid out and painted. */
  layOut(): Promise<number> {
    ours().layOut();
    return frames.untilPainted(() => ours().isLaidOut(), LIMIT_MS);
  },
};

export type EditorBench = typeof bench;
Object.assign(globalThis, { bench });
