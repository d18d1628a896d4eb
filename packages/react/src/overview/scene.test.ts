import type { NodeChanges } from '@loom/graph';
import { expect, test } from 'vitest';
import { createCanvasEdges } from '../canvas/canvas-edges.js';
import { createCanvasNodes } from '../canvas/canvas-nodes.js';
import { createNodeModels } from '../canvas/node/node-model.js';
import { library, sumFlow } from '../editor/fixture.js';
import { createLoomStore } from '../store/loom-store.js';
import { Scene } from './scene.js';
import type { SceneNode } from './scene-items.js';

test.each<[string, NodeChanges, Partial<SceneNode>]>([
  ['muted', { settings: { mode: 'muted' } }, { faint: true }],
  ['coloured', { view: { color: '#f00' } }, { hue: '#f00' }],
])('a node that is %s where it lies looks different, and nothing else does', (_, changes, look) => {
  const store = createLoomStore({ document: sumFlow, library });
  const models = createNodeModels();
  const nodes = createCanvasNodes(models);
  const edges = createCanvasEdges(models, (...names) => names.join(' '));
  const scene = new Scene();
  const update = () => {
    const state = store.getState();
    return scene.update({ state, models: models(state.flow), nodes: nodes(state), edges: edges(state) });
  };
  update();
  const before = scene.node('sum');
  expect(update()).toBeUndefined();
  store.dispatch([{ kind: 'update-node', id: 'sum', changes }], { label: 'Change' });
  const { x, y, width, height } = before ?? {};
  expect(update()).toEqual({ x, y, width, height });
  expect(scene.node('sum')).toMatchObject(look);
});
