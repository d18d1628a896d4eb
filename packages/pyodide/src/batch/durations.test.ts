import { expect, it } from 'vitest';
import { Durations } from './durations.js';

const task = (typeId: string, id = typeId) => ({ id, nodeId: id, typeId, revision: 'r', inputs: {} });
const took = (name: string, durationMs: number) => ({ kind: 'success', task: name, durationMs, outputs: {} }) as const;

it('what a batch takes is the sum of what its types took, the newest counting most', () => {
  const durations = new Durations();
  const tasks = [task('a'), task('b')];
  const typeOf = (name: string) => tasks.find(({ id }) => id === name)?.typeId;
  expect(durations.expect(tasks)).toBeUndefined();
  durations.note(typeOf, [took('a', 10), { kind: 'started', task: 'b' }]);
  expect(durations.expect(tasks)).toBeUndefined();
  durations.note(typeOf, [took('b', 2), took('a', 20), took('stranger', 1)]);
  expect(durations.expect(tasks)).toBe(17);
});
