import { createLibrary } from '@loom/graph';
import { flow, randomFlowTypes, simulatedClock } from '@loom/testing';
import { expect, it } from 'vitest';
import { builtinShelf } from '../builtin-shelf.js';
import { createEngine } from '../engine/engine.js';
import type { EngineEvent } from '../event.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { turn } from './live-fixture.js';

const library = createLibrary({ shelves: [builtinShelf, { name: 'test', types: randomFlowTypes }] });
const { document } = flow()
  .node('n', 'loom/host-event', { name: 'go' })
  .node('a', randomFlowTypes[0]?.id ?? '')
  .wire('n.payload', 'a.in');

it('an engine makes a flow live by its own clock, and stops it when it is disposed of', async () => {
  const clock = simulatedClock(500);
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()], clock });
  const finished: EngineEvent[] = [];
  engine.subscribe((events) => finished.push(...events.filter(({ kind }) => kind === 'run-finished')));
  const live = engine.goLive(document);
  const times: number[] = [];
  live.subscribe((events) => times.push(...events.map(({ at }) => at)));
  await turn();
  expect(live.emit('go', 7)).toBe(1);
  for (let i = 0; i < 1000 && finished.length === 0; i++) await turn();
  expect(finished).toMatchObject([{ status: 'succeeded' }]);
  expect(new Set(times)).toEqual(new Set([500]));
  await engine.dispose();
  expect(live.state.status).toBe('stopped');
  expect(live.emit('go', 8)).toBe(0);
  expect(() => engine.goLive(document)).toThrow(expect.objectContaining({ code: 'engine/disposed' }));
});
