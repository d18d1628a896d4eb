import { contentKeys, emptyRunState, idleNode, type NodeRunState, type RunState } from '@loom/engine';
import { createLibrary, type FlowNode, type NodeId } from '@loom/graph';
import { expect, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { noKeptRuns } from './run-archive.js';
import { compareResults } from './stale-results.js';

const library = createLibrary();
const at = { x: 0, y: 0 };
const zone: FlowNode = { type: 'each', position: at, settings: { zone: { kind: 'for-each' } } };
const document = flowOf(
  {
    source: { type: 'x', position: at },
    zone,
    body: { type: 'x', position: at, parent: 'zone' },
    after: { type: 'x', position: at },
  },
  ['zone.item -> body.in', 'source.out -> body.more', 'body.out -> zone.result', 'zone.result -> after.in'],
);

/** The stale nodes when these ended in this order. */
function staleAfter(...ended: NodeId[]): NodeId[] {
  const state: NodeRunState = { status: 'success', runId: 'run', log: idleNode.log, durationMs: 1, cached: false };
  const run: RunState = { ...emptyRunState, nodes: new Map(ended.map((id) => [id, state])) };
  const made = new Map(ended.map((id, place) => [id, place]));
  return [
    ...compareResults(
      run,
      { document, library },
      { keys: new Map([['run', contentKeys(document, library)]]), made, kept: noKeptRuns },
    ).stale.keys(),
  ];
}

test('a zone and its body do not make each other out of date, whichever is told to have ended first', () => {
  expect(staleAfter('body', 'zone', 'after')).toEqual([]);
  expect(staleAfter('zone', 'body', 'after')).toEqual([]);
  expect(staleAfter('zone', 'after', 'body')).toEqual([]);
});

test('what feeds the body from outside makes the whole zone out of date', () => {
  expect(staleAfter('zone', 'body', 'after', 'source')).toEqual(['zone', 'body', 'after']);
});

test('a zone that ran again makes what comes after it out of date', () => {
  expect(staleAfter('after', 'body', 'zone')).toEqual(['after']);
});
