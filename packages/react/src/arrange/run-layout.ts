import { LoomError } from '@loom/graph';
import type { Box } from '../layout/box.js';
import type { LayoutProblem } from './layout-problem.js';
import { placeBoxes } from './place-boxes.js';
import { placeWithElk } from './place-with-elk.js';

/** dagre places so many boxes before one notices; beyond, ELK is worth its loading. */
export const FEW_BOXES = 40;
/** Where no worker can be had dagre holds the page up, yet not for long. */
const MOST_WITHOUT_WORKER = 200;
/** Ten thousand nodes take some seconds. */
const LIMIT_MS = 60_000;

/** How a layout is computed. */
export interface LayoutRun {
  readonly signal: AbortSignal;
  /** Where the app serves the worker; else it is made from a Blob. */
  readonly workerUrl: string | undefined;
}

/**
 * Computes where boxes come to stand: the same answer each time. A few are placed at once, many in a worker.
 *
 * @throws LoomError `editor/layout-stopped` when the signal says so, `editor/layout-too-long`, `editor/layout-failed`, or
 * `editor/no-layout-worker` when there are too many to do without one.
 */
export async function runLayout(problem: LayoutProblem, run: LayoutRun): Promise<ReadonlyMap<string, Box>> {
  if (problem.boxes.length <= FEW_BOXES) return placeAtOnce(problem);
  try {
    return await placeInWorker(problem, run);
  } catch (error) {
    const isRefused = error instanceof LoomError && error.code === 'editor/no-layout-worker';
    if (!isRefused || problem.boxes.length > MOST_WITHOUT_WORKER) throw error;
    return placeAtOnce(problem);
  }
}

async function placeAtOnce(problem: LayoutProblem): Promise<ReadonlyMap<string, Box>> {
  const { placeWithDagre } = await import('./place-with-dagre.js');
  return placeBoxes(problem, placeWithDagre);
}

async function placeInWorker(problem: LayoutProblem, run: LayoutRun): Promise<ReadonlyMap<string, Box>> {
  const ends = new AbortController();
  try {
    return await Promise.race([untilStopped(run.signal, ends.signal), placeByElk(problem, run, ends.signal)]);
  } finally {
    ends.abort();
  }
}

async function placeByElk(
  problem: LayoutProblem,
  { workerUrl }: LayoutRun,
  ended: AbortSignal,
): Promise<ReadonlyMap<string, Box>> {
  const [{ elkSource }, { startElk }] = await Promise.all([import('./elk-source.js'), import('./elk-worker.js')]);
  // Nobody waits for it any more.
  ended.throwIfAborted();
  const elk = startElk(elkSource, workerUrl);
  ended.addEventListener('abort', () => elk.close());
  return placeBoxes(problem, placeWithElk(elk.ask));
}

/** Refuses when it is stopped or takes too long, whatever is waited for. */
function untilStopped(signal: AbortSignal, ended: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(tooLong()), LIMIT_MS);
    const stop = () => reject(new LoomError('editor/layout-stopped', 'Laying out was stopped.'));
    signal.addEventListener('abort', stop);
    ended.addEventListener('abort', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    });
    if (signal.aborted) stop();
  });
}

function tooLong(): LoomError {
  return new LoomError(
    'editor/layout-too-long',
    `Laying out took longer than ${LIMIT_MS / 1000} s and was stopped. Select a part of the flow and lay that out.`,
  );
}
