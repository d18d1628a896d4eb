import { builtinShelf } from '@loom/engine';
import { createLibrary, emptyDocument, type FlowDocument } from '@loom/graph';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, library, sumFlow } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';

/** An editor whose outline has the focus. */
async function open(document: FlowDocument = sumFlow, props: Parameters<typeof renderEditor>[0] = {}) {
  const editor = await renderEditor({ defaultDocument: document, library, ...props });
  editor.store.openOutline();
  const tree = () => editor.screen.getByRole('tree', { name: 'Outline' }).element() as HTMLElement;
  await expect.poll(() => window.document.activeElement?.matches('.loom-outline-tree')).toBe(true);
  const row = () => window.document.getElementById(tree().getAttribute('aria-activedescendant') ?? '');
  return {
    ...editor,
    tree,
    keys: (text: string) => userEvent.keyboard(text),
    row: () => row()?.textContent ?? '',
    current: row,
  };
}

test('the current row is what is selected, here and on the canvas', async () => {
  const { store, keys, row, screen } = await open();
  expect([...store.getState().session.selection.nodes]).toEqual(['one']);
  await keys('{ArrowDown}{ArrowDown}');
  expect([...store.getState().session.selection.nodes]).toEqual(['text']);
  await keys('{Shift>}{ArrowDown}{/Shift}');
  expect([...store.getState().session.selection.nodes]).toEqual(['text', 'sum']);
  await userEvent.click(screen.getByRole('heading', { name: 'Two', level: 3 }));
  await expect.poll(row).toContain('Two');
});

test('a node is deleted, a wire is cut, a value is cleared: each as one step', async () => {
  const { store, keys, row, document, past } = await open();
  store.select({ nodes: ['sum'] });
  await expect.poll(row).toContain('Sum');
  await keys('{ArrowRight}{ArrowRight}');
  await expect.poll(row).toContain('Input A');
  expect(row()).toContain('One · Value');
  await keys('{Delete}');
  expect(document().edges).toEqual({});
  store.setPort({ node: 'two', port: 'value', side: 'target' });
  store.select({ nodes: ['two'] });
  await expect.poll(row).toContain('Two');
  await keys('{ArrowRight}{ArrowRight}{Delete}');
  expect(document().nodes.two?.inputs?.value).toBeUndefined();
  await keys('{ArrowLeft}{Delete}');
  expect(document().nodes.two).toBeUndefined();
  expect(past()).toEqual(['Disconnect', 'Clear Value', 'Delete']);
});

test('the wires of an input that takes several are put into another order', async () => {
  const at = { x: 0, y: 0 };
  const flow = flowOf(
    {
      a: { type: 'loom/value-text', label: 'A', position: at },
      b: { type: 'loom/value-text', label: 'B', position: { x: 0, y: 200 } },
      all: { type: 'loom/merge', label: 'All', position: { x: 400, y: 0 } },
    },
    ['a.value -> all.values', 'b.value -> all.values'],
  );
  const { store, keys, row, document, past } = await open(flow, {
    library: createLibrary({ shelves: [builtinShelf] }),
  });
  store.select({ nodes: ['all'] });
  await expect.poll(row).toContain('All');
  await keys('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
  await expect.poll(row).toContain('A · Value');
  await keys('{Alt>}{ArrowDown}{/Alt}');
  const order = () =>
    Object.values(document().edges)
      .toSorted((one, two) => (one.order ?? 0) - (two.order ?? 0))
      .map(({ source }) => source);
  expect(order()).toEqual(['b', 'a']);
  expect(row()).toContain('A · Value');
  expect(past()).toEqual(['Change the order of wires']);
});

test('a node is moved into a zone and out again, and what its wires forbid is said', async () => {
  const { store, keys, row, screen, document } = await open(zoneFlow, { library: zoneLibrary });
  const loose = Object.keys(zoneFlow.nodes).find((id) => id === 'ten') ?? '';
  store.select({ nodes: [loose] });
  await expect.poll(row).not.toBe('');
  await keys('{Control>}{Alt>}m{/Alt}{/Control}');
  await expect.element(screen.getByRole('combobox', { name: 'Move into a zone, or out of one' })).toHaveFocus();
  await keys('{Enter}');
  await expect.poll(() => document().nodes[loose]?.parent).toBe('each');
  await keys('{Control>}{Alt>}m{/Alt}{/Control}');
  await expect.element(screen.getByRole('combobox', { name: 'Move into a zone, or out of one' })).toHaveFocus();
  await keys('out of{Enter}');
  await expect.poll(() => document().nodes[loose]?.parent).toBeUndefined();
  store.select({ nodes: ['add'] });
  await keys('{Control>}{Alt>}m{/Alt}{/Control}');
  await expect.element(screen.getByRole('combobox', { name: 'Move into a zone, or out of one' })).toHaveFocus();
  await keys('out of{Enter}');
  expect(document().nodes.add?.parent).toBe('each');
  await expect.poll(() => store.getState().session.notices).toHaveLength(1);
});

test('Shift+F10 opens the menu of the row, and Escape leads back', async () => {
  const { store, keys, row, screen } = await open();
  await keys('{Shift>}{F10}{/Shift}');
  await expect.element(screen.getByRole('menu', { name: 'Node' })).toBeVisible();
  await keys('{Escape}');
  await expect.poll(() => window.document.activeElement?.matches('.loom-outline-tree')).toBe(true);
  store.select({ nodes: ['one'] });
  await expect.poll(row).toContain('One');
  await keys('{ArrowRight}{ArrowRight}{Shift>}{F10}{/Shift}');
  await expect.element(screen.getByRole('menu', { name: 'Port' })).toBeVisible();
});

test('of thousands of nodes only those in sight have a row in the page', async () => {
  const nodes = Object.fromEntries(
    Array.from({ length: 2000 }, (_, at) => [
      `n${at}`,
      { type: 'test/number', label: `Node ${at}`, position: { x: (at % 100) * 300, y: Math.floor(at / 100) * 200 } },
    ]),
  );
  const { store, screen, handle } = await renderEditor({ defaultDocument: emptyDocument, library });
  handle.store.openDocument(flowOf(nodes));
  store.openOutline();
  const tree = () => screen.getByRole('tree', { name: 'Outline' }).element() as HTMLElement;
  await expect.poll(() => tree().querySelectorAll('[role="treeitem"]').length).toBeGreaterThan(10);
  expect(tree().querySelectorAll('[role="treeitem"]').length).toBeLessThan(80);
  tree().focus();
  await userEvent.keyboard('{End}');
  await expect.poll(() => tree().querySelector('[data-current="true"]')?.textContent).toContain('Node 1999');
  expect(tree().querySelector('[data-current="true"]')?.getAttribute('aria-posinset')).toBe('2000');
});

test('read-only: one looks, and changes nothing', async () => {
  const { keys, document, screen } = await open(sumFlow, { readOnly: true });
  await keys('{ArrowRight}{ArrowRight}{Enter}{Delete}{ArrowLeft}{Delete}c{F2}');
  expect(document()).toBe(sumFlow);
  expect(screen.getByRole('combobox', { name: /^Connect/ }).query()).toBeNull();
});
