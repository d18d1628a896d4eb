import { save } from '@loom/graph';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, sumFlow } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import { createMemoryStorage } from './memory-storage.js';

const draft = flowOf({ lonely: { type: 'test/text', label: 'Lonely', position: { x: 0, y: 0 } } });

test('edits are kept, and nothing is before the first of them', async () => {
  const adapter = createMemoryStorage();
  const { store } = await renderEditor({ storage: { adapter, key: 'a' } });
  expect(await adapter.read('a')).toBeUndefined();
  store.dispatch([{ kind: 'remove-nodes', ids: ['text'] }], { label: 'Delete' });
  await expect.poll(async () => (await adapter.read('a'))?.text).toBe(save(store.getState().flow.document));
});

test('work of before is offered, and taken back only when one says so', async () => {
  const adapter = createMemoryStorage();
  await adapter.write('a', { text: save(draft), savedAt: Date.UTC(2026, 0, 2, 12) });
  const { screen, document, store } = await renderEditor({ storage: { adapter, key: 'a' } });
  await expect.element(screen.getByText(/^Unsaved work of Jan 2, 2026/)).toBeVisible();
  expect(document()).toBe(sumFlow);
  const before = store.getState().runs.run;
  await userEvent.click(screen.getByRole('button', { name: 'Restore it' }));
  expect(document()).toEqual(draft);
  expect(store.getState().runs.run).toBe(before);
  expect(screen.getByRole('region', { name: 'Unsaved work' }).query()).toBeNull();
});

test('what is discarded is gone', async () => {
  const adapter = createMemoryStorage();
  await adapter.write('a', { text: save(draft), savedAt: 5 });
  const { screen, document } = await renderEditor({ storage: { adapter, key: 'a' } });
  await userEvent.click(screen.getByRole('button', { name: 'Discard it' }));
  await expect.poll(() => adapter.read('a')).toBeUndefined();
  expect(document()).toBe(sumFlow);
});

test('a storage that fails is told of, and tried again', async () => {
  const memory = createMemoryStorage();
  let failing = true;
  const adapter = {
    ...memory,
    async write(...kept: Parameters<typeof memory.write>) {
      if (failing) throw new Error('There is no room left.');
      await memory.write(...kept);
    },
  };
  const { screen, store } = await renderEditor({ storage: { adapter, key: 'a' } });
  store.dispatch([{ kind: 'remove-nodes', ids: ['text'] }], { label: 'Delete' });
  await expect
    .element(screen.getByRole('alert'))
    .toHaveTextContent('Your work is not being kept: There is no room left.');
  failing = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await expect.poll(() => screen.getByRole('alert').query()).toBeNull();
  expect((await memory.read('a'))?.text).toBe(save(store.getState().flow.document));
});

test('two windows that edit one flow: the second is told, and chooses', async () => {
  const adapter = createMemoryStorage();
  const storage = { adapter, key: 'a' };
  const one = await renderEditor({ storage });
  const two = await renderEditor({ storage });
  const rename = (editor: typeof one, title: string) =>
    editor.store.dispatch([{ kind: 'update-flow', changes: { title } }], { label: 'Rename' });
  rename(one, 'One');
  await expect.poll(async () => (await adapter.read('a'))?.text).toContain('"One"');
  rename(two, 'Two');
  await expect.element(two.screen.getByRole('alert')).toHaveTextContent(/^Another window changed this flow/);
  expect((await adapter.read('a'))?.text).toContain('"One"');
  await userEvent.click(two.screen.getByRole('button', { name: 'Take its version' }));
  await expect.poll(() => two.document().title).toBe('One');
  rename(two, 'Two after all');
  await expect.poll(async () => (await adapter.read('a'))?.text).toContain('"Two after all"');
  window.dispatchEvent(new Event('focus'));
  await expect.element(one.screen.getByRole('alert')).toBeVisible();
  await userEvent.click(one.screen.getByRole('button', { name: 'Keep this one' }));
  await expect.poll(async () => (await adapter.read('a'))?.text).toContain('"One"');
  expect(one.document().title).toBe('One');
});
