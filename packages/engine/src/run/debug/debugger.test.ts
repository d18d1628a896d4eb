import { createLibrary, type FlowDocument, type NodeSettings } from '@loom/graph';
import { flow, randomFlowTypes } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import type { Run, RunOptions } from '../../api.js';
import { builtinShelf } from '../../builtin-shelf.js';
import type { RunEvent } from '../../event.js';
import { numberEngine } from '../container/zone-fixture.js';
import { python, stage, turn } from '../run-fixture.js';

const chain = (settings?: NodeSettings): FlowDocument =>
  flow()
    .node('a', 'n/add', { a: 1 })
    .node('b', 'n/add', {}, settings)
    .node('c', 'n/add')
    .wire('a.sum', 'b.a')
    .wire('b.sum', 'c.a').document;

const looped = (breakpoint: boolean | string): FlowDocument =>
  flow()
    .zone('each', { kind: 'for-each', concurrency: 1 }, { items: [5, 6, 7] })
    .node('add', 'n/add', {}, { breakpoint })
    .into('each', 'add')
    .wire('each.item', 'add.a')
    .wire('add.sum', 'each.result').document;

function begin(
  document: FlowDocument,
  options?: RunOptions,
): { run: Run; events: RunEvent[]; started: () => string[] } {
  const engine = numberEngine();
  const run = engine.run(document, options);
  const events: RunEvent[] = [];
  run.subscribe((group) => events.push(...group));
  const started = (): string[] => events.flatMap((event) => (event.kind === 'node-started' ? [event.node] : []));
  return { run, events, started };
}

/** Lets a run go on until it pauses: a busy machine may give the page turns in between. */
async function paused(run: Run): Promise<void> {
  for (let i = 0; i < 1000 && !run.isPaused; i++) await turn();
  await turn();
}

describe('[H1] a breakpoint', () => {
  it('pauses before its node', async () => {
    const { run, events, started } = begin(chain({ breakpoint: true }));
    await paused(run);
    expect(started()).toEqual(['a']);
    expect(run.isPaused).toBe(true);
    expect(run.waiting).toEqual([{ node: 'b' }]);
    expect(events.at(-1)).toMatchObject({ kind: 'run-paused', reason: 'breakpoint', node: 'b' });
    run.resume();
    expect((await run.result).status).toBe('succeeded');
    expect(events.map(({ kind }) => kind)).toContain('run-resumed');
  });

  it('pauses in each frame', async () => {
    const { run, started } = begin(looped(true));
    for (let index = 0; index < 3; index++) {
      await paused(run);
      expect(run.waiting).toEqual([{ node: 'add', frame: [{ node: 'each', index }] }]);
      run.resume();
    }
    await run.result;
    expect(started()).toEqual(['each', 'add', 'add', 'add']);
  });

  it('pauses where its condition holds', async () => {
    const { run, events } = begin(looped('index > 0 and inputs.a == 7'));
    await paused(run);
    expect(run.waiting).toEqual([{ node: 'add', frame: [{ node: 'each', index: 2 }] }]);
    run.resume();
    await run.result;
    expect(events.filter(({ kind }) => kind === 'run-paused')).toHaveLength(1);
  });

  it('pauses and says why when its condition cannot be read', async () => {
    const { run, events } = begin(looped('index >'));
    await paused(run);
    expect(events.at(-1)).toMatchObject({ kind: 'run-paused', message: expect.any(String) });
    run.cancel();
    await run.result;
  });

  it('may be given for one run', async () => {
    const { run } = begin(chain(), { breakpoints: { c: true } });
    await paused(run);
    expect(run.waiting).toEqual([{ node: 'c' }]);
    run.resume();
    await run.result;
  });
});

describe('[H2] while a run is paused', () => {
  it('that is told, also of a run that begins so', async () => {
    const asked = begin(chain());
    asked.run.pause();
    for (const { run, events } of [asked, begin(chain(), { paused: true })]) {
      await paused(run);
      for (let i = 0; i < 1000 && events.length < 5; i++) await turn();
      const kinds = events.filter(({ kind }) => kind.startsWith('run-')).map(({ kind }) => kind);
      expect(kinds).toEqual(['run-started', 'run-paused']);
      run.resume();
      await run.result;
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, i) => i));
      expect(events.filter(({ kind }) => kind === 'run-resumed')).toHaveLength(1);
    }
  });

  it('nothing starts', async () => {
    const { run, started } = begin(chain(), { paused: true });
    await turn();
    expect([run.isPaused, started()]).toEqual([true, []]);
    run.resume();
    await run.result;
    expect(started()).toEqual(['a', 'b', 'c']);
  });

  it('it can be cancelled', async () => {
    const { run } = begin(chain(), { paused: true });
    await turn();
    run.cancel();
    expect(await run.result).toMatchObject({ status: 'cancelled', counts: { cancelled: 3 } });
  });

  it('it can be paused in the midst of it', async () => {
    const { document } = flow().node('a', 'n/add-later', { a: 1 }).node('b', 'n/add').wire('a.sum', 'b.a');
    const { run, started } = begin(document);
    await Promise.resolve();
    run.pause();
    await turn();
    expect(started()).toEqual(run.waiting.some(({ node }) => node === 'a') ? [] : ['a']);
    run.resume();
    expect((await run.result).counts.success).toBe(2);
  });
});

describe('[H3] steps', () => {
  it('start one node at a time', async () => {
    const { run, started } = begin(chain(), { paused: true });
    const seen: string[][] = [];
    for (let i = 0; i < 3; i++) {
      await turn();
      expect(run.step()).toBe(true);
      for (let turns = 0; turns < 1000 && started().length <= i; turns++) await turn();
      await turn();
      seen.push(started());
    }
    expect(seen).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']]);
    expect((await run.result).status).toBe('succeeded');
    expect(run.step()).toBe(false);
  });

  it('or go on up to a node', async () => {
    const { run, started } = begin(chain(), { paused: true });
    await turn();
    run.runTo('c');
    await paused(run);
    expect([started(), run.waiting]).toEqual([['a', 'b'], [{ node: 'c' }]]);
    run.resume();
    await run.result;
  });
});

describe('[H3] a goal', () => {
  it('stays while breakpoints on the way pause', async () => {
    const { run } = begin(chain({ breakpoint: true }), { paused: true });
    await turn();
    run.runTo('c');
    await paused(run);
    expect(run.waiting).toEqual([{ node: 'b' }]);
    run.resume();
    await paused(run);
    expect(run.waiting).toEqual([{ node: 'c' }]);
    run.resume();
    expect((await run.result).status).toBe('succeeded');
  });

  it('is reached where the node waits already, and never when it does not start any more', async () => {
    const { run, events } = begin(chain(), { paused: true });
    await paused(run);
    run.runTo('a');
    await turn();
    expect([run.isPaused, run.waiting]).toEqual([true, [{ node: 'a' }]]);
    run.runTo('nobody');
    expect((await run.result).status).toBe('succeeded');
    expect(events.filter(({ kind }) => kind === 'run-paused')).toHaveLength(1);
  });
});

it('[H6] breakpoints of the document are passed by when that is asked for, and those of the run are not', async () => {
  const { run } = begin(chain({ breakpoint: true }), { ignoreBreakpoints: true, breakpoints: { c: true } });
  await paused(run);
  expect(run.waiting).toEqual([{ node: 'c' }]);
  run.resume();
  expect((await run.result).status).toBe('succeeded');
  const stepped = begin(chain({ breakpoint: true }), { ignoreBreakpoints: true });
  stepped.run.pause();
  await paused(stepped.run);
  stepped.run.resume();
  expect((await stepped.run.result).status).toBe('succeeded');
});

it('[H4] every value can be looked at, during the run and after it', async () => {
  const document = looped('index == 1');
  const { run } = begin(document);
  const edge = 'add.sum -> each.result';
  const text = (at: Parameters<Run['inspect']>[0], index: number): unknown =>
    run.inspect(at, [{ node: 'each', index }])?.preview.data['text/plain'];
  await paused(run);
  expect(text({ node: 'each', port: 'item' }, 1)).toBe('6');
  expect(text({ edge }, 0)).toBe('6');
  const [first, second] = [1, 2].map(() => run.inspect({ node: 'each', port: 'item' }, [{ node: 'each', index: 1 }]));
  expect(first?.ref).toEqual(second?.ref);
  expect(run.inspect({ edge }, [{ node: 'each', index: 1 }])).toBeUndefined();
  expect(run.inspect({ node: 'each', port: 'result' })).toBeUndefined();
  run.resume();
  await run.result;
  expect(text({ edge }, 2)).toBe('8');
  expect(run.inspect({ node: 'each', port: 'result' })?.typeName).toBe('number[]');
  expect(run.inspect({ node: 'nobody', port: 'x' })).toBeUndefined();
});

it('[H1] breakpoints of the run hold in batches', async () => {
  const { engine, py } = stage();
  const { document } = flow().node('a', 'test/py').node('b', 'test/py').wire('a.out', 'b.in');
  const run = engine.run(document, { breakpoints: { b: true } });
  await turn();
  expect(py.open.map(({ nodeId }) => nodeId)).toEqual(['a']);
  expect(py.batches[0]?.tasks).toHaveLength(1);
  py.succeedAll();
  await paused(run);
  expect(run.waiting).toEqual([{ node: 'b' }]);
  run.resume();
  await turn();
  py.succeedAll();
  expect((await run.result).status).toBe('succeeded');
});

it('[H2] what is skipped by one that starts again does not start', async () => {
  const { document } = flow()
    .node('list', 'n/list')
    .node('bad', 'loom/branch', { value: 1 }, { breakpoint: true })
    .node('other', 'n/list', {}, { breakpoint: true })
    .wire('list.list', 'other.in')
    .wire('list.list', 'bad.condition');
  const { run, started } = begin(document, { onError: 'stop' });
  await paused(run);
  expect(run.waiting).toEqual([{ node: 'bad' }, { node: 'other' }]);
  run.resume();
  expect((await run.result).counts).toMatchObject({ success: 1, error: 1, skipped: 1 });
  expect(started()).toEqual(['list', 'bad']);
});

it('[H2] what ended while it waited for a lane is not started by a pause', async () => {
  const types = [python, ...randomFlowTypes.map((type) => ({ ...type, id: 'test/js' }))].slice(0, 2);
  const library = createLibrary({ shelves: [builtinShelf, { name: 'test', types }] });
  const { engine, js, py, clock, story } = stage({}, {}, { library });
  const { document } = flow()
    .node('busy', 'test/py', {}, { timeoutMs: 1000 })
    .zone('each', { kind: 'for-each' }, { items: [1] }, { timeoutMs: 50 })
    .node('inner', 'test/py')
    .into('each', 'inner')
    .wire('each.item', 'inner.in')
    .node('after', 'test/js', {}, { join: 'settled', breakpoint: true })
    .wire('each.result', 'after.in');
  const run = engine.run(document);
  await turn();
  expect(py.open.map(({ nodeId }) => nodeId)).toEqual(['busy']);
  // The zone ends, and in the same turn what follows it pauses the run.
  clock.advance(50);
  expect(run.waiting).toEqual([{ node: 'after' }]);
  run.resume();
  await turn();
  for (let i = 0; i < 5; i++) {
    py.succeedAll();
    js.succeedAll();
    await turn();
  }
  expect((await run.result).counts).toMatchObject({ success: 2, error: 1, cancelled: 1 });
  expect(story().filter((line) => line === 'started inner')).toEqual([]);
});
