import type { FlowNode, SubgraphFlowType } from '@loom/graph';
import { describe, expect, it } from 'vitest';
import { flow } from '../flow.js';
import { told, toldFrames } from './fixture.js';

function inner(type: string, inputs?: FlowNode['inputs'], settings?: FlowNode['settings']): FlowNode {
  return { type, position: { x: 0, y: 0 }, ...(inputs && { inputs }), ...(settings && { settings }) };
}

/** Gives `a + b` of an inner node that has 3 for `b`; another node inside fails when `check` is odd. */
const sum: SubgraphFlowType = {
  kind: 'subgraph',
  nodes: { add: inner('now/add', { b: 3 }), check: inner('now/failsOnOdd', { x: 0 }), skip: inner('now/skipsOdd') },
  edges: {},
  inputs: { a: { node: 'add', port: 'a' }, b: { node: 'add', port: 'b' }, check: { node: 'check', port: 'x' } },
  outputs: { sum: { node: 'add', port: 'out' }, none: { node: 'skip', port: 'out' } },
};

const types = { sum };

describe('an instance of a subgraph', () => {
  it('takes what it is given, else what the nodes inside have', () => {
    const document = flow()
      .with({ types })
      .node('one', 'now/constant', { value: 1 })
      .node('plain', 'sum')
      .node('given', 'sum', { b: 20 })
      .wire('one.out', 'given.a').document;
    expect(told(document)).toMatchObject({ plain: { sum: 4 }, given: { sum: 21 } });
    expect(toldFrames(document, 'given')).toEqual([{ add: { out: 21 }, check: { out: 0 }, skip: {} }]);
  });

  it('skips an output that was skipped inside, and takes the blame', () => {
    const document = flow()
      .with({ types })
      .node('all', 'sum')
      .node('end', 'now/add')
      .wire('all.none', 'end.a').document;
    expect(told(document)).toMatchObject({ end: 'skipped upstream-skipped all' });
  });

  it('fails when a node inside fails, also when no output needs it', () => {
    const document = flow().with({ types }).node('bad', 'sum', { check: 1 }).document;
    expect(told(document)).toEqual({ bad: 'error subgraph/failed' });
  });

  it('may lack a value that the node inside has', () => {
    const needy: SubgraphFlowType = {
      ...sum,
      nodes: { given: inner('now/given', { needed: 1 }), bare: inner('now/given') },
      inputs: { has: { node: 'given', port: 'needed' }, lacks: { node: 'bare', port: 'needed', required: false } },
      outputs: {},
    };
    const document = flow().with({ types: { needy } }).node('a', 'needy').node('b', 'needy', { lacks: 1 }).document;
    expect(told(document)).toEqual({ a: 'error subgraph/failed', b: {} });
    expect(toldFrames(document, 'a')).toEqual([{ given: { out: [1, 'absent', 5] }, bare: 'error node/missing-input' }]);
  });

  it('may be in another subgraph, but not in itself', () => {
    const outer: SubgraphFlowType = {
      kind: 'subgraph',
      nodes: { inside: inner('sum', { b: 5 }) },
      edges: {},
      inputs: { a: { node: 'inside', port: 'a' } },
      outputs: { sum: { node: 'inside', port: 'sum' } },
    };
    const loop: SubgraphFlowType = { kind: 'subgraph', nodes: { self: inner('loop') }, edges: {} };
    const document = flow()
      .with({ types: { sum, outer, loop } })
      .node('two', 'outer', { a: 2 })
      .node('bad', 'loop').document;
    expect(told(document)).toEqual({ two: { sum: 7 }, bad: 'error subgraph/recursive' });
  });
});
