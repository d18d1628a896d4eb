import type { NodeChanges, Operation } from '@loom/graph';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';
import { createLoomStore } from '../store/loom-store.js';
import { createCanvasEdges } from './canvas-edges.js';
import { createCanvasNodes } from './canvas-nodes.js';
import { createNodeModels } from './node/node-model.js';

const nameOf = (...parts: string[]) => parts.join(' ');
const ids = Object.keys(zoneFlow.nodes);

function canvas() {
  const store = createLoomStore({ document: zoneFlow, library: zoneLibrary });
  const models = createNodeModels();
  const draw = createCanvasNodes(models);
  return { store, models, draw: () => draw(store.getState()), wires: createCanvasEdges(models, nameOf) };
}

test('a drag draws anew only what is dragged, and leaves the rest as it was', () => {
  const { store, draw } = canvas();
  const before = draw();
  const [dragged = ''] = ids;
  store.setDrag(new Map([[dragged, { x: 7, y: 9 }]]));
  const during = draw();
  expect(during.filter((node, at) => node !== before[at]).map(({ id, position }) => ({ id, position }))).toEqual([
    { id: dragged, position: { x: 7, y: 9 } },
  ]);
  store.setDrag(undefined);
  expect(draw()).toEqual(before);
});

test('what neither moves nor is selected leaves the list as it was', () => {
  const { store, draw } = canvas();
  const before = draw();
  store.setHelp(true);
  expect(draw()).toBe(before);
});

test('a wire into a zone knows how far in it ends, also after its node or the zone has moved alone', () => {
  const { store, wires } = canvas();
  const insides = () => wires(store.getState()).map(({ data }) => data?.inside);
  expect(insides()).toEqual([0, 160, 0, 0]);
  const move = (id: string, x: number) =>
    store.dispatch([{ kind: 'move-nodes', positions: { [id]: { x, y: 120 } } }], { label: 'Move' });
  move('add', 200);
  expect(insides()).toEqual([0, 200, 0, 0]);
  move('each', 40);
  expect(insides()).toEqual([0, 160, 0, 0]);
  store.undo();
  store.undo();
  expect(insides()).toEqual([0, 160, 0, 0]);
});

const subset = fc.subarray(ids);
const step = fc.oneof(
  subset.map((nodes) => ({ kind: 'select' as const, nodes })),
  subset.map((nodes) => ({ kind: 'drag' as const, nodes })),
  fc.constantFrom(...ids).map((node) => ({ kind: 'remove' as const, nodes: [node] })),
  subset.map((nodes) => ({ kind: 'collapse' as const, nodes })),
  subset.map((nodes) => ({ kind: 'move' as const, nodes })),
  subset.map((nodes) => ({ kind: 'mute' as const, nodes })),
  subset.map((nodes) => ({ kind: 'name' as const, nodes })),
  subset.map((nodes) => ({ kind: 'leave' as const, nodes })),
  fc.constantFrom(...Object.keys(zoneFlow.edges)).map((wire) => ({ kind: 'disconnect' as const, nodes: [wire] })),
  fc.constant({ kind: 'undo' as const, nodes: [] }),
);

/** The operations of a step, on each of its nodes. */
function operationsOf(kind: string, nodes: readonly string[], at: number): Operation[] {
  const update = (changes: NodeChanges) =>
    nodes.map((id): Operation => ({ kind: 'update-node', id, changes, force: true }));
  switch (kind) {
    case 'disconnect':
      return [{ kind: 'disconnect', ids: nodes }];
    case 'remove':
      return [{ kind: 'remove-nodes', ids: nodes }];
    case 'move':
      return [{ kind: 'move-nodes', positions: Object.fromEntries(nodes.map((id) => [id, { x: at, y: at }])) }];
    case 'collapse':
      return update({ view: { collapsed: at % 2 === 0, color: `${at}` } });
    case 'mute':
      return nodes.map((id): Operation => {
        const settings = { ...zoneFlow.nodes[id]?.settings, mode: at % 2 === 0 ? 'muted' : 'normal' } as const;
        return { kind: 'update-node', id, changes: { settings } };
      });
    case 'name':
      return update({ label: at % 2 === 0 ? `Node ${at}` : null });
    case 'leave':
      return update({ parent: null });
    default:
      return [];
  }
}

test('after any changes everything is drawn as if it were drawn for the first time', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const { store, models, draw, wires } = canvas();
      draw();
      for (const [at, { kind, nodes }] of steps.entries()) {
        if (kind === 'select') store.select({ nodes });
        if (kind === 'drag') store.setDrag(new Map(nodes.map((id) => [id, { x: at, y: 2 * at }])));
        if (kind === 'undo') store.undo();
        const known = new Set(Object.keys(store.getState().flow.document.nodes));
        const there = kind === 'disconnect' ? nodes : nodes.filter((id) => known.has(id));
        store.dispatch(operationsOf(kind, there, at), { label: '' });
        const state = store.getState();
        expect(models(state.flow)).toEqual(createNodeModels()(state.flow));
        expect(draw()).toEqual(createCanvasNodes(createNodeModels())(state));
        expect(wires(state)).toEqual(createCanvasEdges(createNodeModels(), nameOf)(state));
      }
    }),
  );
});
