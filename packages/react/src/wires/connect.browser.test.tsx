import { builtinShelf } from '@loom/engine';
import { createLibrary } from '@loom/graph';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { drag, middle } from '../canvas/pointer-fixture.js';
import { flowOf, sumFlow, testShelf } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

const converting = createLibrary({ shelves: [testShelf, builtinShelf] });
const open = () => renderEditor({ defaultDocument: sumFlow, library: converting });

/** The menu of a port, as the pointer opens it. */
function rightClick(element: Element): void {
  const { x, y } = middle(element);
  element.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: x, clientY: y }));
}

test('C asks for a port and then for its end; ports that do not fit come last and say why', async () => {
  const { screen, handle, store, document, past } = await open();
  store.select({ nodes: ['two'] });
  handle.focus();
  await userEvent.keyboard('c');
  await expect.element(screen.getByRole('combobox', { name: 'Connect a port of Two' })).toHaveFocus();
  await userEvent.keyboard('output{Enter}');
  await expect.element(screen.getByRole('combobox', { name: 'Connect to' })).toHaveFocus();
  const options = () => screen.getByRole('listbox').getByRole('option').elements();
  expect(options()[0]?.textContent).toBe('Sum · Bnumber');
  expect(options().at(-1)?.textContent).toMatch(/^Words · Text.*number does not fit/i);
  await userEvent.keyboard('{Enter}');
  expect(past()).toEqual(['Connect']);
  expect(Object.values(document().edges)).toContainEqual({
    source: 'two',
    sourcePort: 'value',
    target: 'sum',
    targetPort: 'b',
  });
  await userEvent.keyboard('{Delete}');
  expect(document().nodes.two).toBeUndefined();
});

test('a wire between types that differ offers what goes in between, as one step', async () => {
  const { screen, port, document, past, store } = await open();
  await drag(port('two', 'value', 'source'), middle(port('text', 'text')));
  const field = screen.getByRole('combobox', { name: 'Put a node in between' });
  await expect.element(field).toHaveFocus();
  await expect.element(screen.getByText(/number does not fit/i).first()).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(past()).toEqual(['Convert with To text']);
  const [added] = Object.keys(document().nodes).filter((id) => !(id in sumFlow.nodes));
  expect(Object.values(document().edges)).toEqual([
    ...Object.values(sumFlow.edges),
    { source: 'two', sourcePort: 'value', target: added, targetPort: 'value' },
    { source: added, sourcePort: 'text', target: 'text', targetPort: 'text' },
  ]);
  store.undo();
  expect(document().nodes).toEqual(sumFlow.nodes);
  expect(document().edges).toEqual(sumFlow.edges);
});

test('the list of ends offers it too', async () => {
  const { screen, handle, store, past } = await open();
  store.select({ nodes: ['text'] });
  store.setPort({ node: 'text', port: 'text', side: 'target' });
  handle.focus();
  await userEvent.keyboard('c');
  await expect.element(screen.getByRole('combobox', { name: 'Connect to' })).toHaveFocus();
  await userEvent.keyboard('two{Enter}');
  await expect.element(screen.getByRole('combobox', { name: 'Put a node in between' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  expect(past()).toEqual(['Convert with To text']);
});

test('the menu of a port disconnects, shows it on the outside, and copies nothing where nothing is', async () => {
  const { screen, port, document, past } = await open();
  rightClick(port('sum', 'a'));
  await expect.element(screen.getByRole('menu', { name: 'Port' })).toBeVisible();
  await expect.poll(() => screen.getByRole('menuitem', { name: /Copy the value/ }).query()).toBeNull();
  await userEvent.click(screen.getByRole('menuitem', { name: 'Disconnect' }));
  expect(document().edges).toEqual({});
  rightClick(port('sum', 'sum', 'source'));
  await userEvent.click(screen.getByRole('menuitem', { name: /outside/ }));
  expect(document().outputs).toEqual({ sum: { node: 'sum', port: 'sum' } });
  expect(past()).toEqual(['Disconnect', 'Give Sum on the outside']);
});

test('F2 gives a node another name, and the canvas has the keys again', async () => {
  const { screen, handle, store, document, past } = await open();
  store.select({ nodes: ['two'] });
  handle.focus();
  await userEvent.keyboard('{F2}');
  await expect.element(screen.getByRole('textbox', { name: 'New name of Two' })).toHaveFocus();
  await userEvent.keyboard('Second{Enter}');
  expect(document().nodes.two?.label).toBe('Second');
  await userEvent.keyboard('{F2}');
  await expect.element(screen.getByRole('textbox', { name: 'New name of Second' })).toHaveFocus();
  await userEvent.keyboard('Third{Escape}');
  expect(document().nodes.two?.label).toBe('Second');
  expect(past()).toEqual(['Rename']);
});

test('a node is put into the wire that is selected', async () => {
  const { screen, find, store, document, past } = await open();
  store.select({ edges: ['e1'] });
  const path = find('.react-flow__edge[data-id="e1"] path');
  rightClick(path);
  await userEvent.click(screen.getByRole('menuitem', { name: 'Insert a node' }));
  await expect.element(screen.getByRole('combobox', { name: 'Add a node' })).toHaveFocus();
  await expect.poll(() => screen.getByRole('option', { name: 'To text' }).query()).toBeNull();
  await userEvent.keyboard('add{Enter}');
  const added = Object.keys(document().nodes).find((id) => !(id in sumFlow.nodes));
  expect(Object.values(document().edges).map(({ source, target }) => [source, target])).toEqual([
    ['one', added],
    [added, 'sum'],
  ]);
  expect(past()).toEqual(['Add Add']);
});

test('the wires into an input that takes several are put into order in the inspector, by buttons and keys', async () => {
  const flow = flowOf(
    {
      a: { type: 'loom/value-text', label: 'A', position: { x: 0, y: 0 } },
      b: { type: 'loom/value-text', label: 'B', position: { x: 0, y: 200 } },
      all: { type: 'loom/merge', label: 'All', position: { x: 400, y: 0 } },
    },
    ['a.value -> all.values', 'b.value -> all.values'],
  );
  const { screen, store, past } = await renderEditor({ defaultDocument: flow, library: converting });
  store.select({ nodes: ['all'] });
  const order = () =>
    screen
      .getByRole('list', { name: 'Order of the wires into Values' })
      .getByRole('listitem')
      .elements()
      .map((item) => item.textContent);
  await expect.poll(order).toEqual(['A · Value', 'B · Value']);
  await userEvent.click(screen.getByRole('button', { name: 'Move B · Value up' }));
  await expect.poll(order).toEqual(['B · Value', 'A · Value']);
  (screen.getByRole('button', { name: 'B · Value', exact: true }).element() as HTMLElement).focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
  await expect.poll(order).toEqual(['A · Value', 'B · Value']);
  expect(past()).toEqual(['Change the order of wires', 'Change the order of wires']);
});
