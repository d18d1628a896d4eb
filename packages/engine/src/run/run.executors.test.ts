import { createLibrary, type FlowDocument, LoomError, type NodeType } from '@loom/graph';
import { createFakeExecutor, flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../engine/engine.js';
import { diamond, library, python, stage, turn } from './run-fixture.js';

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

  it('[B5] a join that takes the first value is also brought what comes while that is under way', async () => {
    const { engine, js, py } = stage();
    const { document } = flow()
      .node('a', 'test/js')
      .node('b', 'test/js')
      .node('join', 'test/py', {}, { join: 'first' })
      .wire('a.out', 'join.in')
      .wire('b.out', 'join.in');
    const read = js.read.bind(js);
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    js.read = async (ref) => {
      await opened;
      return read(ref);
    };
    const run = engine.run(document);
    await turn();
    js.succeed('a', { out: { rows: [1] } });
    await turn();
    js.succeed('b', { out: { rows: [2] } });
    open();
    await turn();
    expect(py.batches.flatMap(({ tasks }) => tasks.map(({ inputs }) => inputs.in))).toEqual([
      { kind: 'list', items: ['py-0', 'py-1'].map((handle) => ({ kind: 'ref', ref: { executor: 'py', handle } })) },
    ]);
    py.succeedAll();
    expect((await run.result).status).toBe('succeeded');
  });

  it('[T6] [B1] a node that takes what there is starts after those of its batch that failed', async () => {
    const { engine, js, story } = stage();
    const { document } = flow()
      .node('a', 'test/js')
      .node('join', 'test/js', {}, { join: 'settled' })
      .wire('a.out', 'join.in');
    const run = engine.run(document);
    await turn();
    js.begin('a');
    js.fail('a');
    await turn();
    js.succeedAll();
    expect((await run.result).counts).toMatchObject({ success: 1, error: 1 });
    expect(js.batches.map(({ tasks }) => tasks.length)).toEqual([2, 1]);
    expect(story()).toEqual(['started a', 'failed a test/failed', 'started join', 'succeeded join']);
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
