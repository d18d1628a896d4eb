import { createLibrary, type FlowDocument, LoomError, type NodeType } from '@loom/graph';
import {
  createFakeExecutor,
  type FakeExecutor,
  flow,
  randomFlowTypes,
  type SimulatedClock,
  simulatedClock,
} from '@loom/testing';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine, RunOptions } from '../api.js';
import { createEngine, type EngineOptions } from '../engine/engine.js';
import type { EngineEvent, RunEvent } from '../event.js';

const [join] = randomFlowTypes;
if (!join) throw new Error('There is no type for test flows.');
const python: NodeType = {
  ...join,
  id: 'test/py',
  implementation: { kind: 'source', language: 'python', source: 'v1', entry: 'f', revision: 'v1', returns: 'single' },
};
const library = createLibrary({ shelves: [{ name: 'test', types: [{ ...join, id: 'test/js' }, python] }] });

/** Lets everything happen that waits for no one. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

interface Stage {
  readonly engine: Engine;
  readonly js: FakeExecutor;
  readonly py: FakeExecutor;
  readonly clock: SimulatedClock;
  readonly events: EngineEvent[];
  /** Events of runs, short: `started a`. */
  story(): string[];
}

const engines: Engine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.dispose();
});

function stage(
  js: Parameters<typeof createFakeExecutor>[0] = {},
  py: typeof js = {},
  options?: Partial<EngineOptions>,
): Stage {
  const clock = simulatedClock(1);
  const executors = [
    createFakeExecutor({ id: 'js', performs: ['function'], ...js }),
    createFakeExecutor({ id: 'py', performs: ['python'], ...py }),
  ] as const;
  let runs = 0;
  const engine = createEngine({ library, executors, clock, createId: (prefix) => `${prefix}-${runs++}`, ...options });
  engines.push(engine);
  const events: EngineEvent[] = [];
  engine.subscribe((group) => events.push(...group));
  const story = (): string[] =>
    events.flatMap((event) => {
      if (!('node' in event) || event.kind === 'node-queued') return [];
      const more =
        event.kind === 'node-failed'
          ? ` ${event.error.code}`
          : event.kind === 'node-skipped'
            ? ` ${event.reason.kind}`
            : '';
      return [`${event.kind.slice(5)} ${event.node}${more}`];
    });
  return { engine, js: executors[0], py: executors[1], clock, events, story };
}

const diamond: FlowDocument = flow()
  .node('a', 'test/js')
  .node('b', 'test/js')
  .node('c', 'test/js')
  .node('d', 'test/js')
  .wire('a.out', 'b.in')
  .wire('a.out', 'c.in')
  .wire('b.out', 'd.in')
  .wire('c.out', 'd.in').document;

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

describe('batches', () => {
  it('[B1] what becomes ready inside a batch goes with it', async () => {
    const { engine, js } = stage();
    const run = engine.run(diamond);
    await turn();
    expect(js.batches.map((batch) => batch.tasks.map((task) => task.nodeId))).toEqual([['a', 'b', 'c', 'd']]);
    const [a, b, , d] = js.batches[0]?.tasks ?? [];
    expect(b?.inputs).toEqual({ in: { kind: 'list', items: [{ kind: 'task', task: a?.id, port: 'out' }] } });
    expect(d?.inputs.in).toMatchObject({ kind: 'list', items: [{ kind: 'task' }, { kind: 'task' }] });
    js.succeedAll();
    expect((await run.result).status).toBe('succeeded');
  });

  it('[B4] node types are sent once for each revision', async () => {
    const { engine, py } = stage();
    const own = (source: string): FlowDocument =>
      flow().python('own', source).node('a', 'own').node('b', 'own').document;
    const types = createLibrary({
      readers: {
        python: (id, type) => ({
          ...python,
          id,
          implementation: { ...python.implementation, revision: type.source } as NodeType['implementation'],
        }),
      },
    });
    const typed = createEngine({ library: types, executors: [py], createId: (prefix) => prefix });
    for (const source of ['v1', 'v1', 'v2']) {
      const run = typed.run(own(source));
      await turn();
      py.succeedAll();
      await run.result;
    }
    expect(py.definitions.map(({ typeId, implementation }) => [typeId, implementation.revision])).toEqual([
      ['own', 'v1'],
      ['own', 'v2'],
    ]);
    void engine;
  });

  it('[B5] a value is brought to another executor once, however many need it, and the copy is let go', async () => {
    const { engine, js, py } = stage({}, { lanes: 2 });
    const { document } = flow()
      .node('a', 'test/js')
      .node('p', 'test/py')
      .node('q', 'test/py')
      .wire('a.out', 'p.in')
      .wire('a.out', 'q.in');
    const run = engine.run(document);
    await turn();
    js.succeed('a', { out: { rows: [1, 2] } });
    await turn();
    expect(js.readCount).toBe(1);
    expect([...py.values.values()]).toEqual([{ rows: [1, 2] }]);
    const sources = py.batches.flatMap((batch) => batch.tasks.map((task) => task.inputs.in));
    expect(sources).toEqual(
      Array(2).fill({ kind: 'list', items: [{ kind: 'ref', ref: { executor: 'py', handle: 'py-0' } }] }),
    );
    py.succeedAll();
    await run.result;
    expect(py.released.map(({ handle }) => handle)).toEqual(['py-0']);
  });

  it('[B5] a value that cannot be brought fails who needs it, in words, and what hangs on that', async () => {
    const { engine, js, py } = stage();
    const { document } = flow()
      .node('a', 'test/js')
      .node('p', 'test/py')
      .node('q', 'test/py')
      .node('free', 'test/py')
      .wire('a.out', 'p.in')
      .wire('p.out', 'q.in');
    const run = engine.run(document);
    await turn();
    js.succeed('a', { out: () => 1 });
    await turn();
    py.succeedAll();
    await turn();
    py.succeedAll();
    const { errors, counts } = await run.result;
    expect(counts).toMatchObject({ success: 2, error: 1, skipped: 1 });
    expect(errors).toMatchObject([{ node: 'p', error: { code: 'value/not-portable' } }]);
    expect(errors[0]?.error.message).toMatch(/"In".*"js" to "py"/);
  });

  it('[B6] an executor that says nothing of a task fails it', async () => {
    const silent = createFakeExecutor({ id: 'js' });
    silent.execute = async () => {};
    const { engine } = stage({}, {}, { executors: [silent] });
    const { errors } = await engine.run(flow().node('a', 'test/js').document).result;
    expect(errors).toMatchObject([{ node: 'a', error: { code: 'executor/fault' } }]);
  });

  it('[B6] an executor that rejects fails what it had, with the cause', async () => {
    const broken = createFakeExecutor({ id: 'js' });
    broken.execute = async () => {
      throw new LoomError('executor/disposed', 'It is gone.');
    };
    const { engine } = stage({}, {}, { executors: [broken] });
    const { errors } = await engine.run(diamond).result;
    expect(errors).toEqual([{ node: 'a', error: { code: 'executor/disposed', message: 'It is gone.', frames: [] } }]);
  });
});

describe('executors', () => {
  const mixed = flow().node('a', 'test/js').node('p', 'test/py').document;

  it('[S1] only executors that are used start, all at once, with the environment of the flow', async () => {
    const { engine, js, py } = stage({ start: 'held' }, { start: 'held' });
    const environment = { python: { requirements: ['numpy'] } };
    const run = engine.run({ ...flow().node('p', 'test/py').document, environment });
    await turn();
    expect([js.startCount, py.startCount]).toEqual([0, 1]);
    py.releaseStart();
    await turn();
    py.succeedAll();
    expect((await run.result).status).toBe('succeeded');
    expect(py.environments).toEqual([environment]);
  });

  it('[S2] a failed start fails the nodes of that executor, with the cause, and the rest goes on', async () => {
    const { engine, js } = stage({}, { start: 'fails' });
    const run = engine.run(mixed);
    await turn();
    js.succeedAll();
    const { counts, errors } = await run.result;
    expect(counts).toMatchObject({ success: 1, error: 1 });
    expect(errors).toMatchObject([{ node: 'p', error: { code: 'executor/failed-to-start' } }]);
    expect(errors[0]?.error.message).toContain('The fake was told to fail.');
  });

  it('[S2] an environment that cannot be made ready fails its nodes, with the cause', async () => {
    const { engine } = stage({}, { prepareError: new LoomError('python/no-wheel', 'No wheel for nope.') });
    const { errors } = await engine.run(flow().node('p', 'test/py').document).result;
    expect(errors).toMatchObject([
      {
        error: {
          code: 'executor/failed-to-prepare',
          cause: { code: 'python/no-wheel', message: 'No wheel for nope.' },
        },
      },
    ]);
  });

  it('[S3] a language that nobody runs is said', async () => {
    const { engine } = stage({}, {}, { executors: [createFakeExecutor()] });
    const { errors } = await engine.run(flow().node('p', 'test/py').document).result;
    expect(errors).toMatchObject([{ error: { code: 'node/no-executor', message: expect.stringContaining('Python') } }]);
  });

  it('[S3] two executors with one id are refused', () => {
    const executors = [createFakeExecutor(), createFakeExecutor()];
    expect(() => createEngine({ library, executors })).toThrow(
      expect.objectContaining({ code: 'engine/duplicate-executor' }),
    );
  });
});

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

describe('results', () => {
  const pair = flow().node('a', 'test/js').node('b', 'test/js').wire('a.out', 'b.in').document;

  async function runAll({ engine, js }: Stage, document: FlowDocument, options?: RunOptions): Promise<void> {
    const run = engine.run(document, options);
    await turn();
    js.succeedAll();
    await run.result;
  }

  it('[R1] values of superseded results are let go, those of the newest stay', async () => {
    const scene = stage();
    await runAll(scene, pair);
    await runAll(scene, pair);
    expect([...scene.js.values.keys()]).toEqual(['js-2', 'js-3']);
    expect(await scene.engine.read({ executor: 'js', handle: 'js-2' })).toBe('a.out');
  });

  it('[R1] a run keeps what it reuses, also when another run supersedes it meanwhile', async () => {
    const scene = stage({ lanes: 2 });
    await runAll(scene, pair);
    const part = scene.engine.run(pair, { targets: { kind: 'nodes', nodes: ['b'] } });
    await turn();
    await runAll(scene, pair, { targets: { kind: 'nodes', nodes: ['a'] } });
    // The first run had the old value of `a`; it is gone only now that the run is over.
    expect((await part.result).counts).toMatchObject({ success: 2, cached: 1 });
    expect([...scene.js.values.values()].sort()).toEqual(['a.out', 'b.out']);
  });

  it('[R2] without kept results nothing is reused, and values stay until the next run', async () => {
    const scene = stage({}, {}, { keepResults: false });
    await runAll(scene, pair);
    expect(scene.js.values.size).toBe(2);
    const run = scene.engine.run(pair, { targets: { kind: 'nodes', nodes: ['b'] } });
    expect(run.plan.nodes.get('a')).toEqual({ action: 'run', reason: 'needed' });
    expect(scene.js.values.size).toBe(0);
    await turn();
    scene.js.succeedAll();
    await run.result;
  });

  it('[R3] lost values are told, and computed again by the next run that needs them', async () => {
    const scene = stage();
    await runAll(scene, pair);
    scene.js.lose('all');
    await turn();
    expect(scene.events.at(-1)).toEqual({ kind: 'values-lost', nodes: ['a', 'b'], at: 1 });
    const plan = scene.engine.plan(pair, { targets: { kind: 'nodes', nodes: ['b'] } });
    expect(plan.nodes.get('a')).toEqual({ action: 'run', reason: 'needed' });
  });

  it('[R4] a value that is lost while a run needs it is computed again, quietly', async () => {
    const { engine, js, py, story } = stage();
    const { document } = flow()
      .node('p', 'test/py')
      .node('a', 'test/js')
      .node('q', 'test/py')
      .wire('p.out', 'q.in')
      .wire('a.out', 'q.in');
    const run = engine.run(document);
    await turn();
    py.succeed('p');
    py.lose('all');
    js.succeed('a');
    await turn();
    py.succeed('p', { out: 'again' });
    await turn();
    expect(py.batches.at(-1)?.tasks.map((task) => task.nodeId)).toEqual(['q']);
    py.succeed('q');
    expect((await run.result).status).toBe('succeeded');
    expect(story().filter((line) => line.endsWith(' p'))).toEqual(['started p', 'succeeded p']);
  });

  it('[R4] a value that is lost again fails who needs it', async () => {
    const { engine, js, py } = stage();
    const { document } = flow()
      .node('p', 'test/py')
      .node('a', 'test/js')
      .node('q', 'test/py')
      .wire('p.out', 'q.in')
      .wire('a.out', 'q.in');
    const run = engine.run(document);
    await turn();
    py.succeed('p');
    py.lose('all');
    js.succeed('a');
    await turn();
    py.fail('p');
    const { errors } = await run.result;
    expect(errors).toMatchObject([{ node: 'q', error: { code: 'executor/lost' } }]);
  });

  it('[R4] tasks that a lost worker had not started are sent again; the one that ran has failed', async () => {
    const { engine, py } = stage();
    const { document } = flow().node('p', 'test/py').node('q', 'test/py');
    const run = engine.run(document);
    await turn();
    py.begin('p');
    py.crash();
    await turn();
    py.succeedAll();
    const { counts, errors } = await run.result;
    expect(counts).toMatchObject({ success: 1, error: 1 });
    expect(errors).toMatchObject([{ node: 'p', error: { code: 'executor/lost' } }]);
  });

  it('[R5] values are read, previewed and refused by who holds them', async () => {
    const { engine, js } = stage();
    const run = engine.run(pair);
    await turn();
    js.succeed('a', { out: { when: new Date(0) } });
    js.succeedAll();
    const { outputs } = await run.result;
    const ref = outputs.a?.out?.ref ?? { executor: '', handle: '' };
    expect(await engine.read(ref)).toEqual({ when: new Date(0) });
    expect((await engine.readPortable(ref)).head).toContain('"$":"datetime"');
    expect((await engine.preview(ref)).data).toHaveProperty('text/plain');
    await expect(engine.read({ executor: 'nobody', handle: '0' })).rejects.toMatchObject({ code: 'value/lost' });
  });
});
