import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../event.js';
import { diamond, stage, turn } from './run-fixture.js';

describe('tokens', () => {
  it('[T2] an error skips what depends on it, names who is to blame, and the rest goes on', async () => {
    const { engine, js, story, events } = stage();
    const run = engine.run(diamond);
    await turn();
    js.succeed('a');
    js.fail('b');
    js.succeed('c');
    const { status, counts, errors } = await run.result;
    expect(status).toBe('failed');
    expect(counts).toEqual({ success: 2, error: 1, skipped: 1, cancelled: 0, cached: 0 });
    expect(errors).toEqual([{ node: 'b', error: { code: 'test/failed', message: 'It failed.', frames: [] } }]);
    expect(story()).toEqual([
      'started a',
      'succeeded a',
      'started b',
      'failed b test/failed',
      'started c',
      'succeeded c',
      'skipped d upstream-error',
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'node-skipped', reason: { kind: 'upstream-error', node: 'b' } }),
    );
  });

  it('[T3] what hangs on a muted node is skipped', async () => {
    const { engine, events } = stage();
    const { document } = flow()
      .node('m', 'test/js', {}, { mode: 'muted' })
      .node('a', 'test/js')
      .node('b', 'test/js')
      .wire('m.out', 'a.in')
      .wire('a.out', 'b.in');
    const { status } = await engine.run(document).result;
    expect(status).toBe('succeeded');
    expect(events.flatMap((event) => (event.kind === 'node-skipped' ? [[event.node, event.reason]] : []))).toEqual([
      ['m', { kind: 'muted' }],
      ['a', { kind: 'upstream-skipped', node: 'm' }],
      ['b', { kind: 'upstream-skipped', node: 'm' }],
    ]);
  });

  it('[T4] stop at the first error: nothing more starts', async () => {
    const { engine, js, story } = stage({ lanes: 1 });
    const { document } = flow().node('a', 'test/js').node('b', 'test/js').node('c', 'test/js').wire('b.out', 'c.in');
    const run = engine.run(document, { onError: 'stop' });
    await turn();
    js.fail('a');
    const { status, counts } = await run.result;
    expect(status).toBe('failed');
    expect(counts).toMatchObject({ error: 1, skipped: 2 });
    expect(story()).toEqual(['started a', 'failed a test/failed', 'skipped b stopped', 'skipped c stopped']);
    expect(js.batches).toHaveLength(1);
  });

  it('[T5] a blocked node fails when its turn comes; behind an error it is skipped', async () => {
    const { engine, js, story } = stage();
    const { document } = flow()
      .node('a', 'test/js')
      .node('unknown', 'test/nope')
      .node('b', 'test/js')
      .wire('a.out', 'unknown.in')
      .wire('unknown.out', 'b.in');
    const run = engine.run(document);
    await turn();
    js.succeed('a');
    expect((await run.result).counts).toMatchObject({ success: 1, error: 1, skipped: 1 });
    expect(story()).toEqual([
      'started a',
      'succeeded a',
      'failed unknown node/unknown-type',
      'skipped b upstream-error',
    ]);
    const other = engine.run(document);
    await turn();
    js.fail('a');
    expect((await other.result).counts).toMatchObject({ error: 1, skipped: 2 });
  });

  it('[T5] a flow without nodes succeeds', async () => {
    const { engine } = stage();
    expect(await engine.run(flow().document).result).toMatchObject({ status: 'succeeded', outputs: {}, errors: [] });
  });
});

describe('events', () => {
  it('[E2] a listener that fails harms nobody, and is reported', async () => {
    const faults: unknown[] = [];
    const { engine, js, events } = stage({}, {}, { onListenerError: (error) => faults.push(error) });
    const run = engine.run(diamond);
    const own: RunEvent[] = [];
    run.subscribe(() => {
      throw new Error('listener');
    });
    run.subscribe((group) => own.push(...group));
    await turn();
    js.succeedAll();
    await run.result;
    expect(own).toEqual(events.filter((event) => 'runId' in event));
    expect(faults.length).toBeGreaterThan(0);
  });

  it('[E3] output and progress are told with their node while it runs', async () => {
    const { engine, js, events } = stage();
    const run = engine.run(flow().node('a', 'test/js').document);
    await turn();
    js.begin('a');
    js.say('a', { kind: 'output', stream: 'stdout', text: 'hello\n' });
    js.say('a', { kind: 'progress', fraction: 0.5, message: 'half' });
    js.succeedAll();
    await run.result;
    const told = events.filter((event) => event.kind === 'node-output' || event.kind === 'node-progress');
    expect(told).toMatchObject([
      { node: 'a', stream: 'stdout', text: 'hello\n', sequence: 3 },
      { node: 'a', fraction: 0.5, message: 'half', sequence: 4 },
    ]);
  });

  it('[E4] everything has been told when the result is there, and unsubscribing ends it', async () => {
    const { engine, js } = stage();
    const run = engine.run(diamond);
    const kinds: string[] = [];
    const unsubscribe = run.subscribe((group) => kinds.push(...group.map(({ kind }) => kind)));
    await turn();
    js.succeed('a');
    await turn();
    unsubscribe();
    const told = kinds.length;
    js.succeedAll();
    await run.result;
    expect(kinds).toHaveLength(told);

    const other = engine.run(diamond);
    const all: RunEvent[] = [];
    other.subscribe((group) => all.push(...group));
    await turn();
    js.succeedAll();
    await other.result;
    expect(all.at(-1)?.kind).toBe('run-finished');
  });
});
