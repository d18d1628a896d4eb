import { contentKeys, emptyRunState, idleNode, type NodeRunState, type RunState } from '@loom/engine';
import { createLibrary, type FlowNode, type NodeId } from '@loom/graph';
import { expect, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { staleResults } from './stale-results.js';

const library = createLibrary();
const at = { x: 0, y: 0 };
const zone: FlowNode = { type: 'each', position: at, settings: { zone: { kind: 'for-each' } } };
const document = flowOf(
  { zone, body: { type: 'x', position: at, parent: 'zone' }, after: { type: 'x', position: at } },
  [...['zone.item -> body.in', 'body.out -> zone.result', 'zone.result -> after.in']],
);

/** The stale nodes when these ended in this order. */
function staleAfter(...ended: NodeId[]): NodeId[] {
  const state: NodeRunState = { status: 'success', runId: 'run', log: idleNode.log, durationMs: 1, cached: false };
  const run: RunState = { ...emptyRunState, nodes: new Map(ended.map((id) => [id, state])) };
  const made = new Map(ended.map((id, place) => [id, place]));
  return [
    ...staleResults(
      run,
      { document, library },
      { keys: new Map([['run', contentKeys(document, library)]]), made },
    ).keys(),
  ];
}

test('a zone that ends after its body does not make the body out of date', () => {
  expect(staleAfter('body', 'zone', 'after')).toEqual([]);
});

test('a zone that ran again makes what comes after it out of date', () => {
  expect(staleAfter('after', 'body', 'zone')).toEqual(['after']);
});
