import { expect, it } from 'vitest';
import type { FrameStep } from '../event.js';
import { inFrame, stage, success } from './record-fixture.js';
import { recordedRunJson } from './recorded-run.js';

it('gives plain JSON that says the same', () => {
  const { tell, start, finish, recorder, spans } = stage();
  const inner: readonly FrameStep[] = [...inFrame(1), { node: 'while', index: 0 }];
  start('r');
  tell('r', 0.0004, { kind: 'node-queued', node: 'a' });
  tell('r', 1.23456, { kind: 'node-started', node: 'a' });
  tell('r', 2, { ...success, node: 'c', durationMs: 0, frame: inner });
  tell('r', 2, { kind: 'frame-finished', node: 'while', status: 'succeeded', frame: inner });
  tell('r', 3, { ...success, node: 'a', durationMs: 1 });
  finish('r', 4);
  const [run] = recorder.runs;
  if (!run) throw new Error('no run');
  const json = recordedRunJson(run);
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect(json).toMatchObject({ id: 'r', status: 'succeeded', durationMs: 4, dropped: 0 });
  const pathOf = (frame: number): FrameStep[] => {
    const [parent, node, index] = json.frames[frame] ?? [];
    return parent === undefined ? [] : [...pathOf(parent), { node: json.nodes[node ?? -1] ?? '', index: index ?? -1 }];
  };
  const { isFrame, node, frame, start: starts, end, state, waitedMs } = json.spans;
  const read = node.map((place, i) => ({
    kind: isFrame[i] ? 'frame' : 'node',
    node: json.nodes[place],
    ...(frame[i] === -1 ? {} : { frame: pathOf(frame[i] ?? -1) }),
    start: starts[i],
    end: end[i],
    state: json.states[state[i] ?? -1],
    ...(waitedMs[i] === null ? {} : { waitedMs: waitedMs[i] }),
  }));
  const rounded = spans().map((span) => ({
    ...span,
    start: Math.round(span.start * 1e3) / 1e3,
    ...(span.waitedMs === undefined ? {} : { waitedMs: Math.round(span.waitedMs * 1e3) / 1e3 }),
  }));
  expect(read).toEqual(rounded);
});
