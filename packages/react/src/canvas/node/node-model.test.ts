import { expect, test } from 'vitest';
import { library, sumFlow } from '../../editor/fixture.js';
import { createLoomStore } from '../../store/loom-store.js';
import { createCanvasEdges } from '../canvas-edges.js';
import { createCanvasNodes } from '../canvas-nodes.js';
import { createNodeModels } from './node-model.js';

function setUp() {
  const store = createLoomStore({ document: sumFlow, library });
  const models = createNodeModels();
  const nodes = createCanvasNodes(models);
  const edges = createCanvasEdges(models, (...names) => names.join(' '));
  return {
    store,
    models: () => models(store.getState().flow),
    nodes: () => nodes(store.getState()),
    edges: () => edges(store.getState()),
  };
}

/** The ids of what is another object than before. */
function changed<T extends { id: string }>(before: readonly T[], after: readonly T[]): string[] {
  return after.filter((item) => !before.includes(item)).map(({ id }) => id);
}

test('a change of one node makes one new model, and one drawn anew only when it looks different to the canvas', () => {
  const { store, models, nodes, edges } = setUp();
  const before = { models: [...models().values()], nodes: nodes(), edges: edges() };
  store.dispatch([{ kind: 'set-input', id: 'two', port: 'value', value: 5 }], { label: 'Set' });
  expect(changed(before.models, [...models().values()])).toEqual(['two']);
  // A value is no matter of the canvas: it stands in the node.
  expect(nodes()).toBe(before.nodes);
  expect(edges()).toBe(before.edges);
  store.dispatch([{ kind: 'move-nodes', positions: { two: { x: 1, y: 2 } } }], { label: 'Move' });
  expect(changed(before.nodes, nodes())).toEqual(['two']);
});

test('a new wire changes only its two ends', () => {
  const { store, models } = setUp();
  const before = [...models().values()];
  store.dispatch(
    [{ kind: 'connect', id: 'e', edge: { source: 'two', sourcePort: 'value', target: 'sum', targetPort: 'b' } }],
    { label: 'Connect' },
  );
  expect(changed(before, [...models().values()])).toEqual(['two', 'sum']);
  expect([...(models().get('sum')?.connectedInputs ?? [])]).toEqual(['a', 'b']);
});

test('a drag moves only what is dragged, and what the session does elsewhere draws nothing anew', () => {
  const { store, nodes } = setUp();
  const before = nodes();
  store.setPanel('library', { open: false });
  store.announce('hello');
  expect(nodes()).toBe(before);
  store.setDrag(new Map([['one', { x: 7, y: 8 }]]));
  const during = nodes();
  expect(changed(before, during)).toEqual(['one']);
  expect(during.find(({ id }) => id === 'one')?.position).toEqual({ x: 7, y: 8 });
});

test('a wire whose port is gone stays in sight, at a port that stands for the lost one', () => {
  const { store, models, nodes, edges } = setUp();
  const { sum } = store.getState().flow.document.nodes;
  if (sum === undefined) throw new Error('There is no sum.');
  store.replaceDocument({
    ...store.getState().flow.document,
    nodes: { ...store.getState().flow.document.nodes, sum: { ...sum, type: 'test/text' } },
  });
  expect(
    models()
      .get('sum')
      ?.inputs.map(({ id }) => id),
  ).toEqual(['text', 'a']);
  expect([...(models().get('sum')?.goneInputs ?? [])]).toEqual(['a']);
  expect(
    nodes()
      .find(({ id }) => id === 'sum')
      ?.handles?.map(({ id }) => id),
  ).toContain('a');
  expect(edges().map(({ data }) => data?.gone)).toEqual([true]);
  store.dispatch([{ kind: 'disconnect', ids: ['e1'] }], { label: 'Disconnect' });
  expect(
    models()
      .get('sum')
      ?.inputs.map(({ id }) => id),
  ).toEqual(['text']);
});

test('every drawn node comes with its size and the places of its ports', () => {
  const { nodes } = setUp();
  for (const node of nodes()) {
    expect(node.measured).toEqual({ width: node.width, height: node.height });
    expect(node.handles?.length).toBeGreaterThan(0);
  }
});
