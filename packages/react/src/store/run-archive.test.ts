import { idleNode, type RunEvent } from '@loom/engine';
import { createLibrary, emptyDocument } from '@loom/graph';
import { expect, test } from 'vitest';
import { noFrameRecords } from './frame-records.js';
import { createRunArchive, MAX_KEPT_NODES, MAX_KEPT_RUNS } from './run-archive.js';

const library = createLibrary();
const nothing = new Map();
const noFrames = () => undefined;
/** Iterations that know so many nodes. */
const framesOf = (size: number) => () => ({ records: { ...noFrameRecords }, size });
const inRun = (runId: string) => ({ runId, sequence: 0, at: 0 });
const started = (runId: string, count = 1): RunEvent => ({
  ...inRun(runId),
  kind: 'run-started',
  nodes: Array.from({ length: count }, (_, index) => `n${index}`),
});
const finished = (runId: string): RunEvent => ({
  ...inRun(runId),
  kind: 'run-finished',
  status: 'succeeded',
  counts: { success: 0, error: 0, skipped: 0, cancelled: 0, cached: 0 },
  durationMs: 1,
});

function archiveOf(...ids: string[]) {
  const archive = createRunArchive();
  for (const id of ids) archive.begin({ id, document: emptyDocument, library, targets: undefined, before: nothing });
  return archive;
}

test('what nodes show when a run ends is kept with it, and what comes later does not change it', () => {
  const archive = archiveOf('a');
  expect(archive.take([started('a')], nothing, noFrames).get('a')?.nodes).toBeUndefined();
  const nodes = new Map([['n0', { ...idleNode, runId: 'a' }]]);
  const kept = archive.take([finished('a')], nodes, noFrames);
  expect(kept.get('a')?.nodes).toBe(nodes);
  expect(archive.take([finished('stranger')], nothing, noFrames)).toBe(kept);
});

test('of many runs the oldest go', () => {
  const ids = Array.from({ length: MAX_KEPT_RUNS + 5 }, (_, index) => `r${index}`);
  const kept = archiveOf(...ids).take(
    ids.flatMap((id) => [started(id), finished(id)]),
    nothing,
    noFrames,
  );
  expect([...kept.keys()]).toEqual(ids.slice(5));
});

test('of large runs few are kept, and the newest in any case', () => {
  const half = MAX_KEPT_NODES / 2;
  const archive = archiveOf('a', 'b', 'c', 'huge');
  const events = [started('a', half), started('b', half), started('c', half)];
  expect([...archive.take(events, nothing, noFrames).keys()]).toEqual(['b', 'c', 'huge']);
  expect([...archive.take([started('huge', 2 * MAX_KEPT_NODES)], nothing, noFrames).keys()]).toEqual(['huge']);
});

test('iterations are kept with their run; those of the oldest runs go before the runs themselves', () => {
  const archive = archiveOf('a', 'b', 'c');
  const framesAfter = (id: string, size: number) =>
    [...archive.take([started(id), finished(id)], nothing, framesOf(size)).values()].map(
      ({ frames }) => frames !== undefined,
    );
  expect(framesAfter('a', MAX_KEPT_NODES / 2)).toEqual([true, false, false]);
  expect(framesAfter('b', MAX_KEPT_NODES / 4)).toEqual([true, true, false]);
  expect(framesAfter('c', MAX_KEPT_NODES / 2)).toEqual([false, true, true]);
});
