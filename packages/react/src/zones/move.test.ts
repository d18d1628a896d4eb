import { expect, test } from 'vitest';
import { zoneFlow } from '../editor/zone-fixture.js';
import { carryContents, dropOperations, moveContents } from './move.js';

const { nodes } = zoneFlow;
const place = {
  containers: [{ id: 'each', position: { x: 0, y: 0 }, size: { width: 560, height: 320 }, depth: 0, collapsed: false }],
  sizeOf: () => ({ width: 200, height: 100 }),
  headOf: () => 68,
};

test('what lies in a zone moves with it', () => {
  expect(moveContents(nodes, { each: { x: 10, y: 20 } })).toEqual({ each: { x: 10, y: 20 }, add: { x: 170, y: 140 } });
});

test('what lies in a zone stays with it all through a drag', () => {
  const moving = new Map([['each', { x: 10, y: 20 }]]);
  const shown = new Map([...moving, ['add', { x: 161, y: 121 }]]);
  carryContents(nodes, moving, shown);
  expect(shown.get('add')).toEqual({ x: 170, y: 140 });
});

test('a node that is dropped in a zone lies in it, below its header', () => {
  expect(dropOperations(nodes, { ten: { x: -20, y: 10 } }, place)).toEqual([
    { kind: 'move-nodes', positions: { ten: { x: 12, y: 80 } } },
    { kind: 'update-node', id: 'ten', changes: { parent: 'each' } },
  ]);
});

test('a node that is dropped outside of its zone lies in none', () => {
  expect(dropOperations(nodes, { add: { x: 700, y: 500 } }, place)).toEqual([
    { kind: 'move-nodes', positions: { add: { x: 700, y: 500 } } },
    { kind: 'update-node', id: 'add', changes: { parent: null } },
  ]);
});

test('a zone is not dropped into itself, and what lies in it stays there', () => {
  expect(dropOperations(nodes, { each: { x: 30, y: 0 }, add: { x: 190, y: 120 } }, place)).toEqual([
    { kind: 'move-nodes', positions: { each: { x: 30, y: 0 }, add: { x: 190, y: 120 } } },
  ]);
});
