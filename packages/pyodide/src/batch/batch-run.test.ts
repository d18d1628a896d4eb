import type { OutputSummary, TaskEvent } from '@loom/engine';
import { expect, it } from 'vitest';
import { BatchRun } from './batch-run.js';

function follow(tasks: readonly string[]) {
  const events: TaskEvent[] = [];
  const batch = {
    id: 'b',
    tasks: tasks.map((id) => ({ id, nodeId: id, typeId: 'f', revision: 'r', inputs: {} })),
  };
  const run = new BatchRun(batch, (group) => void events.push(...group), {
    keep: (handle) => ({ executor: 'python', handle: `2:${handle}` }),
    summary: ({ handle, ...output }) =>
      ({ ref: { executor: 'python', handle: `2:${handle}` }, ...output }) as OutputSummary,
  });
  return { run, events };
}

const lost = { code: 'executor/lost', message: 'lost', frames: [] };
const fatal = { code: 'python/fatal', message: 'fatal', frames: [] };
const preview = { data: { 'text/plain': '1' }, truncated: false };

it('handles become refs of this executor and this worker', () => {
  const { run, events } = follow(['a']);
  const outputs = { out: { handle: 'h1', typeName: 'int', preview } };
  run.take([{ kind: 'success', task: 'a', durationMs: 2, outputs }]);
  expect(events).toEqual([
    {
      kind: 'success',
      task: 'a',
      durationMs: 2,
      outputs: { out: { ref: { executor: 'python', handle: '2:h1' }, typeName: 'int', preview } },
    },
  ]);
});

it('a worker that dies ends the running task in one way and those that had not begun in another', () => {
  const { run, events } = follow(['a', 'b', 'c']);
  run.take([
    { kind: 'started', task: 'a' },
    { kind: 'unresolved', task: 'a' },
    { kind: 'started', task: 'b' },
  ]);
  run.finish(fatal, lost);
  expect(events.slice(3)).toEqual([
    { kind: 'error', task: 'b', durationMs: 0, error: fatal },
    { kind: 'error', task: 'c', durationMs: 0, error: lost },
  ]);
});

it('blames the task that was running, although its start was never told', () => {
  const { run, events } = follow(['a', 'b']);
  run.take([{ kind: 'started', task: 'a' }]);
  run.begin('b');
  run.finish(fatal, lost);
  expect(events.slice(1)).toEqual([
    { kind: 'started', task: 'b' },
    { kind: 'error', task: 'a', durationMs: 0, error: lost },
    { kind: 'error', task: 'b', durationMs: 0, error: fatal },
  ]);
});

it('nothing is said of a task after its last event', () => {
  const { run, events } = follow(['a']);
  run.finish('cancelled', 'cancelled');
  run.take([{ kind: 'output', task: 'a', stream: 'stdout', text: 'late' }]);
  run.finish(lost, lost);
  expect(events).toEqual([{ kind: 'cancelled', task: 'a' }]);
});

it('output of streams comes also after their tasks, and of tasks of other batches', () => {
  const { run, events } = follow(['a', 'b']);
  const said = (task: string) => ({ kind: 'output', task, stream: 'stdout', text: task }) as const;
  const ended = (task: string, isStream: boolean) =>
    ({
      kind: 'success',
      task,
      durationMs: 1,
      outputs: { out: { handle: task, typeName: 'x', preview, ...(isStream ? { isStream } : {}) } },
    }) as const;
  run.take([ended('a', true), said('a'), said('other')]);
  run.take([{ kind: 'started', task: 'other' }, ended('b', false), said('b')]);
  expect(events.map(({ kind, task }) => `${kind} ${task}`)).toEqual([
    'success a',
    'output a',
    'output other',
    'success b',
  ]);
  run.finish(lost, lost);
  run.take([said('b')]);
  expect(events).toHaveLength(4);
});
