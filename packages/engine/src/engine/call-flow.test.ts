import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import { numberEngine } from '../run/container/zone-fixture.js';

const adding = flow()
  .node('one', 'n/add', { a: 1 })
  .node('two', 'n/add')
  .node('aside', 'n/odd-fails', { a: 1 })
  .wire('one.sum', 'two.a')
  .with({
    inputs: { start: { node: 'one', port: 'a' }, step: { node: 'two', port: 'b' } },
    outputs: { sum: { node: 'two', port: 'sum' }, half: { node: 'one', port: 'sum' } },
  });

it('[H6] a call passes by breakpoints', async () => {
  const { document } = flow()
    .node('one', 'n/add', { a: 1 }, { breakpoint: true })
    .with({ outputs: { sum: { node: 'one', port: 'sum' } } });
  expect(await numberEngine().call(document)).toEqual({ sum: 2 });
});

describe('[P11] calling a flow', () => {
  it('gives what its outputs need, and nothing else runs', async () => {
    expect(await numberEngine().call(adding.document, { start: 10, step: 100 })).toEqual({ sum: 111, half: 11 });
    expect(await numberEngine().call(adding.document)).toEqual({ sum: 3, half: 2 });
  });

  it('leaves out what was skipped', async () => {
    const { document } = flow()
      .node('even', 'n/even', { a: 3 })
      .with({ outputs: { a: { node: 'even', port: 'a' } } });
    expect(await numberEngine().call(document)).toEqual({});
  });

  it('rejects with the error of the node that failed', async () => {
    const { document } = flow()
      .node('odd', 'n/odd-fails', { a: 3 })
      .with({ outputs: { a: { node: 'odd', port: 'a' } } });
    await expect(numberEngine().call(document)).rejects.toMatchObject({
      code: 'run/failed',
      message: 'The flow failed at "odd": Error: 3 is odd.',
    });
  });

  it('rejects when it is cancelled, and names what is not there', async () => {
    const engine = numberEngine();
    const { signal } = { signal: AbortSignal.abort() };
    await expect(engine.call(adding.document, {}, { signal })).rejects.toMatchObject({ code: 'run/cancelled' });
    await expect(engine.call(adding.document, { other: 1 })).rejects.toMatchObject({ code: 'run/unknown-input' });
    const gone = adding.with({ outputs: { x: { node: 'gone', port: 'x' } } }).document;
    await expect(engine.call(gone)).rejects.toMatchObject({ code: 'run/unknown-output' });
    const zone = flow().zone('z', { kind: 'for-each' }, { items: [] }).node('in', 'n/add', { a: 1 }).into('z', 'in');
    const inside = zone.with({ outputs: { x: { node: 'in', port: 'sum' } } }).document;
    await expect(engine.call(inside)).rejects.toMatchObject({ code: 'run/unknown-output' });
  });
});
