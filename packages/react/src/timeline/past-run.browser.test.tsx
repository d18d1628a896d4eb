import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

async function renderTwoRuns() {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const editor = await renderEditor({ engine });
  const { store } = editor;
  await store.run().result;
  store.dispatch([{ kind: 'set-input', id: 'one', port: 'value', value: 41 }], { label: 'Set' });
  await store.run({ targets: { kind: 'from', nodes: ['one'] } }).result;
  const picture = () => editor.node('sum').querySelector('.loom-node-preview')?.textContent;
  // The first picture waits for the code that draws it.
  await expect.poll(picture, { timeout: 10_000 }).toContain('41');
  return { ...editor, picture };
}

test('an earlier run is chosen from the list: nodes, log and inspector show what it left, until one goes back', async () => {
  const { screen, store, picture } = await renderTwoRuns();
  store.setPanel('bottom', { open: true, size: 240 });
  store.setBottomTab('timeline');
  const list = screen.getByRole('list', { name: 'Last runs' });
  await expect.element(list.getByText('From One on')).toBeVisible();
  await userEvent.click(list.getByText('Everything'));
  await expect.poll(picture).toContain('1');
  expect(picture()).not.toContain('41');
  const banner = screen.getByRole('region', { name: 'Earlier run' });
  await expect.element(banner).toHaveTextContent('(Everything)');
  store.setBottomTab('output');
  await expect.element(screen.getByText('adding 1 0')).toBeVisible();
  expect(screen.getByText('adding 41 0').query()).toBeNull();
  store.select({ nodes: ['sum'] });
  await userEvent.click(screen.getByText('Why did this run?'));
  await expect.element(screen.getByText('It had no result yet.')).toBeVisible();
  await userEvent.click(banner.getByRole('button', { name: 'Back to now' }));
  await expect.poll(picture).toContain('41');
  expect(banner.query()).toBeNull();
});

test('keys go from run to run, and a new run goes back to now', async () => {
  const { handle, store, picture } = await renderTwoRuns();
  const [first] = [...store.getState().runs.kept.keys()];
  handle.focus();
  await userEvent.keyboard('{Alt>}{PageUp}{/Alt}');
  expect(store.getState().session.pastRun).toBe(first);
  await userEvent.keyboard('{Alt>}{PageDown}{/Alt}');
  expect(store.getState().session.pastRun).toBeUndefined();
  await userEvent.keyboard('{Alt>}{PageUp}{/Alt}');
  await store.run().result;
  await expect.poll(picture).toContain('41');
  expect(store.getState().session.pastRun).toBeUndefined();
});
