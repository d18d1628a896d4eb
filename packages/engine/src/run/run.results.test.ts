import { createLibrary, type FlowDocument, LoomError } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it, vi } from 'vitest';
import type { RunOptions } from '../api.js';
import { builtinShelf } from '../builtin-shelf.js';
import { python, type Stage, stage, turn } from './run-fixture.js';

/** A Python node and a JavaScript node that a second Python node needs. */
const joinOfTwoExecutors = () =>
  flow().node('p', 'test/py').node('a', 'test/js').node('q', 'test/py').wire('p.out', 'q.in').wire('a.out', 'q.in');

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
    const { document } = joinOfTwoExecutors();
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
    const { document } = joinOfTwoExecutors();
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

  it('[R4] a value that turns out to be lost while it is moved is computed again, and it alone', async () => {
    const { engine, js, py, story } = stage();
    const { document } = flow()
      .node('p', 'test/py')
      .node('r', 'test/py')
      .node('q', 'test/js')
      .node('end', 'test/js')
      .wire('p.out', 'q.in')
      .wire('r.out', 'q.in')
      .wire('q.out', 'end.in');
    const run = engine.run(document);
    await turn();
    py.succeed('r');
    vi.spyOn(py, 'read').mockRejectedValueOnce(new LoomError('value/lost', 'It is gone.'));
    py.succeed('p');
    await turn();
    expect(py.open.map(({ nodeId }) => nodeId)).toEqual(['p']);
    py.succeed('p');
    await turn();
    js.succeedAll();
    expect((await run.result).counts).toMatchObject({ success: 4, error: 0 });
    expect(story().filter((line) => /[pq]$/.test(line))).toEqual([
      'started p',
      'succeeded p',
      'started q',
      'succeeded q',
    ]);
  });

  it('[R4] a value that is lost again while it is moved fails who needs it, and what hangs on that is skipped', async () => {
    const { engine, py } = stage();
    const { document } = flow()
      .node('p', 'test/py')
      .node('q', 'test/js')
      .node('end', 'test/js')
      .wire('p.out', 'q.in')
      .wire('q.out', 'end.in');
    vi.spyOn(py, 'read').mockRejectedValue(new LoomError('value/lost', 'It is gone.'));
    const run = engine.run(document);
    for (let i = 0; i < 2; i++) {
      await turn();
      py.succeed('p');
    }
    const { counts, errors } = await run.result;
    expect(counts).toMatchObject({ success: 1, error: 1, skipped: 1 });
    expect(errors).toMatchObject([{ node: 'q', error: { code: 'value/lost', cause: { message: 'It is gone.' } } }]);
  });

  it('[R4] what the engine itself has to read is computed again, too', async () => {
    const types = [python, ...builtinShelf.types];
    const { engine, py, story } = stage({}, {}, { library: createLibrary({ shelves: [{ name: 'test', types }] }) });
    const { document } = flow()
      .node('p', 'test/py')
      .node('way', 'loom/branch', { value: 1 })
      .node('end', 'test/py')
      .wire('p.out', 'way.condition')
      .wire('way.true', 'end.in');
    vi.spyOn(py, 'read').mockRejectedValueOnce(new LoomError('value/lost', 'It is gone.'));
    const run = engine.run(document);
    await turn();
    py.succeed('p', { out: false });
    await turn();
    py.succeed('p', { out: true });
    await turn();
    py.succeed('end');
    expect((await run.result).counts).toMatchObject({ success: 3, error: 0 });
    expect(story().filter((line) => line.endsWith(' way'))).toEqual(['started way', 'succeeded way']);
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
