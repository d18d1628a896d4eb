import { emptyDocument } from '@loom/graph';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { COMMIT_IDLE_MS, createCommitTracker } from './commit-tracker.js';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const edit = (label: string, mergeKey?: string) => ({
  kind: 'edit' as const,
  label,
  ...(mergeKey === undefined ? {} : { mergeKey }),
});

test('a gesture commits at once, a burst of typing once when it is over', () => {
  const commits: string[] = [];
  const tracker = createCommitTracker((_, { label }) => commits.push(label));
  tracker.take(emptyDocument, edit('move'));
  tracker.take(emptyDocument, edit('t1', 'title'));
  tracker.take(emptyDocument, edit('t2', 'title'));
  expect(commits).toEqual(['move']);
  vi.advanceTimersByTime(COMMIT_IDLE_MS);
  expect(commits).toEqual(['move', 't2']);
  vi.advanceTimersByTime(COMMIT_IDLE_MS);
  expect(commits).toEqual(['move', 't2']);
});

test('what comes next commits what was pending first', () => {
  const commits: string[] = [];
  const tracker = createCommitTracker((_, { label }) => commits.push(label));
  tracker.take(emptyDocument, edit('t1', 'title'));
  tracker.take(emptyDocument, edit('n1', 'name'));
  tracker.take(emptyDocument, edit('move'));
  expect(commits).toEqual(['t1', 'n1', 'move']);
  tracker.flush();
  expect(commits).toHaveLength(3);
});
