import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { sumFlow } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import { zoneLibrary } from '../editor/zone-fixture.js';

async function renderSubgraph() {
  const engine = createEngine({ library: zoneLibrary, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const editor = await renderEditor({ defaultDocument: sumFlow, library: zoneLibrary, engine });
  editor.store.select({ nodes: ['sum', 'two'] });
  editor.handle.focus();
  await userEvent.keyboard('{Control>}{Alt>}g{/Alt}{/Control}');
  await expect.poll(editor.past).toEqual(['Make a subgraph']);
  const [instance = ''] = editor.store.getState().session.selection.nodes;
  const drawn = () => editor.screen.container.querySelectorAll('.react-flow__node').length;
  return { ...editor, instance, drawn };
}

test('a selection becomes a subgraph, which opens, is edited, and is left by its breadcrumbs', async () => {
  const { screen, store, instance, drawn, document } = await renderSubgraph();
  await expect.poll(drawn).toBe(3);
  // The inspector has the same heading.
  await userEvent.dblClick(screen.getByTestId(`rf__node-${instance}`).getByRole('heading'));
  await expect.poll(() => screen.container.querySelector('.react-flow__node[data-id="two"]')).not.toBeNull();
  await expect.element(screen.getByRole('navigation', { name: 'Where you are' })).toHaveTextContent('Used once.');
  await expect.poll(drawn).toBe(2);
  const field = () => screen.container.querySelector('.react-flow__node[data-id="two"] .loom-row-widget input');
  await expect.poll(field).not.toBeNull();
  await userEvent.fill(field() as Element, '7');
  await expect
    .poll(() => Object.values(document().types)[0])
    .toMatchObject({ kind: 'subgraph', nodes: { two: { inputs: { value: 7 } } } });
  await userEvent.click(screen.getByRole('button', { name: 'Untitled flow' }));
  await expect.poll(drawn).toBe(3);
  await expect.poll(() => [...store.getState().session.selection.nodes]).toEqual([instance]);
});

test('what is opened by its button begins with nothing selected, and tells about the graph', async () => {
  const { screen, store, drawn, title } = await renderSubgraph();
  store.clearSelection();
  await userEvent.click(screen.getByRole('button', { name: 'Open the subgraph' }));
  await expect.poll(drawn).toBe(2);
  await expect.element(screen.getByText('2 nodes, 0 wires.')).toBeVisible();
  await userEvent.click(title('two'));
  await expect.poll(() => [...store.getState().session.selection.nodes]).toEqual(['two']);
});

test('what an instance did is seen inside of it', async () => {
  const { store, instance, node } = await renderSubgraph();
  await store.run().result;
  store.openSubgraph(instance);
  await expect.poll(() => node('sum').querySelector('.loom-node-preview')?.textContent).toBe('1');
  expect(node('two').querySelector('[data-status]')?.getAttribute('data-status')).toBe('success');
});

test('an input is shown on the outside from the inspector, and its wires go when it is taken back', async () => {
  const { screen, store, instance, port, document } = await renderSubgraph();
  store.openSubgraph(instance);
  await expect.poll(() => screen.container.querySelector('.react-flow__node[data-id="two"]')).not.toBeNull();
  store.select({ nodes: ['two'] });
  await userEvent.click(screen.getByRole('button', { name: 'Show Value on the outside' }));
  await userEvent.keyboard('{Control>}{ArrowUp}{/Control}');
  await expect.poll(() => store.getState().session.path).toEqual([]);
  await expect.poll(() => port(instance, 'value')).toBeInstanceOf(Element);
  store.dispatch([{ kind: 'set-input', id: instance, port: 'value', value: 9 }], { label: 'Set' });
  expect(document().nodes[instance]?.inputs).toEqual({ value: 9 });
});

test('an instance is unpacked, and undo packs it again', async () => {
  const { store, screen, instance, drawn, document } = await renderSubgraph();
  const before = document();
  await userEvent.click(
    screen.container.querySelector(`.react-flow__node[data-id="${instance}"] .loom-node-title`) as Element,
    {
      button: 'right',
    },
  );
  await userEvent.click(screen.getByRole('menuitem', { name: /Unpack/ }));
  await expect.poll(drawn).toBe(4);
  store.undo();
  expect(document()).toEqual(before);
});
