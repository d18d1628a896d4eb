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

async function placeInWorker(
  problem: LayoutProblem,
  { signal, workerUrl }: LayoutRun,
): Promise<ReadonlyMap<string, Box>> {
  const [{ elkSource }, { startElk }] = await Promise.all([import('./elk-source.js'), import('./elk-worker.js')]);
  const stopped = () => new LoomError('editor/layout-stopped', 'Laying out was stopped.');
  if (signal.aborted) throw stopped();
  const elk = startElk(elkSource, workerUrl);
  const stop = () => elk.close(stopped());
  signal.addEventListener('abort', stop);
  const timer = setTimeout(() => elk.close(tooLong()), LIMIT_MS);
  try {
    return await placeBoxes(problem, placeWithElk(elk.ask));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    elk.close();
  }
}

function tooLong(): LoomError {
  return new LoomError(
    'editor/layout-too-long',
    `Laying out took longer than ${LIMIT_MS / 1000} s and was stopped. Select a part of the flow and lay that out.`,
  );
}
