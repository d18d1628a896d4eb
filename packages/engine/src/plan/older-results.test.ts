import { createLibrary, type FlowDocument } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import { defineNode } from '../define-node.js';
import type { Engine } from '../engine-api.js';
import { stage, turn } from '../run/run-fixture.js';
import { library, newEngine, planned, run, wired } from './plan-fixture.js';

const changed = { targets: { kind: 'changed' } } as const;

/** A chain of so many nodes, with a literal at the first. */
function chain(length: number, lit: number): FlowDocument {
  const nodes = Array.from({ length }, (_, i) => `n${i}`);
  const wires = nodes.slice(1).map((node, i) => `n${i} ${node}`);
  return wired('test/impure', nodes.join(' '), wires).node('n0', 'test/impure', { lit }).document;
}

/** Runs what has changed; how many nodes that were. */
async function computed(engine: Engine, document: FlowDocument): Promise<number> {
  return (await run(engine, document, changed)).computed;
}

describe('[N1] results of earlier keys', () => {
  it.each([3, 300])('come back with undo, and nothing is computed: %i nodes', async (length) => {
    const engine = newEngine();
    expect(await computed(engine, chain(length, 1))).toBe(length);
    expect(await computed(engine, chain(length, 2))).toBe(length);
    expect(await computed(engine, chain(length, 3))).toBe(length);
    const again = [await computed(engine, chain(length, 1)), await computed(engine, chain(length, 3))];
    expect([...again, await computed(engine, chain(length, 2))]).toEqual([0, 0, 0]);
  });

  it('have their values', async () => {
    const engine = newEngine();
    const first = await run(engine, chain(2, 1));
    const ref = first.outputs.n1?.out?.ref ?? { executor: '', handle: '' };
    const value = await engine.read(ref);
    await run(engine, chain(2, 2));
    const again = await run(engine, chain(2, 1), changed);
    expect(await engine.read(again.outputs.n1?.out?.ref ?? { executor: '', handle: '' })).toEqual(value);
  });

  it('come back for inputs that were given before', async () => {
    const engine = newEngine();
    const document = flow(chain(3, 0)).with({ inputs: { x: { node: 'n0', port: 'lit' } } }).document;
    const given = async (x: number): Promise<number> =>
      (await run(engine, document, { ...changed, inputs: { x } })).computed;
    expect([await given(1), await given(2), await given(1), await given(2)]).toEqual([3, 3, 0, 0]);
    // A given value that the document has anyway is the same.
    expect([await computed(engine, document), await given(0)]).toEqual([3, 0]);
  });

  it.each([3, 300])('of flows with equal ids are not taken away by one another: %i nodes', async (length) => {
    const engine = newEngine();
    const [one, other] = [chain(length, 1), chain(length, 2)];
    await Promise.all([computed(engine, one), computed(engine, other)]);
    expect([await computed(engine, one), await computed(engine, other)]).toEqual([0, 0]);
    await run(engine, other);
    expect(await computed(engine, one)).toBe(0);
    // What one of them executes again is still its own.
    await run(engine, one, { targets: { kind: 'selection', nodes: ['n0'] } });
    expect([await computed(engine, one), await computed(engine, other)]).toEqual([length - 1, 0]);
  });

  it.each([3, 300])('go when they take too much, what was used least recently first: %i nodes', async (count) => {
    const loose = (lit: number): FlowDocument =>
      Array.from({ length: count }, (_, i) => `n${i}`).reduce(
        (made, id) => made.node(id, 'test/impure', { lit }),
        flow(),
      ).document;
    // Enough for those of one earlier key, with the flow that they were made of.
    const engine = newEngine({ cacheBytes: count * 600 });
    for (const lit of [1, 2, 3]) await computed(engine, loose(lit));
    expect(await computed(engine, loose(2))).toBe(0);
    expect(await computed(engine, loose(3))).toBe(0);
    expect(await computed(engine, loose(1))).toBe(count);
  });

  it('are not there without room for them, and the newest are all the same', async () => {
    const engine = newEngine({ cacheBytes: 0 });
    for (const length of [3, 300]) {
      await computed(engine, chain(length, 1));
      expect(await computed(engine, chain(length, 2))).toBe(length);
      expect(await computed(engine, chain(length, 2))).toBe(0);
      expect(await computed(engine, chain(length, 1))).toBe(length);
    }
  });

  it.each([
    [2, 16],
    [260, 32],
  ])('are bounded in number: of runs of %i nodes there are %i', async (length, most) => {
    const engine = newEngine();
    await computed(engine, chain(length, -1));
    for (let lit = 0; lit < most + 2; lit++) await computed(engine, chain(length, lit));
    expect(await computed(engine, chain(length, most - 4))).toBe(0);
    expect(await computed(engine, chain(length, -1))).toBe(length);
  });

  it('do not pile up when the same is run again and again, or moved', async () => {
    const scene = stage();
    const { document } = flow().node('a', 'test/js');
    const play = async (played: FlowDocument): Promise<void> => {
      const running = scene.engine.run(played);
      await turn();
      scene.js.succeedAll();
      await running.result;
    };
    await play(document);
    await play(document);
    await play(flow(document).with({ title: 'Moved' }).document);
    expect(scene.js.values.size).toBe(1);
    await play(flow(document).node('a', 'test/js', { in: [1] }).document);
    expect(scene.js.values.size).toBe(2);
    await play(document);
    expect(scene.js.values.size).toBe(2);
  });

  it.each([1, 300])('are of the run that began last, whichever ends last: %i nodes', async (count) => {
    const gates: ((value: number) => void)[] = [];
    const gated = defineNode({
      id: 'test/gated',
      outputs: { out: 'number' },
      run: () => new Promise<{ out: number }>((resolve) => gates.push((out) => resolve({ out }))),
    });
    const shelves = [...library.shelves, { name: 'gated', types: [gated] }];
    const engine = newEngine({ library: createLibrary({ shelves }) });
    const document = flow(chain(count, 0)).node('a', 'test/gated').document;
    const [first, second] = [engine.run(document), engine.run(document)];
    while (gates.length < 2) await turn();
    gates[1]?.(2);
    await second.result;
    gates[0]?.(1);
    await first.result;
    const { outputs } = await run(engine, document, changed);
    expect(await engine.read(outputs.a?.out?.ref ?? { executor: '', handle: '' })).toBe(2);
  });

  it('are lost with their values, and what was made of them holds', async () => {
    const scene = stage();
    const pair = flow().node('p', 'test/py').node('j', 'test/js').wire('p.out', 'j.in').document;
    const running = scene.engine.run(pair);
    await turn();
    scene.py.succeedAll();
    await turn();
    scene.js.succeedAll();
    await running.result;
    scene.py.lose('all');
    expect(planned(scene.engine, pair, { targets: { kind: 'nodes', nodes: ['j'] } })).toEqual({
      p: 'run needed',
      j: 'run target',
    });
    const behind = flow(pair).node('end', 'test/js').wire('j.out', 'end.in').document;
    expect(planned(scene.engine, behind, { targets: { kind: 'nodes', nodes: ['end'] } })).toEqual({
      j: 'reuse',
      end: 'run target',
    });
  });

  it('of single nodes stay when large runs come and go', async () => {
    const engine = newEngine();
    const aside = flow().node('aside', 'test/impure').document;
    await run(engine, aside);
    for (let lit = 0; lit < 40; lit++) await run(engine, chain(260, lit));
    expect(await computed(engine, aside)).toBe(0);
    // Each of these large runs has something that no other has.
    const both = newEngine();
    const many = (i: number): FlowDocument =>
      flow(chain(258, i)).node(`own${i}`, 'test/impure').node(`other${i}`, 'test/impure').document;
    for (let i = 0; i < 40; i++) await run(both, many(i));
    const owns = Array.from({ length: 40 }, (_, i) => `own${i} other${i}`).join(' ');
    expect(await computed(both, wired('test/impure', owns, []).document)).toBe(0);
  });
});

describe('[N3] what is never to be cached', () => {
  const never = { cache: 'never' } as const;
  const document = flow()
    .node('a', 'test/impure', {}, never)
    .node('b', 'test/impure')
    .node('c', 'test/impure')
    .wire('a.out', 'b.in')
    .wire('a.out', 'c.in').document;

  it('runs in each run that has it in scope, once', async () => {
    const engine = newEngine();
    expect(await computed(engine, document)).toBe(3);
    expect(await computed(engine, document)).toBe(3);
    const targets = { kind: 'nodes', nodes: ['c'] } as const;
    expect(planned(engine, document, { targets })).toEqual({ a: 'run changed', c: 'run target' });
  });

  it('is not used either when it may be cached by now', async () => {
    const engine = newEngine();
    await run(engine, document);
    const cached = flow(document).node('a', 'test/impure').document;
    expect(planned(engine, cached, changed)).toMatchObject({ a: 'run changed', b: 'run changed' });
    expect(await computed(engine, cached)).toBe(3);
    expect(await computed(engine, cached)).toBe(0);
  });

  it('leaves what was made of it as it is, when that alone is needed', async () => {
    const engine = newEngine();
    await run(engine, document);
    const behind = flow(document).node('end', 'test/impure').wire('b.out', 'end.in').document;
    expect(planned(engine, behind, { targets: { kind: 'nodes', nodes: ['end'] } })).toEqual({
      b: 'reuse',
      end: 'run target',
    });
  });
});
