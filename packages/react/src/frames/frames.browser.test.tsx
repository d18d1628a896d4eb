import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { drag, middle } from '../canvas/pointer-fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

async function renderFramed() {
  const editor = await renderEditor();
  editor.store.select({ nodes: ['one', 'two'] });
  editor.handle.focus();
  await userEvent.keyboard('{Shift>}f{/Shift}');
  await expect.poll(() => editor.screen.container.querySelector('.loom-frame')).not.toBeNull();
  const frame = () => Object.values(editor.document().frames)[0];
  return { ...editor, frame };
}

test('a frame is put around what is selected, and takes it along when it is dragged, as one step', async () => {
  const { find, frame, document, past, store } = await renderFramed();
  expect(past()).toEqual(['Add a frame']);
  const before = { frame: frame(), nodes: document().nodes };
  const header = find('.loom-frame-header');
  const from = middle(header);
  await drag(header, { x: from.x + 40, y: from.y + 20 });
  expect(past()).toEqual(['Add a frame', 'Move a frame']);
  const by = (frame()?.position.x ?? 0) - (before.frame?.position.x ?? 0);
  expect(by).toBeGreaterThan(10);
  const after = document().nodes;
  expect(Math.abs((after.one?.position.x ?? 0) - (before.nodes.one?.position.x ?? 0) - by)).toBeLessThan(2);
  expect(after.sum).toBe(before.nodes.sum);
  store.undo();
  expect(document().nodes).toEqual(before.nodes);
});

test('a frame is named, moved and deleted by keys', async () => {
  const { find, frame, document } = await renderFramed();
  const element = find('.loom-frame') as HTMLElement;
  element.focus();
  await userEvent.keyboard('{Enter}Inputs{Enter}');
  expect(frame()?.title).toBe('Inputs');
  const { x = 0 } = frame()?.position ?? {};
  (find('.loom-frame') as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(frame()?.position.x).toBe(x + 4);
  await userEvent.keyboard('{Delete}');
  expect(document().frames).toEqual({});
  expect(Object.keys(document().nodes)).toHaveLength(4);
});

test('a note is written in Markdown', async () => {
  const { handle, screen, document, find } = await renderEditor();
  handle.focus();
  await userEvent.keyboard('{Shift>}n{/Shift}');
  await expect.poll(() => screen.container.querySelector('.loom-note')).not.toBeNull();
  (find('.loom-frame') as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await userEvent.fill(screen.getByRole('textbox', { name: 'Note' }).first(), '# Read me');
  await userEvent.keyboard('{Escape}');
  expect(Object.values(document().frames)[0]).toMatchObject({ kind: 'note', text: '# Read me' });
  await expect.element(screen.getByRole('heading', { name: 'Read me' })).toBeVisible();
});
