import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderEditor } from '../editor/render-fixture.js';

test('the palette finds a command by some of its letters, runs it, and gives the focus back', async () => {
  const { screen, handle, store, document } = await renderEditor();
  store.select({ nodes: ['two'] });
  handle.focus();
  await userEvent.keyboard('{Control>}k{/Control}');
  const field = screen.getByRole('combobox', { name: 'Search commands' });
  await expect.element(field).toBeVisible();
  await userEvent.keyboard('mut');
  await expect.element(screen.getByRole('option', { name: /^Mute/ })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{Enter}');
  expect(document().nodes.two?.settings).toEqual({ mode: 'muted' });
  await expect.poll(() => field.query()).toBeNull();
  await userEvent.keyboard('{Delete}');
  expect(document().nodes.two).toBeUndefined();
});

test('a node is found by its name, selected and shown', async () => {
  const { screen, handle, store } = await renderEditor();
  handle.focus();
  await userEvent.keyboard('{Control>}f{/Control}');
  await expect.element(screen.getByRole('combobox', { name: 'Find a node' })).toBeVisible();
  await userEvent.keyboard('words{Enter}');
  expect([...store.getState().session.selection.nodes]).toEqual(['text']);
  await expect.poll(() => store.getState().session.viewport.zoom).toBe(1);
});

test('the sheet of keys lists what holds here, also what an app has bound otherwise', async () => {
  const { screen, handle } = await renderEditor({ keymap: { 'node.mute': ['Alt+7'] } });
  handle.focus();
  await userEvent.keyboard('?');
  await expect.element(screen.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await expect.element(screen.getByText('Alt+7')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('dialog').query()).toBeNull();
});

test('selected nodes are aligned as one step', async () => {
  const { handle, store, document, past } = await renderEditor();
  store.select({ nodes: ['one', 'sum'] });
  handle.focus();
  await userEvent.keyboard('{Alt>}w{/Alt}');
  await expect.poll(past).toEqual(['Align tops']);
  expect(document().nodes.sum?.position.y).toBe(document().nodes.one?.position.y);
  await userEvent.keyboard('{Alt>}{Shift>}t{/Shift}{/Alt}');
  await expect.poll(past).toEqual(['Align tops', 'Tidy up']);
});

test('a wire is drawn by keys alone: one picks the other end, those that fit first', async () => {
  const { screen, store, document, past } = await renderEditor();
  store.select({ nodes: ['sum'] });
  const button = screen.getByRole('button', { name: 'Connect B' });
  await expect.element(button).toBeVisible();
  (button.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(screen.getByRole('combobox', { name: 'Connect to' })).toBeVisible();
  const offered = screen.getByRole('listbox').getByRole('option');
  await expect
    .poll(() => offered.elements().map((option) => option.textContent))
    .toEqual(['One · Valuenumber', 'Two · Valuenumber', expect.stringMatching(/^Words.*does not fit number/)]);
  await userEvent.keyboard('two{Enter}');
  expect(past()).toEqual(['Connect']);
  expect(Object.values(document().edges)).toContainEqual({
    source: 'two',
    sourcePort: 'value',
    target: 'sum',
    targetPort: 'b',
  });
});
