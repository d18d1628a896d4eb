import type { RuntimeEvent, RuntimeRan } from '@loom/python';
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
    outputs: { out: { handle, typeName, preview: { data: { 'text/plain': text }, truncated: false }, bytes } },
  },
];

it('tasks that are told of together have the events of any others', () => {
  const events: RuntimeEvent[] = [];
  addEventsOf(ran, [{ id: 'a' }, { id: 'b' }, { id: 'c' }], events);
  expect(events).toEqual([...success('b', 0.25, 'v7', 'int', '1', 28), ...success('c', 40, 'v8', 'None', 'None', 16)]);
});

it('what takes the same room is told once', () => {
  const events: RuntimeEvent[] = [];
  addEventsOf({ ...ran, bytes: 24, longer: [] }, [{ id: 'a' }, { id: 'b' }, { id: 'c' }], events);
  expect(events.flatMap((event) => (event.kind === 'success' ? [event.outputs.out?.bytes] : []))).toEqual([24, 24]);
});
