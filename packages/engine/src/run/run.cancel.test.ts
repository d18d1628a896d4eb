import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import { diamond, stage, turn } from './run-fixture.js';

describe('cancel', () => {
  const chain = flow().node('a', 'test/js').node('p', 'test/py').wire('a.out', 'p.in').document;

  it('[C2] everything that has not ended is cancelled, once', async () => {
    const { engine, js, story } = stage();
    const run = engine.run(chain);
    await turn();
    js.begin('a');
    run.cancel();
    run.cancel();
    const result = await run.result;
    expect(result).toMatchObject({ status: 'cancelled', counts: { cancelled: 2 } });
    expect(story()).toEqual(['started a', 'cancelled p', 'cancelled a']);
  });

  it.each([
    ['before it begins', 0],
    ['at once', 1],
  ])('[C2] a signal that is aborted %s', async (_when, turns) => {
    const { engine, js } = stage();
    const abort = new AbortController();
    if (turns === 0) abort.abort();
    const run = engine.run(chain, { signal: abort.signal });
    abort.abort();
    expect(await run.result).toMatchObject({ status: 'cancelled', counts: { cancelled: 2 } });
    expect(js.batches.flatMap((batch) => batch.tasks)).toEqual([]);
  });

  it('[C3] the time of a run counts from its first node, not from the start of executors', async () => {
    const { engine, js, clock } = stage({ start: 'held' });
    const run = engine.run(chain, { timeoutMs: 1_000 });
    await turn();
    clock.advance(10_000);
    js.releaseStart();
    await turn();
    js.begin('a');
    clock.advance(999);
    expect(js.open).toHaveLength(1);
    clock.advance(1);
    expect(await run.result).toMatchObject({ status: 'timed-out', counts: { cancelled: 2 } });
    expect(clock.pending).toBe(0);
  });

  it('[C4] an executor that does not stop is left behind after a while, and what it says later is dropped', async () => {
    const { engine, js, clock, events } = stage({ onAbort: 'held' });
    const run = engine.run(chain);
    await turn();
    js.begin('a');
    run.cancel();
    clock.advance(15_000);
    expect(await run.result).toMatchObject({ status: 'cancelled', counts: { cancelled: 2 } });
    const said = events.length;
    js.succeed('a');
    await turn();
    expect(events).toHaveLength(said);
    // Nobody knows of the late value, so it is not kept.
    expect(js.values.size).toBe(0);
  });

  it('[C5] disposing in the middle of a run cancels it, and twice is fine', async () => {
    const { engine, js, py } = stage({}, { start: 'never' });
    const run = engine.run(flow(chain).node('q', 'test/py').document);
    await turn();
    js.begin('a');
    await Promise.all([engine.dispose(), engine.dispose()]);
    expect(await run.result).toMatchObject({ status: 'cancelled', counts: { cancelled: 3 } });
    expect([js.status.state, py.status.state]).toEqual(['disposed', 'disposed']);
    expect(() => engine.run(chain)).toThrow(expect.objectContaining({ code: 'engine/disposed' }));
  });

  it('[C6] the run after a cancelled one works', async () => {
    const { engine, js } = stage();
    const run = engine.run(diamond);
    await turn();
    run.cancel();
    await run.result;
    const next = engine.run(diamond);
    await turn();
    js.succeedAll();
    expect((await next.result).status).toBe('succeeded');
  });
});
