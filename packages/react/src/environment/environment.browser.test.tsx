import type { EnvironmentStatus } from '@loom/engine';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderListening } from '../editor/render-fixture.js';

/** An editor whose executor says of the environment what the test says. */
async function renderWithEnvironment() {
  const { say, ...editor } = await renderListening();
  let at = 0;
  const tell = (status: EnvironmentStatus) => {
    at += 1;
    say({ kind: 'environment', executor: 'python', status, at });
  };
  const field = editor.screen.getByRole('textbox', { name: 'Requirements, one in each line' });
  await expect.element(field).toBeVisible();
  const python = () => editor.document().environment.python;
  return { ...editor, tell, field, python };
}

test('requirements are typed as lines, in one undo step, and what is none is told and not taken', async () => {
  const { screen, field, python, store, past } = await renderWithEnvironment();
  await userEvent.fill(field, 'numpy>=2  # arrays\n-r more.txt\nattrs');
  expect(python()).toEqual({ requirements: ['numpy>=2', 'attrs'] });
  await expect.element(screen.getByRole('alert')).toHaveTextContent('Line 2: "-r" is an option of pip');
  expect(past()).toEqual(['Change the Python packages']);
  store.undo();
  expect(python()).toBeUndefined();
  await expect.element(field).toHaveValue('');
  expect(screen.getByRole('alert').query()).toBeNull();
  store.redo();
  await expect.element(field).toHaveValue('numpy>=2  # arrays\n-r more.txt\nattrs');
});

test('how far it has come is shown with a bar, in the toolbar and in the log', async () => {
  const { screen, field, tell, store } = await renderWithEnvironment();
  await userEvent.fill(field, 'tiny');
  await expect.element(screen.getByText('Made ready by the next run.')).toBeVisible();
  tell({ state: 'resolving', detail: 'Looking for tiny' });
  tell({ state: 'downloading', detail: 'Downloading tiny 1.2', fraction: 0.25 });
  tell({ state: 'downloading', detail: 'Downloading tiny 1.2', fraction: 0.5 });
  await expect
    .element(screen.getByRole('progressbar', { name: 'Downloading packages' }))
    .toHaveAttribute('aria-valuenow', '50');
  await expect.element(screen.getByRole('progressbar', { name: 'Downloading tiny 1.2' })).toBeVisible();
  tell({ state: 'ready', packages: [{ name: 'tiny', version: '1.2' }] });
  await expect.element(screen.getByRole('listitem').getByText('1.2')).toBeVisible();
  expect(screen.getByRole('progressbar').query()).toBeNull();
  store.flush();
  expect(store.getState().runs.log.records.map(({ text }) => text)).toEqual([
    'Looking for tiny',
    'Downloading tiny 1.2',
    'tiny 1.2',
  ]);
});

test('chosen versions are kept in the flow, and let go when the requirements change', async () => {
  const { screen, field, tell, python } = await renderWithEnvironment();
  await userEvent.fill(field, 'tiny');
  const lock = { loom: 1, requirements: ['tiny'], packages: [] };
  tell({ state: 'ready', packages: [{ name: 'tiny', version: '1.2' }], lock });
  await userEvent.click(screen.getByRole('button', { name: 'Keep these versions' }));
  expect(python()).toEqual({ requirements: ['tiny'], lock });
  await expect.element(screen.getByText('These versions are kept in the flow.')).toBeVisible();
  await userEvent.fill(field, 'tiny\nother');
  expect(python()).toEqual({ requirements: ['tiny', 'other'] });
  await expect.element(screen.getByText(/^The requirements have changed since/)).toBeVisible();
});

test('what is missing is told in full, with a way to try again', async () => {
  const { screen, field, tell } = await renderWithEnvironment();
  await userEvent.fill(field, 'absent');
  const message = 'No source has absent, which the flow requires.';
  tell({ state: 'failed', error: { code: 'python/no-such-package', message, frames: [] } });
  await expect.element(screen.getByRole('button', { name: 'Run again' })).toBeVisible();
  await expect.element(screen.getByText(`The Python packages are not ready: ${message}`)).toBeVisible();
});
