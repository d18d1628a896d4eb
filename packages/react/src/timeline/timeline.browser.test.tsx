import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderEditor } from '../editor/render-fixture.js';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';

async function renderTimeline() {
  const engine = createEngine({ library: zoneLibrary, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const editor = await renderEditor({ defaultDocument: zoneFlow, library: zoneLibrary, engine });
  editor.store.setPanel('bottom', { open: true, size: 240 });
  editor.store.setBottomTab('timeline');
  return editor;
}

test('a run shows when each node ran, and its rows lead to the nodes', async () => {
  const { screen, store } = await renderTimeline();
  await expect.element(screen.getByText(/Nothing has run yet/)).toBeVisible();
  await store.run().result;
  await userEvent.click(screen.getByRole('button', { name: /^Add 3 times/ }));
  expect([...store.getState().session.selection.nodes]).toEqual(['add']);
  expect(store.getState().session.frames.size).toBe(0);
});

test('a click on a bar goes to the iteration that it stands for', async () => {
  const { screen, store, find } = await renderTimeline();
  await store.run().result;
  await expect.element(screen.getByRole('button', { name: /^Add 3 times/ })).toBeVisible();
  const row = screen.getByRole('button', { name: /^Add 3 times/ }).element().parentElement;
  const track = row?.querySelector('.loom-timeline-track');
  const { right = 0, top = 0 } = track?.getBoundingClientRect() ?? {};
  track?.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: right, clientY: top + 4 }));
  await expect.poll(() => store.getState().session.frames.get('each')).toBe(2);
  expect(find('.loom-frame-number').textContent).toBe('3 of 3');
});

test('earlier runs are kept and can be looked at', async () => {
  const { screen, store } = await renderTimeline();
  await store.run({ targets: { kind: 'nodes', nodes: ['ten'] } }).result;
  await store.run().result;
  const runs = screen.getByRole('list', { name: 'Last runs' }).getByRole('button');
  await expect.poll(() => runs.elements().length).toBe(2);
  await expect.element(screen.getByRole('button', { name: /^Add 3 times/ })).toBeVisible();
  await userEvent.click(runs.nth(1));
  await expect.poll(() => screen.getByRole('button', { name: /^Add 3 times/ }).query()).toBeNull();
});

test('the log can be narrowed to the selected nodes', async () => {
  const { screen, store } = await renderTimeline();
  store.setBottomTab('output');
  await store.run().result;
  await expect.element(screen.getByText('adding 1 10')).toBeVisible();
  await userEvent.click(screen.getByRole('checkbox', { name: 'Selected nodes only' }));
  await expect.poll(() => screen.getByText('adding 1 10').query()).toBeNull();
  store.select({ nodes: ['add'] });
  await expect.element(screen.getByText('adding 1 10')).toBeVisible();
});
