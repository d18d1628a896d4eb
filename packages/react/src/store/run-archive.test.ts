import { idleNode, type RunEvent } from '@loom/engine';
import { createLibrary, emptyDocument } from '@loom/graph';
import { expect, test } from 'vitest';
import { createRunArchive, MAX_KEPT_NODES, MAX_KEPT_RUNS } from './run-archive.js';

const library = createLibrary();
const nothing = new Map();
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
  expect(archive.take([started('a')], nothing).get('a')?.nodes).toBeUndefined();
  const nodes = new Map([['n0', { ...idleNode, runId: 'a' }]]);
  const kept = archive.take([finished('a')], nodes);
  expect(kept.get('a')?.nodes).toBe(nodes);
  expect(archive.take([finished('stranger')], nothing)).toBe(kept);
});

test('of many runs the oldest go', () => {
  const ids = Array.from({ length: MAX_KEPT_RUNS + 5 }, (_, index) => `r${index}`);
  const kept = archiveOf(...ids).take(
    ids.flatMap((id) => [started(id), finished(id)]),
    nothing,
  );
  expect([...kept.keys()]).toEqual(ids.slice(5));
});

test('of large runs few are kept, and the newest in any case', () => {
  const half = MAX_KEPT_NODES / 2;
  const archive = archiveOf('a', 'b', 'c', 'huge');
  const events = [started('a', half), started('b', half), started('c', half)];
  expect([...archive.take(events, nothing).keys()]).toEqual(['b', 'c', 'huge']);
  expect([...archive.take([started('huge', 2 * MAX_KEPT_NODES)], nothing).keys()]).toEqual(['huge']);
});
