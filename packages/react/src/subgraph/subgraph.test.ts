import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { applyOperations, type FlowDocument, validate } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { zoneLibrary as library } from '../editor/zone-fixture.js';
import { createLoomStore } from '../store/loom-store.js';
import { makeSubgraph, unpackSubgraph } from './make-subgraph.js';
import { createOpenedStore, rootStore } from './opened-store.js';

const chain = flowOf(
  {
    one: { type: 'test/number', position: { x: 0, y: 0 }, inputs: { value: 2 } },
    add: { type: 'test/add', position: { x: 200, y: 0 }, inputs: { b: 3 } },
    more: { type: 'test/add', position: { x: 400, y: 0 } },
    end: { type: 'test/number', position: { x: 600, y: 0 } },
  },
  ['one.value -> add.a', 'add.sum -> more.a', 'one.value -> more.b', 'more.sum -> end.value'],
);

function counter() {
  let count = 0;
  return (prefix: string) => `${prefix}-${++count}`;
}

function apply(document: FlowDocument, operations: Parameters<typeof applyOperations>[1]): FlowDocument {
  const result = applyOperations(document, operations, { library });
  if (!result.ok) throw result.error;
  return result.document;
}

function made(document = chain, nodes = ['add', 'more']) {
  const subgraph = makeSubgraph(document, new Set(nodes), 'Twice', counter());
  if (subgraph === undefined) throw new Error('No subgraph was made.');
  return { ...subgraph, document: apply(document, subgraph.operations) };
}

async function resultOf(document: FlowDocument): Promise<unknown> {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const { outputs } = await engine.run(document).result;
  return outputs.end?.value?.preview.data;
}

test('a subgraph that is made of nodes gives what they gave, and so do they when it is unpacked', async () => {
  const { document, instance } = made();
  expect(Object.keys(document.nodes)).toEqual(['one', 'end', instance]);
  expect(validate(document, library).filter(({ severity }) => severity === 'error')).toEqual([]);
  const before = await resultOf(chain);
  expect(await resultOf(document)).toEqual(before);
  const unpacked = unpackSubgraph(document, instance, counter());
  const again = apply(document, unpacked?.operations ?? []);
  expect(Object.keys(again.nodes)).toHaveLength(4);
  expect(await resultOf(again)).toEqual(before);
});

test('each wire into an input of several gets a port of its own, in their order', async () => {
  const flow = flowOf(
    {
      one: { type: 'test/number', position: { x: 0, y: 0 }, inputs: { value: 2 } },
      two: { type: 'test/number', position: { x: 0, y: 100 }, inputs: { value: 5 } },
      merge: { type: 'loom/merge', position: { x: 200, y: 0 } },
      end: { type: 'test/number', position: { x: 400, y: 0 } },
    },
    ['one.value -> merge.values', 'two.value -> merge.values', 'merge.value -> end.value'],
  );
  const [first = '', second = ''] = Object.keys(flow.edges);
  const swapped = {
    ...flow.edges,
    [first]: { ...flow.edges[first], order: 1 },
    [second]: { ...flow.edges[second], order: 0 },
  };
  const document = { ...flow, edges: swapped } as FlowDocument;
  const grouped = made(document, ['merge']);
  const [type] = Object.values(grouped.document.types);
  expect(type).toMatchObject({
    inputs: { values: { node: 'merge', port: 'values' }, values_2: { node: 'merge', port: 'values' } },
  });
  expect(validate(grouped.document, library).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(await resultOf(document)).toEqual({ 'text/plain': '5' });
  expect(await resultOf(grouped.document)).toEqual({ 'text/plain': '5' });
  const unpacked = unpackSubgraph(grouped.document, grouped.instance, counter());
  expect(await resultOf(apply(grouped.document, unpacked?.operations ?? []))).toEqual({ 'text/plain': '5' });
});

function opened() {
  const { document, instance } = made();
  const root = createLoomStore({ document, library, createId: counter() });
  const store = createOpenedStore(root);
  store.openSubgraph(instance);
  const definition = () => Object.values(root.getState().flow.document.types)[0];
  return { root, store, instance, definition };
}

test('what is edited in an opened subgraph goes into its definition, as one step that can be undone', () => {
  const { root, store, instance, definition } = opened();
  expect(Object.keys(store.getState().flow.document.nodes)).toEqual(['add', 'more']);
  store.select({ nodes: ['add'] });
  store.dispatch([{ kind: 'set-input', id: 'add', port: 'b', value: 40 }], { label: 'Set' });
  expect(definition()).toMatchObject({ nodes: { add: { inputs: { b: 40 } } } });
  expect([...store.getState().session.selection.nodes]).toEqual(['add']);
  store.dispatch([{ kind: 'update-flow', changes: { outputs: {} } }], { label: 'Withdraw' });
  expect(definition()).not.toHaveProperty('outputs');
  root.undo();
  root.undo();
  expect(definition()).toMatchObject({ nodes: { add: { inputs: { b: 3 } } } });
  store.leaveSubgraph(0);
  expect(Object.keys(store.getState().flow.document.nodes)).toContain(instance);
  expect([...store.getState().session.selection.nodes]).toEqual([instance]);
  expect(rootStore(store)).toBe(root);
});

test('a subgraph is left when its instance is gone', () => {
  const { root, store, instance } = opened();
  root.dispatch([{ kind: 'remove-nodes', ids: [instance] }], { label: 'Delete' });
  expect(store.getState().session.path).toEqual([]);
});

test('a subgraph cannot be put into itself', () => {
  const { store, root } = opened();
  const type = root.getState().flow.document.types;
  const [id = ''] = Object.keys(type);
  const result = store.dispatch([{ kind: 'add-node', id: 'inner', node: { type: id, position: { x: 0, y: 0 } } }], {
    label: 'Add',
  });
  expect(result.ok).toBe(false);
  expect(root.getState().flow.document.types).toBe(type);
});

test('an opened subgraph shows what its instance did', async () => {
  const { document, instance } = made();
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const store = createOpenedStore(createLoomStore({ document, library, engine }));
  store.openSubgraph(instance);
  await store.run({ targets: { kind: 'nodes', nodes: ['more'] } }).result;
  store.flush();
  expect(store.getState().runs.run.nodes.get('add')?.outputs?.sum?.preview.data['text/plain']).toBe('5');
});
