import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, library, sumFlow } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

const framed = {
  ...sumFlow,
  frames: {
    box: { kind: 'frame' as const, title: 'Inputs', position: { x: -40, y: -80 }, size: { width: 300, height: 380 } },
    note: {
      kind: 'note' as const,
      text: 'Mind the gap',
      position: { x: 620, y: 0 },
      size: { width: 200, height: 120 },
    },
  },
};

async function open() {
  const editor = await renderEditor({ defaultDocument: framed, library });
  await expect.poll(() => editor.screen.container.querySelectorAll('.loom-frame')).toHaveLength(2);
  const items = () =>
    editor.screen
      .getByRole('menuitem')
      .elements()
      .map((item) => item.querySelector('span')?.textContent);
  return { ...editor, items };
}

test('a frame has a menu by pointer and by key, with its commands and their keys', async () => {
  const { screen, find, store, document, items } = await open();
  await userEvent.click(screen.getByRole('heading', { name: 'Inputs' }), { button: 'right' });
  await expect.element(screen.getByRole('menu', { name: 'Frame' })).toBeVisible();
  expect([...store.getState().session.selection.frames]).toEqual(['box']);
  expect(items()).toEqual([
    'Edit its text',
    'Select what lies on it',
    'Cut',
    'Copy',
    'Duplicate',
    'Delete',
    'Show the selection',
  ]);
  await expect.element(screen.getByRole('menuitem', { name: 'Edit its text F2' })).toBeVisible();
  await expect.element(screen.getByRole('menuitem', { name: 'Copy Ctrl+C' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  (find('.loom-frame[data-kind="note"]') as HTMLElement).focus();
  await userEvent.keyboard('{Shift>}{F10}{/Shift}');
  await expect.element(screen.getByRole('menu', { name: 'Note' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  (find('.loom-frame[data-kind="frame"]') as HTMLElement).focus();
  await userEvent.keyboard('{ContextMenu}');
  await expect.element(screen.getByRole('menu', { name: 'Frame' })).toBeVisible();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.poll(() => [...store.getState().session.selection.nodes].sort()).toEqual(['one', 'two']);
  expect(document()).toBe(framed);
});

test('a frame is named and a note is written by keys in the inspector, each as one step', async () => {
  const { screen, find, document, past } = await open();
  (find('.loom-frame[data-kind="frame"]') as HTMLElement).focus();
  await userEvent.keyboard('{F2}');
  await expect.element(screen.getByRole('textbox', { name: 'Title' })).toHaveFocus();
  await userEvent.keyboard('What comes in');
  expect(document().frames.box?.title).toBe('What comes in');
  (find('.loom-frame[data-kind="note"]') as HTMLElement).focus();
  await userEvent.keyboard('{F2}');
  await expect.element(screen.getByRole('textbox', { name: 'Note' })).toHaveFocus();
  await userEvent.keyboard('{Control>}a{/Control}Look out');
  expect(document().frames.note?.text).toBe('Look out');
  expect(past()).toEqual(['Rename', 'Edit a note']);
});

test('keys act on what one went to by Tab, not on what was selected before', async () => {
  const { store, node, document, screen, find } = await open();
  store.select({ nodes: ['one'] });
  (node('two') as HTMLElement).focus();
  await userEvent.keyboard('{Shift>}{F10}{/Shift}');
  await expect.element(screen.getByRole('menu', { name: 'Node' })).toBeVisible();
  expect([...store.getState().session.selection.nodes]).toEqual(['two']);
  await userEvent.keyboard('{Escape}');
  store.clearSelection();
  (find('.react-flow__edge') as HTMLElement).focus();
  await userEvent.keyboard('{Shift>}{F10}{/Shift}');
  await expect.element(screen.getByRole('menu', { name: 'Wire' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  store.clearSelection();
  (node('text') as HTMLElement).focus();
  await userEvent.keyboard('{Delete}');
  expect(Object.keys(document().nodes)).toEqual(['one', 'two', 'sum']);
});

test('the colour of a node is set in the inspector, of several at once, and taken back', async () => {
  const { store, screen, document, past } = await renderEditor({
    defaultDocument: flowOf({
      a: { type: 'test/number', position: { x: 0, y: 0 } },
      b: { type: 'test/number', position: { x: 0, y: 200 } },
    }),
    library,
  });
  store.select({ nodes: ['a', 'b'] });
  const field = screen.getByLabelText('Colour');
  await expect.element(field).toBeVisible();
  await userEvent.fill(field, '#aa3300');
  expect(Object.values(document().nodes).map(({ view }) => view?.color)).toEqual(['#aa3300', '#aa3300']);
  expect(past()).toEqual(['Colour']);
  await userEvent.click(screen.getByRole('button', { name: 'Use the default of Colour' }));
  expect(Object.values(document().nodes).map(({ view }) => view)).toEqual([undefined, undefined]);
});
