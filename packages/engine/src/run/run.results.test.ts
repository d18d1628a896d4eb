import type { FlowDocument } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import type { RunOptions } from '../api.js';
import { type Stage, stage, turn } from './run-fixture.js';

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
