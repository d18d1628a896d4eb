import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EngineEvent, RunEvent } from '../event.js';
import type { RunEventBody } from '../run/reporter.js';
import type { OutputSummary } from '../value.js';
import { MAX_LOG_CHUNKS, MAX_LOG_LENGTH } from './node-log.js';
import { PersistentMap } from './persistent-map.js';
import { reduceRun, reduceRunEvents } from './reduce.js';
import { emptyRunState, nodeRunState, type RunState } from './run-state.js';

/** Events of one run, numbered and timed. */
function eventsOf(runId: string, bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, sequence) => ({ ...body, runId, sequence, at: sequence * 10 }) as RunEvent);
}

const output: OutputSummary = {
  ref: { executor: 'x', handle: '0' },
  typeName: 'number',
  preview: { data: { 'text/plain': '1' }, truncated: false },
};
const counts = { success: 1, error: 1, skipped: 1, cancelled: 1, cached: 0 };
const error = { code: 'test/failed', message: 'It failed.', frames: [] };
const story: RunEventBody[] = [
  { kind: 'run-started', nodes: ['a', 'b', 'c', 'd'] },
  { kind: 'node-queued', node: 'a' },
  { kind: 'node-queued', node: 'b' },
  { kind: 'node-started', node: 'a' },
  { kind: 'node-progress', node: 'a', fraction: 0.5, message: 'half' },
  { kind: 'node-output', node: 'a', stream: 'stdout', text: 'hi' },
  { kind: 'node-succeeded', node: 'a', durationMs: 3, cached: false, outputs: { out: output } },
  { kind: 'node-started', node: 'b' },
  { kind: 'node-failed', node: 'b', durationMs: 2, error },
  { kind: 'node-skipped', node: 'c', reason: { kind: 'upstream-error', node: 'b' } },
  { kind: 'node-cancelled', node: 'd' },
  { kind: 'run-finished', status: 'failed', counts, durationMs: 90 },
];

describe('the state of runs', () => {
  it('[E5] says what the events add up to', () => {
    const state = reduceRunEvents(emptyRunState, eventsOf('r1', story));
    expect({ ...state, nodes: Object.fromEntries(state.nodes) }).toEqual({
      runId: 'r1',
      status: 'failed',
      startedAt: 0,
      durationMs: 90,
      counts,
      total: 4,
      settled: 4,
      executors: {},
      nodes: {
        a: {
          runId: 'r1',
          status: 'success',
          durationMs: 3,
          cached: false,
          outputs: { out: output },
          log: { chunks: [{ stream: 'stdout', text: 'hi' }], length: 2, dropped: 0 },
        },
        b: { runId: 'r1', status: 'error', durationMs: 2, error, log: { chunks: [], length: 0, dropped: 0 } },
        c: {
          runId: 'r1',
          status: 'skipped',
          reason: { kind: 'upstream-error', node: 'b' },
          log: { chunks: [], length: 0, dropped: 0 },
        },
        d: { runId: 'r1', status: 'cancelled', log: { chunks: [], length: 0, dropped: 0 } },
      },
    });
  });

  it('[E5] groups are no different from single events, however they are cut', () => {
    const events = eventsOf('r1', story);
    const plain = (state: RunState): unknown => ({ ...state, nodes: [...state.nodes] });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: events.length })), (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), events.length];
        let state = emptyRunState;
        let start = 0;
        for (const end of ends) {
          state = reduceRunEvents(state, events.slice(start, end));
          start = end;
        }
        expect(plain(state)).toEqual(plain(events.reduce(reduceRun, emptyRunState)));
      }),
    );
  });

  it('[E6] nodes that nothing happened to keep their identity', () => {
    const before = reduceRunEvents(emptyRunState, eventsOf('r1', story.slice(0, 3)));
    const after = reduceRun(before, eventsOf('r1', story)[3] as RunEvent);
    expect(nodeRunState(after, 'a')).not.toBe(nodeRunState(before, 'a'));
    expect(nodeRunState(after, 'b')).toBe(nodeRunState(before, 'b'));
    expect(nodeRunState(after, 'nowhere')).toBe(nodeRunState(before, 'elsewhere'));
  });

  it('[E7] a run of a part leaves the others as they were, and pictures stay until there are new ones', () => {
    const first = reduceRunEvents(emptyRunState, eventsOf('r1', story));
    const second = reduceRunEvents(first, eventsOf('r2', [{ kind: 'run-started', nodes: ['a'] }]));
    expect(second).toMatchObject({ runId: 'r2', status: 'running', total: 1, settled: 0 });
    expect(nodeRunState(second, 'a')).toMatchObject({ status: 'idle', runId: 'r2', outputs: { out: output } });
    expect(nodeRunState(second, 'b')).toBe(nodeRunState(first, 'b'));
  });

  it('[E7] late events of an older run change nothing', () => {
    const first = reduceRunEvents(emptyRunState, eventsOf('r1', story.slice(0, 4)));
    const second = reduceRunEvents(first, eventsOf('r2', story.slice(0, 4)));
    const late = reduceRunEvents(second, eventsOf('r1', story).slice(4));
    expect({ ...late, nodes: [...late.nodes] }).toEqual({ ...second, nodes: [...second.nodes] });
  });

  it('[E8] the log of a node is bounded, by chunks and by length', () => {
    const started = reduceRunEvents(emptyRunState, eventsOf('r1', story.slice(0, 4)));
    const say = (texts: readonly string[]): RunState =>
      reduceRunEvents(
        started,
        eventsOf(
          'r1',
          texts.map((text) => ({ kind: 'node-output', node: 'a', stream: 'stdout', text })),
        ),
      );
    const many = nodeRunState(say(Array.from({ length: 2_500 }, (_, i) => `${i}\n`)), 'a').log;
    expect(many.chunks).toHaveLength(MAX_LOG_CHUNKS);
    expect(many.chunks.at(-1)?.text).toBe('2499\n');
    expect(many.dropped).toBe(1_500);
    expect(many.length).toBe(many.chunks.reduce((sum, { text }) => sum + text.length, 0));
    const long = nodeRunState(
      say(['a'.repeat(MAX_LOG_LENGTH), 'b'.repeat(10), 'c'.repeat(MAX_LOG_LENGTH * 2)]),
      'a',
    ).log;
    expect(long).toEqual({
      chunks: [{ stream: 'stdout', text: 'c'.repeat(MAX_LOG_LENGTH) }],
      length: MAX_LOG_LENGTH,
      dropped: 2,
    });
  });

  it('[E9] says where the newest run is paused, until it goes on or ends', () => {
    const frame = [{ node: 'z', index: 2 }];
    const events = eventsOf('r1', [
      { kind: 'run-started', nodes: ['a'] },
      { kind: 'run-paused', reason: 'breakpoint', node: 'a', frame, message: 'No.' },
      { kind: 'run-resumed' },
      { kind: 'run-paused', reason: 'asked' },
      { kind: 'run-finished', status: 'cancelled', counts, durationMs: 90 },
    ]);
    const states = events.map((_, i) => reduceRunEvents(emptyRunState, events.slice(0, i + 1)).paused);
    expect(states).toEqual([
      undefined,
      { reason: 'breakpoint', node: 'a', frame, message: 'No.' },
      undefined,
      { reason: 'asked' },
      undefined,
    ]);
    const newer = reduceRunEvents(emptyRunState, eventsOf('r2', [{ kind: 'run-started', nodes: ['a'] }]));
    expect(reduceRunEvents(newer, events.slice(1, 2)).paused).toBeUndefined();
  });

  it('[E9] executors, environments and lost values are in it', () => {
    const events: EngineEvent[] = [
      ...eventsOf('r1', story),
      { kind: 'executor-status', executor: 'x', status: { state: 'ready' }, at: 0 },
      { kind: 'environment', executor: 'x', status: { state: 'resolving', detail: 'Looking' }, at: 0 },
      { kind: 'environment', executor: 'y', status: { state: 'ready', packages: [] }, at: 0 },
      { kind: 'values-lost', nodes: ['a', 'b', 'unknown'], at: 0 },
    ];
    const state = reduceRunEvents(emptyRunState, events);
    expect(state.executors).toEqual({ x: { state: 'ready' } });
    const environments = { x: { state: 'resolving', detail: 'Looking' }, y: { state: 'ready', packages: [] } };
    expect(state.environments).toEqual(environments);
    expect(reduceRunEvents(state, eventsOf('r2', story)).environments).toBe(state.environments);
    expect(nodeRunState(state, 'a')).toMatchObject({ status: 'success', valuesLost: true });
    expect(nodeRunState(state, 'b')).not.toHaveProperty('valuesLost');
    expect(state.nodes.has('unknown')).toBe(false);
  });
});

it('[E6] a persistent map is a map', () => {
  const changes = fc.array(fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer())));
  fc.assert(
    fc.property(changes, (groups) => {
      let map = PersistentMap.from<number, number>([]);
      const model = new Map<number, number>();
      for (const group of groups) {
        const before = [...map];
        const next = map.with(new Map(group));
        expect([...map]).toEqual(before);
        map = next;
        for (const [key, value] of group) model.set(key, value);
      }
      expect([...map].sort()).toEqual([...model].sort());
      expect(map.size).toBe(model.size);
      expect([...map.keys()].map((key) => map.get(key))).toEqual([...map.values()]);
    }),
  );
});
