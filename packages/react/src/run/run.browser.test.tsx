import { createEngine, createJavaScriptExecutor, type ExecutorStatus } from '@loom/engine';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, library, sumFlow } from '../editor/fixture.js';
import { renderEditor, renderListening } from '../editor/render-fixture.js';
import { createLoomStore } from '../store/loom-store.js';

function startEngine() {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  return engine;
}

test('a run shows states, times and results on the nodes, and what they print below', async () => {
  const { screen, find, document, store } = await renderEditor({ engine: startEngine() });
  const before = document();
  expect(store.getState().runs.run.status).toBe('idle');
  await userEvent.click(screen.getByRole('button', { name: 'Run flow' }));
  await expect.element(screen.getByText(/^Done in/)).toBeVisible();
  expect(find('[data-id="sum"] .loom-node-status').getAttribute('data-status')).toBe('success');
  await expect.poll(() => find('[data-id="sum"] .loom-node-preview').textContent).toContain('1');
  expect(document()).toBe(before);
  await userEvent.click(screen.getByRole('button', { name: 'Output' }).first());
  await expect.element(screen.getByText('adding 1 0')).toBeVisible();
});

test('undo and redo leave results alone', async () => {
  const { handle, store } = await renderEditor({ engine: startEngine() });
  await handle.run().result;
  store.flush();
  const { runs } = store.getState();
  store.dispatch([{ kind: 'update-node', id: 'one', changes: { label: 'Eins' } }], { label: 'Rename' });
  store.undo();
  store.redo();
  expect(store.getState().runs).toBe(runs);
});

test('a failing node shows its error, what needs it is skipped, and the rest goes on', async () => {
  const flow = flowOf(
    {
      bad: { type: 'test/fail', position: { x: 0, y: 0 }, inputs: { input: 1 } },
      after: { type: 'test/add', position: { x: 320, y: 0 } },
      other: { type: 'test/number', position: { x: 0, y: 200 } },
    },
    ['bad.output -> after.a'],
  );
  const { handle, find, screen } = await renderEditor({ engine: startEngine(), defaultDocument: flow });
  await handle.run().result;
  await expect.element(screen.getByText('no luck today').first()).toBeVisible();
  const status = (id: string) => find(`[data-id="${id}"] .loom-node-status`).getAttribute('data-status');
  expect([status('bad'), status('after'), status('other')]).toEqual(['error', 'skipped', 'success']);
});

test('a skipped node says why, and the inspector leads to the node that is to blame', async () => {
  const flow = flowOf(
    {
      bad: { type: 'test/fail', label: 'Bad one', position: { x: 0, y: 0 }, inputs: { input: 1 } },
      after: { type: 'test/add', position: { x: 320, y: 0 } },
    },
    ['bad.output -> after.a'],
  );
  const { handle, find, screen, store } = await renderEditor({ engine: startEngine(), defaultDocument: flow });
  await handle.run().result;
  store.select({ nodes: ['after'] });
  await expect.element(screen.getByText('Skipped: “Bad one” failed.')).toBeVisible();
  expect(find('[data-id="after"] .loom-node-status').getAttribute('title')).toBe('Skipped · “Bad one” failed.');
  await userEvent.click(screen.getByRole('button', { name: 'Show on the canvas' }));
  expect([...store.getState().session.selection.nodes]).toEqual(['bad']);
});

test('a result is marked outdated while the flow would give another, and not after undo', async () => {
  const { handle, screen, store, find } = await renderEditor({ engine: startEngine() });
  await handle.run().result;
  await expect.poll(() => find('[data-id="sum"] .loom-node-preview').getAttribute('data-old')).toBe('false');
  store.dispatch([{ kind: 'set-input', id: 'one', port: 'value', value: 5 }], { label: 'Set' });
  const mark = screen.getByRole('img', { name: 'outdated' });
  await expect.poll(() => mark.elements().length).toBe(2);
  expect(find('[data-id="sum"] .loom-node-preview').getAttribute('data-old')).toBe('true');
  expect(find('[data-id="two"] .loom-node-preview').getAttribute('data-old')).toBe('false');
  store.undo();
  await expect.poll(() => mark.elements().length).toBe(0);
  expect(find('[data-id="sum"] .loom-node-preview').getAttribute('data-old')).toBe('false');
});

/** An editor whose runtime says what the test says. */
async function renderWithRuntime() {
  const { say, ...editor } = await renderListening();
  const tell = (status: ExecutorStatus) => {
    say({ kind: 'executor-status', executor: 'python', status, at: 0 });
  };
  return { ...editor, tell };
}

test('a restart of the runtime is told, with its reason, until the runtime is back', async () => {
  const { screen, store, tell } = await renderWithRuntime();
  tell({ state: 'restarting', reason: 'It did not stop.' });
  tell({ state: 'starting', stage: 'Downloading' });
  await expect.element(screen.getByText('Restarting: Downloading')).toBeVisible();
  await expect.element(screen.getByText(/^The runtime restarts: It did not stop\./)).toBeVisible();
  tell({ state: 'ready' });
  await expect.poll(() => store.getState().runs.restart).toBeUndefined();
  expect(screen.getByText('Restarting: Downloading').query()).toBeNull();
});

test('a failed start of the runtime is told in full, until it is tried again', async () => {
  const { find, store, tell } = await renderWithRuntime();
  const message = 'http://localhost/nowhere/pyodide.mjs answered 404.';
  tell({ state: 'failed', error: { code: 'executor/failed-to-start', message, frames: [] } });
  await expect.poll(() => find('.loom-notices').textContent).toContain(message);
  tell({ state: 'starting', stage: 'Downloading' });
  await expect.poll(() => store.getState().session.notices).toEqual([]);
});

test('one node runs alone with what it needs', async () => {
  const { screen, store } = await renderEditor({ engine: startEngine() });
  await userEvent.click(screen.getByRole('button', { name: 'Run this node: Sum' }));
  await expect.element(screen.getByText(/^Done in/)).toBeVisible();
  expect([...store.getState().runs.run.nodes.keys()].sort()).toEqual(['one', 'sum']);
});

test('Ctrl+Enter runs, also from a text field and in a flow that can only be read', async () => {
  const { handle, screen } = await renderEditor({ engine: startEngine(), readOnly: true });
  handle.focus();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(screen.getByText(/^Done in/)).toBeVisible();
});

test('two editors may share an engine: each shows its own runs', async () => {
  const engine = startEngine();
  const first = await renderEditor({ engine });
  const second = await renderEditor({ engine, defaultDocument: sumFlow });
  await first.handle.run().result;
  first.store.flush();
  second.store.flush();
  expect(first.store.getState().runs.run.status).toBe('succeeded');
  expect(second.store.getState().runs.run.status).toBe('idle');
});

test('an editor that goes away stops its runs; those of a store that lives on go on', async () => {
  const engine = startEngine();
  const own = await renderEditor({ engine });
  const stopped = own.handle.run();
  await own.screen.unmount();
  expect((await stopped.result).status).toBe('cancelled');
  const store = createLoomStore({ document: sumFlow, library, engine });
  const given = await renderEditor({ store });
  const run = given.handle.run();
  await given.screen.unmount();
  expect((await run.result).status).toBe('succeeded');
});

test('without an engine there is nothing to run with', async () => {
  const { screen } = await renderEditor();
  expect(screen.getByRole('button', { name: /^Run/ }).query()).toBeNull();
});

test('a change of one node touches only what is drawn of that one', async () => {
  const { store, find } = await renderEditor({ engine: startEngine() });
  const touched = new Set<string>();
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      const node = (record.target instanceof Element ? record.target : record.target.parentElement)?.closest(
        '.react-flow__node',
      );
      touched.add(node?.getAttribute('data-id') ?? '');
    }
  });
  observer.observe(find('.react-flow__nodes'), {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  store.dispatch([{ kind: 'update-node', id: 'one', changes: { label: 'Eins' } }], { label: 'Rename' });
  await expect.poll(() => find('[data-id="one"] .loom-node-title').textContent).toBe('Eins');
  observer.disconnect();
  expect([...touched]).toEqual(['one']);
});
