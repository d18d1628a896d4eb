import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderEditor } from '../editor/render-fixture.js';

async function renderThreeChanges() {
  const editor = await renderEditor();
  const { store, screen } = editor;
  for (const value of [10, 20, 30]) {
    store.dispatch([{ kind: 'set-input', id: 'one', port: 'value', value }], { label: `Set ${value}` });
  }
  await userEvent.click(screen.getByRole('button', { name: 'History of changes' }));
  const menu = screen.getByRole('menu', { name: 'History of changes' });
  await expect.element(menu).toBeVisible();
  const value = () => editor.document().nodes.one?.inputs?.value;
  const lines = () =>
    menu
      .getByRole('menuitem')
      .elements()
      .map((line) => line.textContent);
  return { ...editor, menu, value, lines };
}

test('every change is listed, the latest first, and a click goes to it at once', async () => {
  const { menu, value, lines, store } = await renderThreeChanges();
  expect(lines()).toEqual(['Set 30now', 'Set 20', 'Set 10', 'As it was at first']);
  const told: string[] = [];
  const stop = store.subscribeChanges((_, { kind }) => told.push(kind));
  await userEvent.click(menu.getByText('As it was at first'));
  expect(value()).toBe(1);
  await userEvent.click(menu.getByText('Set 20'));
  stop();
  expect(value()).toBe(20);
  expect(told).toEqual(['undo', 'redo']);
  expect(lines()).toEqual(['Set 30', 'Set 20now', 'Set 10', 'As it was at first']);
});

test('keys walk through the list and leave it', async () => {
  const { menu, value } = await renderThreeChanges();
  await expect.poll(() => document.activeElement?.textContent).toBe('Set 30now');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{Enter}');
  expect(value()).toBe(10);
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => menu.query()).toBeNull();
});

test('selecting, looking around and running are no changes', async () => {
  const { store, past } = await renderThreeChanges();
  const before = past();
  store.select({ nodes: ['one'] });
  store.setViewport({ x: 5, y: 5, zoom: 0.8 });
  store.setPanel('bottom', { open: true });
  expect(past()).toEqual(before);
});

test('who empties a field and types on changes it once', async () => {
  const { node, past, document, store } = await renderEditor();
  const field = node('one').querySelector('input') as HTMLInputElement;
  await userEvent.clear(field);
  await userEvent.type(field, '42');
  expect(document().nodes.one?.inputs).toEqual({ value: 42 });
  expect(past()).toEqual(['Set Value']);
  store.undo();
  expect(document().nodes.one?.inputs).toEqual({ value: 1 });
});
