import { createLibrary, type FlowDocument, type Json, type NodeType } from '@loom/graph';
import { flow, randomFlowTypes } from '@loom/testing';
import { describe, expect, it } from 'vitest';
import type { PlannedNode, RunOptions, RunTargets } from '../api.js';
import { builtinShelf } from '../builtin-shelf.js';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';

const add = defineNode({
  id: 'test/add',
  inputs: { a: { type: 'number', title: 'First' }, b: { type: 'number', title: 'Second' } },
  outputs: { sum: 'number' },
  pure: true,
  run: ({ a, b }) => ({ sum: a + b }),
});
let impureRuns = 0;
const impure = defineNode({ id: 'test/impure', outputs: { n: 'number' }, run: () => ({ n: impureRuns++ }) });
const faulty: NodeType = {
  ...add,
  id: 'test/faulty',
  implementation: {
    kind: 'source',
    language: 'python',
    source: 'def f(:\n  pass',
    entry: 'f',
    revision: '1',
    returns: 'single',
  },
  problems: [{ severity: 'error', message: 'invalid syntax', line: 1, column: 7 }],
};
const library = createLibrary({
  shelves: [builtinShelf, { name: 'test', types: [add, impure, faulty, ...randomFlowTypes] }],
});

function engineOf(): ReturnType<typeof createEngine> {
  return createEngine({ library, executors: [createJavaScriptExecutor()] });
}

function planned(document: FlowDocument, node: string, options?: RunOptions): PlannedNode | undefined {
  return engineOf().plan(document, options).nodes.get(node);
}

function blockedCode(document: FlowDocument, node: string): string {
  const plan = planned(document, node);
  return plan?.action === 'blocked' ? `${plan.error.code}: ${plan.error.message}` : `${plan?.action}`;
}

describe('[P2] a node is blocked, with a reason,', () => {
  it('when nobody knows its type', () => {
    expect(blockedCode(flow().node('a', 'test/nope').document, 'a')).toMatch(/^node\/unknown-type: .*"test\/nope"/);
  });

  it('when its source has a fault, at the place of the fault', () => {
    expect(planned(flow().node('a', 'test/faulty').document, 'a')).toEqual({
      action: 'blocked',
      error: {
        code: 'python/syntax',
        message: 'invalid syntax',
        frames: [{ typeId: 'test/faulty', functionName: '<module>', line: 1, column: 7, text: 'def f(:' }],
      },
    });
  });

  it('when inputs are missing, which it names by title', () => {
    const { document } = flow().node('a', 'test/add', { a: 0 });
    expect(blockedCode(document, 'a')).toMatch(/^node\/missing-input: .*"Second"/);
    expect(blockedCode(flow().node('a', 'test/add').document, 'a')).toMatch(/inputs "First", "Second"/);
  });

  it('when a literal does not fit the schema of its input, which names the place', () => {
    const schema = { type: 'object', properties: { marks: { items: { type: 'number', minimum: 0 } } } };
    const draw = defineNode({
      id: 'test/draw',
      inputs: { chart: { type: 'json', widget: { kind: 'form', schema } } },
      run: () => ({}),
    });
    const engine = createEngine({
      library: createLibrary({ shelves: [{ name: 'Test', types: [draw] }] }),
      executors: [createJavaScriptExecutor()],
    });
    const decision = (marks: Json) =>
      engine.plan(flow().node('a', 'test/draw', { chart: { marks } }).document).nodes.get('a');
    expect(decision([1, 0])).toMatchObject({ action: 'run' });
    expect(decision([1, -1])).toMatchObject({
      action: 'blocked',
      error: { code: 'node/wrong-literal', message: '"Chart": marks[1]: At least 0.' },
    });
  });

  it('when a literal does not fit', () => {
    const { document } = flow().node('a', 'test/add', { a: '007', b: 1 });
    expect(blockedCode(document, 'a')).toMatch(/^node\/wrong-literal: "First".*"007"/);
  });

  it('when a wire leads from or to a port that is gone, or two lead where one fits', () => {
    const base = flow().node('n', 'loom/value-number').node('a', 'test/add', { b: 1 });
    expect(blockedCode(base.wire('n.value', 'a.gone').document, 'a')).toMatch(/^node\/unknown-port: .*"gone"/);
    expect(blockedCode(base.wire('n.gone', 'a.a').document, 'a')).toMatch(/^node\/unknown-port: .*"gone"/);
    const two = base.node('m', 'loom/value-number').wire('n.value', 'a.a').wire('m.value', 'a.a');
    expect(blockedCode(two.document, 'a')).toMatch(/^node\/too-many-wires/);
  });

  it('when it is on a cycle, and not when it is behind one', () => {
    const { document } = flow()
      .node('a', 'test/add', { b: 1 })
      .node('b', 'test/add', { b: 1 })
      .node('c', 'test/add', { b: 1 })
      .wire('a.sum', 'b.a')
      .wire('b.sum', 'a.a')
      .wire('b.sum', 'c.a');
    expect(blockedCode(document, 'a')).toMatch(/^graph\/cycle/);
    expect(blockedCode(document, 'b')).toMatch(/^graph\/cycle/);
    expect(planned(document, 'c')).toEqual({ action: 'run', reason: 'target' });
  });

  it('when it is a zone without settings, or a subgraph that contains itself', () => {
    const { document } = flow()
      .node('zone', 'loom/for-each')
      .subgraph('self', flow().node('again', 'self'), {}, {})
      .node('sub', 'self');
    expect(blockedCode(document, 'zone')).toMatch(/^zone\/no-settings/);
    expect(engineOf().plan(document).nodes.get('sub')).toMatchObject({ action: 'run' });
  });
});

describe('scope and reuse', () => {
  const chain = flow()
    .node('n', 'loom/value-number', { value: 1 })
    .node('a', 'test/add', { b: 1 })
    .node('b', 'test/add', { b: 1 })
    .node('other', 'loom/value-number')
    .wire('n.value', 'a.a')
    .wire('a.sum', 'b.a');

  it('[P3] everything runs when everything is the target', () => {
    const plan = engineOf().plan(chain.document);
    expect(plan.order).toEqual(['n', 'other', 'a', 'b']);
    expect([...plan.nodes.values()]).toEqual(Array(4).fill({ action: 'run', reason: 'target' }));
  });

  it('[P3] a target brings what it needs, and nothing else', () => {
    const plan = engineOf().plan(chain.document, { targets: { kind: 'nodes', nodes: ['a'] } });
    expect([...plan.nodes]).toEqual([
      ['n', { action: 'run', reason: 'needed' }],
      ['a', { action: 'run', reason: 'target' }],
    ]);
  });

  it('[P4] what a target needs is reused while nothing before it changed', async () => {
    const engine = engineOf();
    await engine.run(chain.document).result;
    const targets = { kind: 'nodes', nodes: ['b'] } as const;
    expect([...engine.plan(chain.document, { targets }).nodes]).toEqual([
      ['a', { action: 'reuse', reason: 'unchanged' }],
      ['b', { action: 'run', reason: 'target' }],
    ]);
    const result = await engine.run(chain.document, { targets }).result;
    expect(result.counts).toEqual({ success: 2, error: 0, skipped: 0, cancelled: 0, cached: 1 });

    const edited = flow(chain.document).node('n', 'loom/value-number', { value: 5 }).document;
    expect([...engine.plan(edited, { targets }).nodes]).toEqual([
      ['n', { action: 'run', reason: 'changed' }],
      ['a', { action: 'run', reason: 'changed' }],
      ['b', { action: 'run', reason: 'target' }],
    ]);
    // A moved node is another document and the same computation.
    const moved = flow(chain.document).with({ title: 'Moved' }).document;
    expect(engine.plan(moved, { targets }).nodes.get('a')).toEqual({ action: 'reuse', reason: 'unchanged' });
    await engine.dispose();
  });

  it('[P4] a result made from an impure node does not outlive that node’s next execution', async () => {
    const engine = engineOf();
    const { document } = flow()
      .node('i', 'test/impure')
      .node('a', 'test/add', { b: 1 })
      .node('b', 'test/add', { b: 1 })
      .wire('i.n', 'a.a')
      .wire('a.sum', 'b.a');
    await engine.run(document).result;
    const targets = { kind: 'nodes', nodes: ['b'] } as const;
    expect(engine.plan(document, { targets }).nodes.get('a')).toEqual({ action: 'reuse', reason: 'unchanged' });
    await engine.run(document, { targets: { kind: 'nodes', nodes: ['i'] } }).result;
    expect(engine.plan(document, { targets }).nodes.get('a')).toEqual({ action: 'run', reason: 'changed' });
    expect(engine.plan(document, { targets }).nodes.get('i')).toEqual({ action: 'reuse', reason: 'unchanged' });
    await engine.dispose();
  });

  it('[P6] muted nodes are skipped', () => {
    const { document } = flow().node('a', 'test/add', {}, { mode: 'muted' });
    expect(planned(document, 'a')).toEqual({ action: 'skip', reason: 'muted' });
  });

  it('[P7] promoted inputs win over literals, and unknown names are refused', async () => {
    const promoted = chain.with({ inputs: { start: { node: 'n', port: 'value' } } }).document;
    const engine = engineOf();
    const { outputs } = await engine.run(promoted, { inputs: { start: 40 } }).result;
    expect(outputs.b?.sum?.preview.data).toEqual({ 'text/plain': '42' });
    expect(planned(promoted, 'n', { inputs: { start: 'x' } })).toMatchObject({ action: 'blocked' });
    expect(() => engine.run(promoted, { inputs: { nope: 1 } })).toThrow(
      expect.objectContaining({ code: 'run/unknown-input', message: expect.stringContaining('"start"') }),
    );
    expect(() => engine.plan(promoted, { targets: { kind: 'nodes', nodes: ['gone'] } })).toThrow(
      expect.objectContaining({ code: 'run/unknown-node' }),
    );
    expect(() => engine.run(promoted, { pins: { n: { nope: 1 } } })).toThrow(
      expect.objectContaining({ code: 'run/unknown-port', message: expect.stringContaining('"nope"') }),
    );
    // As an app without TypeScript may call it.
    const targets = [{ kind: 'upto', nodes: ['n'] }, { kind: 'nodes' }] as unknown as readonly RunTargets[];
    for (const each of targets) {
      const refused = expect.objectContaining({ code: 'run/wrong-targets' });
      expect(() => engine.run(promoted, { targets: each })).toThrow(refused);
    }
    for (const timeoutMs of [Number.NaN, -1]) {
      const refused = expect.objectContaining({ code: 'run/wrong-time-limit' });
      expect(() => engine.run(promoted, { timeoutMs })).toThrow(refused);
    }
    await engine.dispose();
  });
});
