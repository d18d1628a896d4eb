import { createLibrary, type FlowDocument, type Json, type NodeType } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import type { PlannedNode } from '../api.js';
import { defineNode } from '../define-node.js';
import { library, newEngine, planned, run, wired } from './plan-fixture.js';

const changed = { kind: 'changed' } as const;

const convert = defineNode({
  id: 'test/convert',
  inputs: {
    text: { type: 'string', required: false },
    count: { type: 'int', required: false },
    values: { type: 'number', multiple: true, required: false },
  },
  outputs: { number: 'number', text: 'string', list: 'list<number>', flag: 'bool' },
  run: () => ({ number: 0, text: '', list: [], flag: false }),
});
const generic = defineNode({
  id: 'test/generic',
  inputs: { at: { type: 'int', required: false }, items: { type: 'T', required: false } },
  outputs: { item: 'T' },
  run: () => ({ item: 0 }),
});
const button: NodeType = {
  ...generic,
  id: 'test/button',
  inputs: [],
  outputs: [{ id: 'out', title: 'Out', type: { kind: 'any' } }],
  implementation: { kind: 'event', source: 'host', revision: '1' },
};
const shelves = [...library.shelves, { name: 'more', types: [convert, generic, button] }];
const more = createLibrary({ shelves });

function routes(document: FlowDocument, node = 'n', inputs?: Record<string, Json>): unknown {
  const plan = newEngine({ library: more })
    .plan(document, inputs ? { inputs } : {})
    .nodes.get(node);
  return plan?.action === 'bypass' ? plan.routes : plan;
}

describe('[P6] a bypassed node hands on', () => {
  const bypassed = { mode: 'bypassed' } as const;

  it('what comes to the first connected input that fits, by output', () => {
    const { document } = flow()
      .node('source', 'test/impure')
      .node('n', 'test/convert', { text: 'here', count: 1 }, bypassed)
      .wire('source.out', 'n.values')
      .wire('source.out', 'n.count');
    expect(routes(document)).toEqual({
      number: { kind: 'wire', input: 'count' },
      text: { kind: 'literal', value: 'here' },
      list: { kind: 'skip' },
      flag: { kind: 'skip' },
    });
  });

  it('literals where nothing that fits is connected, those of several wires as the list that they are', () => {
    const { document } = flow().node('n', 'test/convert', { values: [1, 2] }, bypassed);
    expect(routes(document)).toMatchObject({ number: { kind: 'skip' }, list: { kind: 'literal', value: [1, 2] } });
    const promoted = flow(document).with({ inputs: { x: { node: 'n', port: 'count' } } }).document;
    expect(routes(promoted, 'n', { x: 7 })).toMatchObject({ number: { kind: 'literal', value: 7 } });
  });

  it('what has the type of the output, and not just any input of a node that takes any type', () => {
    const { document } = flow().node('n', 'test/generic', { at: 1, items: 'x' }, bypassed);
    expect(routes(document)).toEqual({ item: { kind: 'literal', value: 'x' } });
  });

  it('nothing when it is a zone, is of no known type, or waits for itself', () => {
    const { document } = flow()
      .zone('zone', { kind: 'for-each' }, { items: [] }, bypassed)
      .node('unknown', 'test/unknown', {}, bypassed)
      .node('self', 'test/impure', {}, bypassed)
      .wire('self.out', 'self.in');
    expect(planned(newEngine(), document)).toEqual({
      zone: 'blocked zone/no-bypass',
      unknown: 'blocked node/unknown-type',
      self: 'blocked graph/cycle',
    });
  });

  it('what it gets, and what it does not hand on is not needed', async () => {
    const { document } = wired('test/impure', 'a b end', [])
      .node('n', 'test/impure', {}, bypassed)
      .wire('a.out', 'n.in', 0)
      .wire('b.out', 'n.in', 1)
      .wire('n.out', 'end.in');
    const engine = newEngine();
    expect(planned(engine, document, { targets: { kind: 'nodes', nodes: ['end'] } })).toEqual({
      a: 'run needed',
      n: 'bypass',
      end: 'run target',
    });
    const { outputs } = await run(engine, document);
    const read = async (node: string): Promise<unknown> =>
      engine.read(outputs[node]?.out?.ref ?? { executor: '', handle: '' });
    expect(await read('end')).toEqual([expect.any(Number), [await read('a')]]);
  });

  it('results that hold as if there were no node in between', async () => {
    const { document } = wired('test/impure', 'a b end', [])
      .node('n', 'test/impure', {}, bypassed)
      .wire('a.out', 'n.in', 0)
      .wire('b.out', 'n.in', 1)
      .wire('n.out', 'end.in');
    const engine = newEngine();
    await run(engine, document);
    const reused = { a: 'reuse', b: 'reuse', n: 'bypass', end: 'reuse' };
    expect(planned(engine, document, { targets: changed })).toEqual(reused);
    await run(engine, document, { targets: { kind: 'selection', nodes: ['b'] } });
    expect(planned(engine, document, { targets: changed })).toEqual(reused);
    await run(engine, document, { targets: { kind: 'selection', nodes: ['a'] } });
    expect(planned(engine, document, { targets: changed })).toEqual({ ...reused, end: 'run changed' });
  });
});

describe('[P8] pins', () => {
  const pinned = { pinned: { out: 5 } } as const;
  const chain = (settings: object) =>
    flow()
      .node('before', 'test/impure')
      .node('p', 'test/impure', {}, settings)
      .node('end', 'test/pure')
      .wire('before.out', 'p.in')
      .wire('p.out', 'end.in').document;
  const end = { kind: 'nodes', nodes: ['end'] } as const;

  it('stand in for a node, which needs nothing then', async () => {
    const engine = newEngine();
    expect(planned(engine, chain(pinned), { targets: end })).toEqual({ p: 'pinned', end: 'run target' });
    const { outputs } = await run(engine, chain(pinned), { targets: end });
    expect(await engine.read(outputs.end?.out?.ref ?? { executor: '', handle: '' })).toEqual([0, [5]]);
  });

  it('of a run win over those of the document, and none win over a muted node', () => {
    const pins = { p: { out: 6 } };
    const ofNode = (document: FlowDocument): PlannedNode | undefined =>
      newEngine().plan(document, { pins }).nodes.get('p');
    expect(ofNode(chain(pinned))).toEqual({ action: 'pinned', values: { out: 6 } });
    expect(ofNode(chain({ ...pinned, mode: 'muted' }))).toEqual({ action: 'skip', reason: 'muted' });
  });

  it('leave outputs skipped that they do not name', async () => {
    const { counts } = await run(newEngine(), chain({ pinned: {} }));
    expect(counts).toMatchObject({ success: 2, skipped: 1 });
  });

  it('are all that follows from a pinned node: what is behind it is as old as its values', async () => {
    const engine = newEngine();
    await run(engine, chain(pinned));
    await run(engine, chain(pinned), { targets: { kind: 'selection', nodes: ['before'] } });
    expect(planned(engine, chain(pinned), { targets: changed })).toMatchObject({ p: 'pinned', end: 'reuse' });
    expect(planned(engine, chain({ pinned: { out: 6 } }), { targets: changed })).toMatchObject({ end: 'run changed' });
    const pins = { p: { out: 6 } };
    expect(planned(engine, chain(pinned), { targets: changed, pins })).toMatchObject({ end: 'run changed' });
    await run(engine, chain(pinned), { pins });
    expect(planned(engine, chain({ pinned: { out: 6 } }), { targets: changed })).toMatchObject({ end: 'reuse' });
  });

  it('of nodes that are not there are refused, and those of nodes in zones go there', async () => {
    expect(() => newEngine().plan(chain({}), { pins: { gone: {} } })).toThrow(
      expect.objectContaining({ code: 'run/unknown-node' }),
    );
    const { document } = flow()
      .zone('zone', { kind: 'for-each' }, { items: [1, 2] })
      .node('in', 'test/impure')
      .wire('zone.item', 'in.in')
      .wire('in.out', 'zone.result')
      .into('zone', 'in');
    const engine = newEngine();
    const { outputs } = await run(engine, document, { pins: { in: { out: 'x' } } });
    expect(await engine.read(outputs.zone?.result?.ref ?? { executor: '', handle: '' })).toEqual(['x', 'x']);
    expect(planned(engine, document, { targets: changed })).toEqual({ zone: 'run changed' });
    expect(planned(engine, document, { targets: changed, pins: { in: { out: 'x' } } })).toEqual({ zone: 'reuse' });
  });
});

describe('[P10] event nodes', () => {
  const { document } = flow().node('button', 'test/button').node('end', 'test/impure').wire('button.out', 'end.in');

  it('do nothing in an ordinary run', async () => {
    const engine = newEngine({ library: more });
    expect(planned(engine, document)).toEqual({ button: 'skip waits-for-event', end: 'run target' });
    expect((await run(engine, document)).counts).toMatchObject({ success: 0, skipped: 2 });
  });

  it('stand for what happened when they are pinned', async () => {
    const engine = newEngine({ library: more });
    const options = { targets: { kind: 'from', nodes: ['button'] }, pins: { button: { out: 1 } } } as const;
    expect(planned(engine, document, options)).toEqual({ button: 'pinned', end: 'run target' });
    expect((await run(engine, document, options)).counts).toMatchObject({ success: 2, skipped: 0 });
  });
});

it('[P7] promoted inputs of nodes in zones reach them', async () => {
  const { document } = flow()
    .zone('zone', { kind: 'for-each' }, { items: [1, 2] })
    .node('in', 'test/pure')
    .wire('in.out', 'zone.result')
    .into('zone', 'in')
    .with({ inputs: { x: { node: 'in', port: 'lit' } } });
  const engine = newEngine();
  const { outputs } = await run(engine, document, { inputs: { x: 9 } });
  expect(await engine.read(outputs.zone?.result?.ref ?? { executor: '', handle: '' })).toEqual([
    [9, undefined],
    [9, undefined],
  ]);
});
