import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import type { RunTargets } from '../api.js';
import { mood, newEngine, planned, run, wired } from './plan-fixture.js';

const changed = { kind: 'changed' } as const;
const to = (...nodes: string[]): RunTargets => ({ kind: 'to', nodes });
const from = (...nodes: string[]): RunTargets => ({ kind: 'from', nodes });
const nodes = (...names: string[]): RunTargets => ({ kind: 'nodes', nodes: names });
const selection = (...names: string[]): RunTargets => ({ kind: 'selection', nodes: names });

/** `a` feeds `b` and `x`, and from both of them it comes to `c`, then `d`. */
const document = wired('test/impure', 'a b x c d', ['a b', 'a x', 'b c', 'x c', 'c d']).document;

describe('[P3] targets', () => {
  it('up to a node: it runs with what it needs', async () => {
    const engine = newEngine();
    expect(planned(engine, document, { targets: to('b') })).toEqual({ a: 'run needed', b: 'run target' });
    await run(engine, document);
    expect(planned(engine, document, { targets: to('c') })).toEqual({ b: 'reuse', x: 'reuse', c: 'run target' });
  });

  it('from a node: it runs with all that depends on it, and what these need beside', async () => {
    const engine = newEngine();
    const all = { a: 'run needed', b: 'run target', x: 'run needed', c: 'run target', d: 'run target' };
    expect(planned(engine, document, { targets: from('b') })).toEqual(all);
    await run(engine, document);
    expect(planned(engine, document, { targets: from('b') })).toEqual({ ...all, a: 'reuse', x: 'reuse' });
  });

  it('nodes: nothing between them is taken from before, when one of them runs before it', async () => {
    const engine = newEngine();
    await run(engine, document);
    expect(planned(engine, document, { targets: nodes('a', 'c') })).toEqual({
      a: 'run target',
      b: 'run changed',
      x: 'run changed',
      c: 'run target',
    });
  });

  it('a selection: exactly these run, with what was there', async () => {
    const engine = newEngine();
    await run(engine, document);
    const targets = selection('a', 'c');
    expect(planned(engine, document, { targets })).toEqual({
      a: 'run target',
      b: 'reuse',
      x: 'reuse',
      c: 'run target',
    });
    const { computed } = await run(engine, document, { targets });
    expect(computed).toBe(2);
    // Now `b` and `x` were made of what `a` gave before.
    expect(planned(engine, document, { targets: nodes('d') })).toMatchObject({
      a: 'reuse',
      b: 'run changed',
      d: 'run target',
    });
  });

  it('a selection: what it needs runs where there is no result', () => {
    expect(planned(newEngine(), document, { targets: selection('c') })).toEqual({
      a: 'run needed',
      b: 'run needed',
      x: 'run needed',
      c: 'run target',
    });
  });

  it('what has changed: all nodes are in scope, and those whose results hold are reused', async () => {
    const engine = newEngine();
    expect((await run(engine, document, { targets: changed })).computed).toBe(5);
    expect(planned(engine, document, { targets: changed })).toEqual({
      a: 'reuse',
      b: 'reuse',
      x: 'reuse',
      c: 'reuse',
      d: 'reuse',
    });
    const edited = flow(document).node('x', 'test/impure', { lit: 1 }).document;
    expect(planned(engine, edited, { targets: changed })).toEqual({
      a: 'reuse',
      b: 'reuse',
      x: 'run changed',
      c: 'run changed',
      d: 'run changed',
    });
    expect((await run(engine, edited, { targets: changed })).computed).toBe(3);
    expect((await run(engine, edited, { targets: changed })).computed).toBe(0);
  });

  it('a node in a zone stands for the outermost zone, and a group for what is in it', () => {
    const zones = flow()
      .zone('outer', { kind: 'for-each' }, { items: [] })
      .zone('inner', { kind: 'for-each' })
      .node('deep', 'test/impure')
      .into('inner', 'deep')
      .into('outer', 'inner')
      .zone('group', { kind: 'group' })
      .node('member', 'test/impure')
      .into('group', 'member')
      .node('other', 'test/impure').document;
    const engine = newEngine();
    expect(planned(engine, zones, { targets: nodes('deep') })).toEqual({ outer: 'run target' });
    expect(planned(engine, zones, { targets: nodes('group') })).toEqual({ member: 'run target' });
  });
});

describe('[P4] a result holds', () => {
  it('only as long as what feeds it has not been executed since, also further up', async () => {
    const engine = newEngine();
    await run(engine, document);
    await run(engine, document, { targets: selection('a') });
    expect(planned(engine, document, { targets: to('d') })).toMatchObject({ a: 'reuse', c: 'run changed' });
  });

  it('whatever was executed, behind what is pure', async () => {
    const engine = newEngine();
    const pure = wired('test/pure', 'a b c', ['a b', 'b c']).document;
    await run(engine, pure);
    await run(engine, pure, { targets: selection('a') });
    expect(planned(engine, pure, { targets: to('c') })).toEqual({ b: 'reuse', c: 'run target' });
  });

  it('for the node that it was made of, not for one that is just like it', async () => {
    const engine = newEngine();
    const twins = wired('test/impure', 'a twin b', ['a b']);
    await run(engine, twins.document);
    const rewired = twins.with({ edges: {} }).wire('twin.out', 'b.in').document;
    expect(planned(engine, rewired, { targets: changed })).toEqual({ a: 'reuse', twin: 'reuse', b: 'run changed' });
  });

  it('no longer when the last execution failed, nor what was made in spite of that', async () => {
    for (const type of ['test/fickle', 'test/fickle-pure']) {
      const engine = newEngine();
      const one = flow().node('a', type).node('b', 'test/pure', {}, { join: 'settled' }).wire('a.out', 'b.in').document;
      await run(engine, one);
      mood.fails = true;
      await run(engine, one);
      expect(planned(engine, one, { targets: changed })).toEqual({ a: 'run changed', b: 'run changed' });
      mood.fails = false;
      expect((await run(engine, one, { targets: changed })).computed).toBe(2);
      expect((await run(engine, one, { targets: changed })).computed).toBe(0);
    }
  });

  it('when it was made without what was skipped, until that is not skipped', async () => {
    const engine = newEngine();
    const gated = flow()
      .node('gate', 'test/fickle')
      .node('behind', 'test/impure')
      .node('beside', 'test/impure')
      .node('join', 'test/impure', {}, { join: 'any' })
      .wire('gate.out', 'behind.in')
      .wire('behind.out', 'join.in')
      .wire('beside.out', 'join.in').document;
    await run(engine, gated);
    mood.isClosed = true;
    expect((await run(engine, gated)).counts).toMatchObject({ success: 3, skipped: 1 });
    for (let times = 0; times < 3; times++) {
      const { computed, counts } = await run(engine, gated, { targets: changed });
      expect({ computed, skipped: counts.skipped }).toEqual({ computed: 0, skipped: 1 });
    }
    mood.isClosed = false;
    await run(engine, gated, { targets: selection('gate') });
    expect((await run(engine, gated, { targets: changed })).computed).toBe(2);
  });

  it('behind something that can never run, which is always skipped for the same reason', async () => {
    const engine = newEngine();
    const blocked = flow()
      .node('blocked', 'test/unknown')
      .node('behind', 'test/impure')
      .node('join', 'test/impure', {}, { join: 'settled' })
      .wire('blocked.out', 'behind.in')
      .wire('behind.out', 'join.in').document;
    await run(engine, blocked);
    for (let times = 0; times < 3; times++) expect((await run(engine, blocked, { targets: changed })).computed).toBe(0);
  });
});

it('[P3] plans that do the same are the same, whatever they do it with', async () => {
  const engine = newEngine();
  const promoted = flow(document).with({ inputs: { x: { node: 'd', port: 'lit' } } }).document;
  await run(engine, promoted);
  const computed = async (x: number): Promise<number> =>
    (await run(engine, promoted, { targets: nodes('d'), inputs: { x } })).computed;
  expect([await computed(1), await computed(2), await computed(1)]).toEqual([1, 1, 1]);
  await run(engine, promoted, { targets: selection('a') });
  // What was planned before does not hold any more.
  expect([await computed(2), await computed(3)]).toEqual([4, 1]);
});
