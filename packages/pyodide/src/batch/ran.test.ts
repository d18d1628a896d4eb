import type { TaskEvent } from '@loom/engine';
import type { RuntimeRan } from '@loom/python';
import { expect, it } from 'vitest';
import { addEventsOf } from './ran.js';

const ran: RuntimeRan = {
  kind: 'ran',
  first: 1,
  port: 'out',
  handle: 7,
  types: 'in',
  texts: ['1', 'None'],
  bytes: [28, 16],
  durationMs: 0.25,
  longer: [[2, 40]],
};
const success = (task: string, durationMs: number, handle: string, typeName: string, text: string, bytes: number) => [
  { kind: 'started', task },
  {
    kind: 'success',
    task,
    durationMs,
    outputs: {
      out: {
        ref: { executor: 'python', handle },
        typeName,
        preview: { data: { 'text/plain': text }, truncated: false },
        bytes,
      },
    },
  },
];

function eventsOf(told: RuntimeRan, ended: readonly string[] = []) {
  const events: TaskEvent[] = [];
  const kept: string[] = [];
  const taker = {
    end: (task: string) => !ended.includes(task),
    keep(handle: string, bytes: number) {
      kept.push(`${handle} ${bytes}`);
      return { executor: 'python', handle };
    },
  };
  addEventsOf(told, [{ id: 'a' }, { id: 'b' }, { id: 'c' }], taker, events);
  return { events, kept };
}

it('tasks that are told of together have the events of any others', () => {
  const { events, kept } = eventsOf(ran);
  expect(events).toEqual([...success('b', 0.25, 'v7', 'int', '1', 28), ...success('c', 40, 'v8', 'None', 'None', 16)]);
  expect(kept).toEqual(['v7 28', 'v8 16']);
});

it('what takes the same room is told once', () => {
  expect(eventsOf({ ...ran, bytes: 24, longer: [] }).kept).toEqual(['v7 24', 'v8 24']);
});

it('nothing is said of a task that has ended', () => {
  const { events, kept } = eventsOf(ran, ['b']);
  expect(events).toEqual(success('c', 40, 'v8', 'None', 'None', 16));
  expect(kept).toEqual(['v8 16']);
});
