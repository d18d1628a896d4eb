import { copyFragment } from '@loom/graph';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, library, sumFlow } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import type { FlowTemplate, TemplateStorage } from './template.js';

const pair: FlowTemplate = { id: 'pair', title: 'A pair', fragment: copyFragment(sumFlow, ['one', 'sum']) };

/** Keeps templates as an app would. */
function storageOf(...given: readonly FlowTemplate[]): TemplateStorage & { kept(): readonly string[] } {
  const kept = new Map(given.map((template) => [template.id, template]));
  return {
    list: async () => [...kept.values()],
    save: async (template) => void kept.set(template.id, template),
    remove: async (id) => void kept.delete(id),
    kept: () => [...kept.values()].map(({ title }) => title),
  };
}

test('a template is found by its name and inserted as a whole, as one step', async () => {
  const { handle, screen, document, past, store } = await renderEditor({
    defaultDocument: flowOf({}),
    library,
    templates: [pair],
  });
  await expect.element(screen.getByRole('treeitem', { name: 'A pair' })).toBeVisible();
  handle.focus();
  await userEvent.keyboard('{Shift>}a{/Shift}');
  await expect.element(screen.getByRole('combobox', { name: 'Add a node' })).toHaveFocus();
  await userEvent.keyboard('pair{Enter}');
  expect(Object.values(document().nodes).map(({ label, inputs }) => [label, inputs])).toEqual([
    ['One', { value: 1 }],
    ['Sum', undefined],
  ]);
  expect(Object.keys(document().edges)).toHaveLength(1);
  expect(store.getState().session.selection.nodes.size).toBe(2);
  expect(past()).toEqual(['Insert A pair']);
});

test('the selection is kept as a template, offered at once, and forgotten again', async () => {
  const storage = storageOf();
  const { handle, screen, store, document } = await renderEditor({ templateStorage: storage });
  store.select({ nodes: ['one', 'sum'] });
  expect(handle.runCommand('node.template')).toBe(true);
  await expect.element(screen.getByRole('textbox', { name: 'Name of the template' })).toHaveFocus();
  await userEvent.keyboard('Both{Enter}');
  await expect.poll(storage.kept).toEqual(['Both']);
  await expect.element(screen.getByRole('treeitem', { name: 'Both' })).toBeVisible();
  expect(document()).toBe(sumFlow);
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(screen.getByRole('combobox', { name: 'Search commands' })).toHaveFocus();
  await userEvent.keyboard('forget{Enter}');
  await expect.poll(storage.kept).toEqual([]);
  await expect.poll(() => screen.getByRole('treeitem', { name: 'Both' }).query()).toBeNull();
});

test('what a storage cannot do is said, and what it gives is read with care', async () => {
  const broken = { ...pair, id: 'broken', title: 'Broken', fragment: { loom: 'nothing' } } as unknown as FlowTemplate;
  const storage = { ...storageOf(pair, broken), save: () => Promise.reject(new Error('the disk is full')) };
  const { handle, screen, store } = await renderEditor({ templateStorage: storage });
  await expect.element(screen.getByRole('treeitem', { name: 'A pair' })).toBeVisible();
  expect(screen.getByRole('treeitem', { name: 'Broken' }).query()).toBeNull();
  store.select({ nodes: ['one'] });
  handle.runCommand('node.template');
  await expect.element(screen.getByRole('textbox', { name: 'Name of the template' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByText('The template could not be kept: the disk is full')).toBeVisible();
});
