import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderEditor } from '../editor/render-fixture.js';
import { drag, middle, press } from './pointer-fixture.js';

const canvasHasFocus = (find: (selector: string) => Element) => find('.loom-canvas').matches(':focus');

test('keys go on after what was clicked has been deleted', async () => {
  const { title, find, document } = await renderEditor();
  await userEvent.click(title('two'));
  await userEvent.keyboard('{Delete}');
  expect(document().nodes.two).toBeUndefined();
  expect(canvasHasFocus(find)).toBe(true);
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(document().nodes.two).toBeDefined();
});

test('keys go on after what one went to by keys has been deleted', async () => {
  const { node, find, document } = await renderEditor();
  (find('.loom-toolbar button') as HTMLElement).focus();
  await userEvent.keyboard('{Tab}');
  (node('two') as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => window.document.activeElement?.closest('.loom-inspector')).not.toBeNull();
  await userEvent.keyboard('{Escape}{Delete}');
  expect(document().nodes.two).toBeUndefined();
  await expect.poll(() => canvasHasFocus(find)).toBe(true);
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(document().nodes.two).toBeDefined();
});

test('a field that was focused elsewhere keeps the focus when nodes go', async () => {
  const { store, title, document } = await renderEditor();
  await userEvent.click(title('two'));
  const outside = window.document.createElement('input');
  window.document.body.append(outside);
  outside.focus();
  store.dispatch([{ kind: 'remove-nodes', ids: ['two'] }], { label: 'Delete' });
  await expect.poll(() => document().nodes.two).toBeUndefined();
  expect(window.document.activeElement).toBe(outside);
  outside.remove();
});

test('Space and a drag move the view, even from a node', async () => {
  const { title, find, document } = await renderEditor();
  const before = document();
  await userEvent.click(title('two'));
  const view = () => (find('.react-flow__viewport') as HTMLElement).style.transform;
  const start = view();
  await userEvent.keyboard('{ >}');
  const from = middle(title('two'));
  const under = window.document.elementFromPoint(from.x, from.y);
  expect(under?.classList.contains('react-flow__pane')).toBe(true);
  await drag(under ?? find('.react-flow__pane'), { x: from.x + 70, y: from.y + 30 });
  await userEvent.keyboard('{/ }');
  expect(view()).not.toBe(start);
  expect(document()).toBe(before);
  await drag(title('two'), { x: middle(title('two')).x + 40, y: middle(title('two')).y });
  expect(document()).not.toBe(before);
});

test('Tab after a click searches for a node, also when keys had brought the focus', async () => {
  const { handle, pane, store } = await renderEditor();
  handle.focus();
  await userEvent.keyboard('{Shift>}a{/Shift}{Escape}');
  await userEvent.click(pane(), { position: { x: 300, y: 20 } });
  await userEvent.keyboard('{Tab}');
  expect(store.getState().session.quickAdd).toBeDefined();
});

test('Escape drops the wire that is being dragged', async () => {
  const { title, port, find, document, store } = await renderEditor();
  await userEvent.click(title('two'));
  const before = document();
  const release = await press(port('two', 'value', 'source'), middle(port('sum', 'b')));
  expect(store.getState().session.connecting).toBeDefined();
  await userEvent.keyboard('{Escape}');
  expect(store.getState().session.connecting).toBeUndefined();
  await expect.poll(() => find('.loom-canvas').querySelector('.react-flow__connection')).toBeNull();
  await release();
  expect(document()).toBe(before);
  expect(store.getState().session.quickAdd).toBeUndefined();
});

test('Escape drops the wire of a click, and the next click begins another', async () => {
  const { port, document, store } = await renderEditor();
  const before = document();
  await userEvent.click(port('two', 'value', 'source'));
  await userEvent.keyboard('{Escape}');
  expect(store.getState().session.connecting).toBeUndefined();
  await userEvent.click(port('sum', 'b'));
  expect(document()).toBe(before);
  expect(store.getState().session.connecting).toMatchObject({ node: 'sum', port: 'b' });
});

test('a drag from an input that is taken moves its wire', async () => {
  const { port, document, past } = await renderEditor();
  await drag(port('sum', 'a'), middle(port('sum', 'b')));
  expect(document().edges.e1).toMatchObject({ source: 'one', targetPort: 'b' });
  expect(past()).toEqual(['Move a wire']);
});

test('undo works where a slider or a choice has the focus', async () => {
  const { store, find, document } = await renderEditor();
  store.dispatch([{ kind: 'set-input', id: 'two', port: 'value', value: 9 }], { label: 'Set' });
  const select = window.document.createElement('select');
  find('.loom-canvas').append(select);
  select.focus();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(document().nodes.two?.inputs).toEqual({ value: 2 });
});
