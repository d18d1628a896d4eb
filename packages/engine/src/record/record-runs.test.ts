import { describe, expect, it } from 'vitest';
import type { FrameStep } from '../event.js';
import { COUNTS, ERROR, inFrame, stage, success } from './record-fixture.js';

describe('[H5] a recorder', () => {
  it('keeps from when to when each node ran, and how it ended', () => {
    const { tell, recorder, spans, finish } = stage();
    tell('r', 1_000, { kind: 'run-started', nodes: ['a', 'b', 'c', 'd', 'e'], trigger: { node: 't', firing: 3 } });
    tell('r', 1_001, { kind: 'node-queued', node: 'a' });
    tell('r', 1_003, { kind: 'node-started', node: 'a' });
    tell('r', 1_004, { kind: 'node-started', node: 'b' });
    tell('r', 1_010, { ...success, node: 'a', durationMs: 7 });
    tell('r', 1_010, { ...success, node: 'c', durationMs: 0, cached: true });
    tell('r', 1_012, { kind: 'node-failed', node: 'b', durationMs: 8, error: ERROR });
    tell('r', 1_012, { kind: 'node-skipped', node: 'd', reason: { kind: 'upstream-error', node: 'b' } });
    expect(recorder.runs).toMatchObject([{ id: 'r', status: 'running', startedAt: 1_000, trigger: { firing: 3 } }]);
    tell('r', 1_013, { kind: 'node-queued', node: 'e' });
    tell('r', 1_015, { kind: 'node-cancelled', node: 'e' });
    finish('r', 20);
    expect(recorder.runs).toMatchObject([
      { status: 'succeeded', durationMs: 20, counts: COUNTS, dropped: 0, pauses: [] },
    ]);
    expect(spans()).toEqual([
      { kind: 'node', node: 'a', start: 3, end: 10, state: 'success', waitedMs: 2 },
      { kind: 'node', node: 'c', start: 10, end: 10, state: 'cached' },
      { kind: 'node', node: 'b', start: 4, end: 12, state: 'error' },
      { kind: 'node', node: 'd', start: 12, end: 12, state: 'skipped' },
      { kind: 'node', node: 'e', start: 15, end: 15, state: 'cancelled', waitedMs: 2 },
    ]);
  });

  it('takes the duration of a node whose start was not told', () => {
    const { tell, start, spans } = stage();
    start('r');
    tell('r', 10, { ...success, node: 'a', durationMs: 4 });
    expect(spans()).toEqual([{ kind: 'node', node: 'a', start: 6, end: 10, state: 'success' }]);
  });

  it('shows what still runs, up to what was heard last', () => {
    const { tell, start, spans, finish } = stage();
    start('r');
    tell('r', 1, { kind: 'frame-started', node: 'zone', frame: inFrame(0) });
    tell('r', 2, { kind: 'node-started', node: 'b', frame: inFrame(0) });
    tell('r', 3, { kind: 'node-queued', node: 'a' });
    tell('r', 5, { kind: 'node-progress', node: 'b', fraction: 0.5, frame: inFrame(0) });
    expect(spans()).toEqual([
      { kind: 'frame', node: 'zone', frame: inFrame(0), start: 1, end: 5, state: 'running' },
      { kind: 'node', node: 'b', frame: inFrame(0), start: 2, end: 5, state: 'running' },
    ]);
    finish('r', 9);
    expect(spans().map(({ node, state, end }) => [node, state, end])).toEqual([
      ['b', 'cancelled', 9],
      ['a', 'cancelled', 9],
    ]);
  });

  it('tells iterations apart, and keeps each with its end', () => {
    const { tell, start, spans } = stage();
    const inner: readonly FrameStep[] = [...inFrame(1), { node: 'while', index: 0 }];
    start('r');
    tell('r', 0, { kind: 'node-started', node: 'zone' });
    tell('r', 1, { kind: 'frame-started', node: 'zone', frame: inFrame(0) });
    tell('r', 1, { kind: 'node-started', node: 'b', frame: inFrame(0) });
    tell('r', 2, { kind: 'frame-started', node: 'zone', frame: inFrame(1) });
    tell('r', 2, { kind: 'frame-started', node: 'while', frame: inner });
    tell('r', 3, { kind: 'node-started', node: 'b', frame: inFrame(1) });
    tell('r', 4, { kind: 'node-started', node: 'c', frame: inner });
    tell('r', 5, { ...success, node: 'b', durationMs: 4, frame: inFrame(0) });
    tell('r', 5, { kind: 'frame-finished', node: 'zone', status: 'succeeded', frame: inFrame(0) });
    tell('r', 6, { kind: 'node-cancelled', node: 'c', frame: inner });
    tell('r', 6, { kind: 'frame-finished', node: 'while', status: 'cancelled', frame: inner });
    tell('r', 7, { kind: 'node-failed', node: 'b', durationMs: 4, error: ERROR, frame: inFrame(1) });
    tell('r', 7, { kind: 'frame-finished', node: 'zone', status: 'failed', frame: inFrame(1) });
    tell('r', 8, { kind: 'node-failed', node: 'zone', durationMs: 8, error: ERROR });
    expect(spans()).toEqual([
      { kind: 'node', node: 'b', frame: inFrame(0), start: 1, end: 5, state: 'success' },
      { kind: 'frame', node: 'zone', frame: inFrame(0), start: 1, end: 5, state: 'success' },
      { kind: 'node', node: 'c', frame: inner, start: 4, end: 6, state: 'cancelled' },
      { kind: 'frame', node: 'while', frame: inner, start: 2, end: 6, state: 'cancelled' },
      { kind: 'node', node: 'b', frame: inFrame(1), start: 3, end: 7, state: 'error' },
      { kind: 'frame', node: 'zone', frame: inFrame(1), start: 2, end: 7, state: 'error' },
      { kind: 'node', node: 'zone', start: 0, end: 8, state: 'error' },
    ]);
  });

  it('keeps each try of a node that was tried again', () => {
    const { tell, start, spans } = stage();
    start('r');
    tell('r', 1, { kind: 'node-started', node: 'a' });
    tell('r', 3, { kind: 'node-retrying', node: 'a', attempt: 1, error: ERROR });
    tell('r', 103, { kind: 'node-started', node: 'a' });
    tell('r', 104, { kind: 'node-retrying', node: 'a', attempt: 2, error: ERROR });
    tell('r', 310, { ...success, node: 'a', durationMs: 5 });
    expect(spans()).toEqual([
      { kind: 'node', node: 'a', start: 1, end: 3, state: 'retried' },
      { kind: 'node', node: 'a', start: 103, end: 104, state: 'retried', waitedMs: 100 },
      { kind: 'node', node: 'a', start: 305, end: 310, state: 'success', waitedMs: 201 },
    ]);
  });

  it('keeps when nothing was let start', () => {
    const { tell, start, finish, recorder } = stage();
    start('r');
    tell('r', 2, { kind: 'run-paused', reason: 'breakpoint', node: 'a' });
    tell('r', 5, { kind: 'run-resumed' });
    tell('r', 6, { kind: 'run-paused', reason: 'asked' });
    expect(recorder.runs[0]?.pauses).toEqual([
      { start: 2, end: 5, reason: 'breakpoint', node: 'a' },
      { start: 6, reason: 'asked' },
    ]);
    finish('r', 8);
    expect(recorder.runs[0]?.pauses.at(-1)).toEqual({ start: 6, end: 8, reason: 'asked' });
    for (let at = 10; at < 3_010; at++) tell('r', at, { kind: 'run-paused', reason: 'step' });
    expect(recorder.runs[0]?.pauses).toHaveLength(1_000);
    expect(recorder.runs[0]?.pauses.at(-1)).toEqual({ start: 3_009, reason: 'step' });
  });

  it('lets the spans of the oldest iterations go first when a run is too long, and says how many', () => {
    const { tell, start, finish, spans, recorder } = stage({ spans: 7 });
    start('r');
    tell('r', 1, { ...success, node: 'first', durationMs: 1 });
    for (let index = 0; index < 100; index++) {
      tell('r', index, { kind: 'frame-started', node: 'zone', frame: inFrame(index) });
      tell('r', index, { ...success, node: 'body', durationMs: 0, frame: inFrame(index) });
      tell('r', index, { kind: 'frame-finished', node: 'zone', status: 'succeeded', frame: inFrame(index) });
    }
    tell('r', 100, { ...success, node: 'zone', durationMs: 99 });
    finish('r', 100);
    expect(recorder.runs[0]?.dropped).toBe(195);
    expect(spans().map(({ node, frame }) => `${node}${frame?.[0]?.index ?? ''}`)).toEqual([
      'first',
      'zone97',
      'body98',
      'zone98',
      'body99',
      'zone99',
      'zone',
    ]);
  });

  it('stays within its bound without iterations, and with very many at once', () => {
    const { tell, start, spans, recorder } = stage({ spans: 3 });
    start('r');
    for (const node of ['a', 'b', 'c', 'd', 'e']) tell('r', 1, { kind: 'node-started', node });
    for (const node of ['a', 'b', 'c', 'd', 'e']) tell('r', 5, { ...success, node, durationMs: 2 });
    // Those that there was no room to follow begin where their duration says.
    expect(spans().map(({ node, start }) => [node, start])).toEqual([
      ['c', 1],
      ['d', 3],
      ['e', 3],
    ]);
    for (let index = 0; index < 50; index++) {
      tell('r', 6, { kind: 'frame-started', node: 'zone', frame: inFrame(index) });
      tell('r', 6, { kind: 'node-started', node: 'body', frame: inFrame(index) });
    }
    expect(spans()).toHaveLength(9);
    expect(recorder.runs[0]?.dropped).toBe(2);
  });

  it('keeps the last runs, and rather one that goes on than one that is over', () => {
    const { start, finish, recorder, tell } = stage({ runs: 2 });
    start('a');
    start('b');
    finish('b', 1);
    start('c');
    expect(recorder.runs.map(({ id }) => id)).toEqual(['a', 'c']);
    start('d');
    expect(recorder.runs.map(({ id }) => id)).toEqual(['c', 'd']);
    tell('a', 5, { ...success, node: 'a', durationMs: 1 });
    tell('unheard', 5, { ...success, node: 'a', durationMs: 1 });
    expect(recorder.runs.map(({ id }) => id)).toEqual(['c', 'd']);
  });

  it('tells when runs changed, with the same objects for what did not', () => {
    const { engine, start, finish, recorder } = stage();
    const heard: (readonly string[])[] = [];
    const stop = recorder.subscribe((runs) => heard.push(runs.map(({ id, status }) => `${id} ${status}`)));
    start('a');
    finish('a', 1);
    const [a] = recorder.runs;
    expect(recorder.runs).toBe(recorder.runs);
    start('b');
    expect(recorder.runs[0]).toBe(a);
    engine.tell({ kind: 'values-lost', nodes: ['a'], at: 2 });
    expect(heard).toEqual([['a running'], ['a succeeded'], ['a succeeded', 'b running']]);
    stop();
    finish('b', 1);
    expect(heard).toHaveLength(3);
  });

  it('survives listeners that throw', () => {
    const faults: unknown[] = [];
    const { start, recorder } = stage({ onListenerError: (error) => faults.push(error) });
    let heard = 0;
    recorder.subscribe(() => {
      throw new Error('mine');
    });
    recorder.subscribe(() => heard++);
    start('a');
    expect([heard, faults.length]).toEqual([1, 1]);
  });

  it('records nothing more once it is stopped, and keeps what it has', () => {
    const { start, finish, recorder } = stage();
    start('a');
    recorder.stop();
    recorder.stop();
    finish('a', 1);
    start('b');
    expect(recorder.runs).toMatchObject([{ id: 'a', status: 'running' }]);
  });
});
