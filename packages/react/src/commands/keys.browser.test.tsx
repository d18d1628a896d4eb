import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderEditor } from '../editor/render-fixture.js';

test('keys work while the focus is inside, and only then', async () => {
  const { handle, store, document } = await renderEditor();
  store.select({ nodes: ['two'] });
  await userEvent.keyboard('{Delete}');
  expect(document().nodes.two).toBeDefined();
  handle.focus();
  await userEvent.keyboard('{Delete}');
  expect(document().nodes.two).toBeUndefined();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(document().nodes.two).toBeDefined();
  await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
  expect(document().nodes.two).toBeUndefined();
});

test('keys in a text field are for the text', async () => {
  const { store, find, document } = await renderEditor();
  store.select({ nodes: ['text'] });
  const field = find('.react-flow__node[data-id="text"] .loom-row-widget :is(input, textarea)') as HTMLTextAreaElement;
  field.focus();
  await userEvent.keyboard('{End}{Backspace}{Backspace}');
  expect(document().nodes.text?.inputs).toEqual({ text: 'hel' });
  await userEvent.keyboard('{Control>}a{/Control}{Delete}');
  expect(document().nodes.text).toBeDefined();
  expect([...store.getState().session.selection.nodes]).toEqual(['text']);
});

test('typing into a field is one step', async () => {
  const { find, past, store, document } = await renderEditor();
  const field = find('.react-flow__node[data-id="text"] .loom-row-widget :is(input, textarea)') as HTMLTextAreaElement;
  field.focus();
  await userEvent.keyboard('{End} you');
  expect(document().nodes.text?.inputs).toEqual({ text: 'hello you' });
  expect(past()).toHaveLength(1);
  store.undo();
  expect(document().nodes.text?.inputs).toEqual({ text: 'hello' });
  await expect.poll(() => field.value).toBe('hello');
});

test('arrows move the selection, a burst as one step', async () => {
  const { handle, store, document, past } = await renderEditor();
  store.select({ nodes: ['one', 'two'] });
  handle.focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{Shift>}{ArrowDown}{/Shift}');
  expect(document().nodes.one?.position).toEqual({ x: 8, y: 16 });
  expect(document().nodes.two?.position).toEqual({ x: 8, y: 176 });
  expect(past()).toEqual(['Move 2 nodes']);
});

test('the app rebinds keys, and takes them away', async () => {
  const { handle, store, document } = await renderEditor({ keymap: { 'edit.delete': ['Q'], 'edit.selectAll': null } });
  store.select({ nodes: ['two'] });
  handle.focus();
  await userEvent.keyboard('{Delete}');
  expect(document().nodes.two).toBeDefined();
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(store.getState().session.selection.nodes.size).toBe(1);
  await userEvent.keyboard('q');
  expect(document().nodes.two).toBeUndefined();
});

test('Shift+A searches for a node at the pointer, and Enter adds it', async () => {
  const { handle, screen, document, past } = await renderEditor();
  handle.focus();
  await userEvent.keyboard('{Shift>}a{/Shift}');
  await expect.element(screen.getByRole('combobox', { name: /add a node/i })).toBeVisible();
  await userEvent.keyboard('Fail{Enter}');
  expect(Object.values(document().nodes).some((node) => node.type === 'test/fail')).toBe(true);
  expect(past()).toEqual(['Add Fail']);
});

test('read-only: keys select and look, and change nothing', async () => {
  const { handle, store, document } = await renderEditor({ readOnly: true });
  const before = document();
  handle.focus();
  await userEvent.keyboard('{Control>}a{/Control}{Delete}{ArrowRight}{Control>}d{/Control}');
  expect(store.getState().session.selection.nodes.size).toBe(4);
  expect(document()).toBe(before);
});

test('what is moved by keys stays in sight', async () => {
  const { handle, store, node, find } = await renderEditor();
  store.select({ nodes: ['sum'] });
  handle.zoomTo(1);
  handle.focus();
  await expect.poll(() => store.getState().session.viewport.zoom).toBe(1);
  const right = () => find('.loom-canvas').getBoundingClientRect().right - node('sum').getBoundingClientRect().right;
  await userEvent.keyboard('{Shift>}{ArrowRight>40/}{/Shift}');
  expect(store.getState().flow.document.nodes.sum?.position.x).toBe(320 + 40 * 16);
  await expect.poll(right).toBeGreaterThan(20);
});
