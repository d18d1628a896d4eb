import { expect, it } from 'vitest';
import { Durations } from './durations.js';

const task = (typeId: string, id = typeId) => ({ id, nodeId: id, typeId, revision: 'r', inputs: {} });
const took = (name: string, durationMs: number) => ({ kind: 'success', task: name, durationMs, outputs: {} }) as const;

it('what a batch takes is the sum of what its types took, the newest counting most', () => {
  const durations = new Durations();
  const batch = { id: 'b', tasks: [task('a'), task('b')] };
  expect(durations.expect(batch.tasks)).toBeUndefined();
  durations.note(batch, [took('a', 10), { kind: 'started', task: 'b' }]);
  expect(durations.expect(batch.tasks)).toBeUndefined();
  durations.note(batch, [took('b', 2), took('a', 20), took('stranger', 1)]);
  expect(durations.expect(batch.tasks)).toBe(17);
});
