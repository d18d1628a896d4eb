import { expect, it } from 'vitest';
import type { RunEvent } from '../event.js';
import type { RunEventBody } from '../run/reporter.js';
import { MAX_METRIC_POINTS, MAX_METRICS } from './node-metrics.js';
import { reduceRunEvents } from './reduce.js';
import { emptyRunState, nodeRunState, type RunState } from './run-state.js';

function after(bodies: readonly RunEventBody[], before: RunState = emptyRunState, runId = 'r'): RunState {
  const events = bodies.map((body, sequence) => ({ ...body, runId, sequence, at: sequence }) as RunEvent);
  return reduceRunEvents(before, events);
}

const begun: RunEventBody[] = [
  { kind: 'run-started', nodes: ['a'] },
  { kind: 'node-started', node: 'a' },
];

function told(name: string, value: number, step: number): RunEventBody {
  return { kind: 'node-metric', node: 'a', name, value, step };
}

it('[E10] metrics are kept by name, also when the node has ended', () => {
  const state = after([
    ...begun,
    told('loss', 3, 0),
    told('rate', 0.1, 0),
    told('loss', 2, 1),
    { kind: 'node-succeeded', node: 'a', durationMs: 1, cached: false, outputs: {} },
  ]);
  const points = [
    { step: 0, value: 3, at: 2 },
    { step: 1, value: 2, at: 4 },
  ];
  const { metrics } = nodeRunState(state, 'a');
  expect([...(metrics?.keys() ?? [])]).toEqual(['loss', 'rate']);
  expect(metrics?.get('loss')).toEqual({ points, last: points[1] });
  const [start] = begun;
  if (start) expect(nodeRunState(after([start], state, 'next'), 'a').metrics).toBeUndefined();
});

it('[E10] many points are thinned over the whole length, and too many names are left out', () => {
  const many = Array.from({ length: 10_000 }, (_, step) => told('loss', step, step));
  const names = Array.from({ length: MAX_METRICS + 10 }, (_, index) => told(`m${index}`, 1, 0));
  const { metrics } = nodeRunState(after([...begun, ...many.slice(0, 7_000), ...many.slice(7_000), ...names]), 'a');
  const steps = metrics?.get('loss')?.points.map(({ step }) => step) ?? [];
  expect(steps.length).toBeLessThanOrEqual(MAX_METRIC_POINTS);
  expect(steps.length).toBeGreaterThan(MAX_METRIC_POINTS / 4);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect([steps[0], steps.at(-1)]).toEqual([0, 9_999]);
  expect(metrics?.size).toBe(MAX_METRICS);
});

it('[E10] what a node asks is there until it is answered or ends', () => {
  const asked = (question: number): RunEventBody => ({ kind: 'node-asked', node: 'a', question, prompt: '?' });
  const two = after([...begun, asked(0), asked(1), { kind: 'node-answered', node: 'a', question: 0 }]);
  expect(nodeRunState(two, 'a')).toMatchObject({ status: 'running', questions: [{ question: 1, prompt: '?' }] });
  const ended = after([{ kind: 'node-cancelled', node: 'a' }], two);
  expect(nodeRunState(ended, 'a')).not.toHaveProperty('questions');
});
