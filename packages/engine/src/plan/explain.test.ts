import type { FlowDocument, FlowNode } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import type { Explanation, PlanOptions, RunCause } from '../api.js';
import type { Engine } from '../engine-api.js';
import { stage, turn } from '../run/run-fixture.js';
import { mood, newEngine, run, wired } from './plan-fixture.js';

const document = wired('test/impure', 'a b c', ['a b', 'b c']).document;

function causes(engine: Engine, of: FlowDocument, node: string, options?: PlanOptions): readonly RunCause[] {
  return engine.explain(of, node, options).causes;
}

function withNode(id: string, changes: Partial<FlowNode>): FlowDocument {
  const node = document.nodes[id] as FlowNode; // one of those above
  return { ...document, nodes: { ...document.nodes, [id]: { ...node, ...changes } } };
}

/** An engine that has run everything. */
async function after(): Promise<Engine> {
  const engine = newEngine();
  await run(engine, document);
  return engine;
}

describe('[P9] a node is explained:', () => {
  it('it has no result yet', () => {
    const expected: Explanation = {
      node: 'a',
      planned: { action: 'run', reason: 'needed' },
      causes: [{ kind: 'no-result' }],
    };
    expect(newEngine().explain(document, 'a')).toEqual(expected);
  });

  it('nothing has changed, and nothing is run by asking', async () => {
    const engine = await after();
    const expected: Explanation = { node: 'c', planned: { action: 'reuse', reason: 'unchanged' }, causes: [] };
    expect(engine.explain(document, 'c')).toEqual(expected);
    expect(engine.explain(document, 'c')).toEqual(expected);
  });

  it('it is asked for, or not asked for', async () => {
    const engine = await after();
    const targets = { kind: 'nodes', nodes: ['b'] } as const;
    expect(causes(engine, document, 'b', { targets })).toEqual([{ kind: 'target' }]);
    expect(engine.explain(document, 'c', { targets })).toEqual({ node: 'c', planned: undefined, causes: [] });
  });

  it('its code, a literal, a setting or a wire is another', async () => {
    const engine = await after();
    expect(causes(engine, withNode('a', { type: 'test/pure' }), 'a')).toEqual([{ kind: 'code' }]);
    expect(causes(engine, withNode('a', { inputs: { lit: 5 } }), 'a')).toEqual([{ kind: 'literal', port: 'lit' }]);
    expect(causes(engine, withNode('c', { settings: { join: 'any' } }), 'c')).toEqual([
      { kind: 'setting', setting: 'join' },
    ]);
    expect(causes(engine, flow(document).wire('a.out', 'c.in').document, 'c')).toEqual([
      { kind: 'wiring', port: 'in' },
    ]);
    const both = { inputs: { lit: 5 }, settings: { join: 'any' } } as const;
    expect(causes(engine, withNode('c', both), 'c')).toEqual([
      { kind: 'setting', setting: 'join' },
      { kind: 'literal', port: 'lit' },
    ]);
  });

  it('a promoted input is another', async () => {
    const engine = newEngine();
    const promoted = flow(document).with({ inputs: { x: { node: 'a', port: 'lit' } } }).document;
    await run(engine, promoted, { inputs: { x: 1 } });
    expect(causes(engine, promoted, 'a', { inputs: { x: 1 } })).toEqual([]);
    expect(causes(engine, promoted, 'a', { inputs: { x: 2 } })).toEqual([{ kind: 'literal', port: 'lit' }]);
    expect(causes(engine, promoted, 'a')).toEqual([{ kind: 'literal', port: 'lit' }]);
  });

  it('what Python requires is another, which is nothing to JavaScript', async () => {
    const scene = stage();
    const both = flow().node('p', 'test/py').node('j', 'test/js');
    const first = scene.engine.run(both.document);
    await turn();
    scene.py.succeedAll();
    scene.js.succeedAll();
    await first.result;
    const after = both.with({ environment: { python: { requirements: ['numpy'] } } }).document;
    expect(causes(scene.engine, after, 'p')).toEqual([{ kind: 'environment' }]);
    expect(causes(scene.engine, after, 'j')).toEqual([]);
  });

  it('what feeds it has changed', async () => {
    const engine = await after();
    const edited = withNode('a', { inputs: { lit: 5 } });
    expect(causes(engine, edited, 'b')).toEqual([{ kind: 'upstream', node: 'a', change: 'changed' }]);
    expect(causes(engine, edited, 'c')).toEqual([{ kind: 'upstream', node: 'b', change: 'changed' }]);
  });

  it('what feeds it is not pure, and ran anew or will', async () => {
    const engine = await after();
    const targets = { kind: 'nodes', nodes: ['a', 'c'] } as const;
    expect(causes(engine, document, 'b', { targets })).toEqual([{ kind: 'upstream', node: 'a', change: 'runs' }]);
    await run(engine, document, { targets: { kind: 'selection', nodes: ['a'] } });
    expect(causes(engine, document, 'b')).toEqual([{ kind: 'upstream', node: 'a', change: 'ran-anew' }]);
    expect(causes(engine, document, 'c')).toEqual([
      { kind: 'upstream', node: 'b', change: 'changed' },
      { kind: 'upstream', node: 'b', change: 'runs' },
    ]);
  });

  it('it failed, its result is not to be used again, or it is lost', async () => {
    const engine = newEngine();
    const fickle = flow().node('a', 'test/fickle').node('never', 'test/impure', {}, { cache: 'never' }).document;
    mood.fails = true;
    await run(engine, fickle);
    mood.fails = false;
    expect(causes(engine, fickle, 'a')).toEqual([{ kind: 'failed' }]);
    expect(causes(engine, fickle, 'never')).toEqual([{ kind: 'not-kept' }]);

    const scene = stage();
    const { document: one } = flow().node('j', 'test/js');
    const first = scene.engine.run(one);
    await turn();
    scene.js.succeedAll();
    await first.result;
    scene.js.lose('all');
    expect(causes(scene.engine, one, 'j')).toEqual([{ kind: 'lost' }]);
  });

  it('what is not run has no cause, and a node in a zone is explained by the zone', () => {
    const zones = flow()
      .zone('zone', { kind: 'for-each' }, { items: [] })
      .node('in', 'test/impure')
      .into('zone', 'in')
      .node('muted', 'test/impure', {}, { mode: 'muted' }).document;
    const engine = newEngine();
    expect(engine.explain(zones, 'in')).toMatchObject({ node: 'zone', causes: [{ kind: 'no-result' }] });
    expect(engine.explain(zones, 'muted')).toEqual({
      node: 'muted',
      planned: { action: 'skip', reason: 'muted' },
      causes: [],
    });
    expect(() => engine.explain(zones, 'gone')).toThrow(expect.objectContaining({ code: 'run/unknown-node' }));
  });

  it('the body of a zone is its code', async () => {
    const zone = (lit: number) =>
      flow().zone('zone', { kind: 'for-each' }, { items: [] }).node('in', 'test/impure', { lit }).into('zone', 'in')
        .document;
    const engine = newEngine();
    await run(engine, zone(1));
    expect(causes(engine, zone(1), 'zone')).toEqual([]);
    expect(causes(engine, zone(2), 'zone')).toEqual([{ kind: 'code' }]);
  });

  it('the source of a type of the flow is its code', async () => {
    const source = (gives: number) =>
      flow().javascript('own', `export default () => ({ out: ${gives} })`, {}, { out: 'number' }).node('a', 'own')
        .document;
    const engine = newEngine();
    await run(engine, source(1));
    expect(causes(engine, source(1), 'a')).toEqual([]);
    expect(causes(engine, source(2), 'a')).toEqual([{ kind: 'code' }]);
  });
});
