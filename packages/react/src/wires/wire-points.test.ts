import { applyOperations } from '@loom/graph';
import { expect, test } from 'vitest';
import { library, sumFlow } from '../editor/fixture.js';
import { withWirePoints } from './wire-points.js';

const points = [{ x: 100, y: 50 }];
const edge = sumFlow.edges.e1;
if (edge === undefined) throw new Error('The flow has a wire.');
const led = { ...sumFlow, edges: { e1: { ...edge, view: { points } } } };

function moved(positions: Record<string, { x: number; y: number }>) {
  const result = applyOperations(led, withWirePoints(led, [{ kind: 'move-nodes', positions }]), { library });
  if (!result.ok) throw result.error;
  return result.document.edges.e1?.view?.points;
}

test('the points of a wire move with both its ends, and stay when one of them goes elsewhere', () => {
  expect(moved({ one: { x: 10, y: 20 }, sum: { x: 330, y: 60 } })).toEqual([{ x: 110, y: 70 }]);
  expect(moved({ one: { x: 10, y: 20 } })).toEqual(points);
  expect(moved({ one: { x: 10, y: 20 }, sum: { x: 0, y: 0 } })).toEqual(points);
});
