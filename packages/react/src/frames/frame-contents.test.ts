import { expect, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { frameAround, nodesIn } from './frame-contents.js';

test('what lies in a frame by its middle moves with it', () => {
  const { nodes } = flowOf({
    inside: { type: 'x', position: { x: 10, y: 60 } },
    half: { type: 'x', position: { x: 250, y: 60 } },
    outside: { type: 'x', position: { x: 290, y: 60 } },
  });
  const frame = frameAround({ x: 0, y: 50, width: 300, height: 200 });
  expect(nodesIn(nodes, frame, () => ({ width: 100, height: 100 }))).toEqual(['inside', 'half']);
});
