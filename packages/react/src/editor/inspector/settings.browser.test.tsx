import { builtinShelf } from '@loom/engine';
import { createLibrary } from '@loom/graph';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { flowOf, library } from '../fixture.js';
import { renderEditor } from '../render-fixture.js';

const withBuiltin = createLibrary({ shelves: [...library.shelves, builtinShelf] });

async function inspect(type: string, settings?: object) {
  const node = { type, position: { x: 0, y: 0 }, ...(settings && { settings }) };
  const editor = await renderEditor({ defaultDocument: flowOf({ it: node }, []), library: withBuiltin });
  editor.store.select({ nodes: ['it'] });
  await expect.element(page.getByRole('heading', { name: 'How it runs' })).toBeVisible();
  return { ...editor, settings: () => editor.document().nodes.it?.settings };
}

test('every setting of a node is set, named in the history, and taken away again', async () => {
  const { settings, past } = await inspect('test/add');
  await page.getByLabelText('When inputs fail or are skipped').selectOptions('any');
  await page.getByLabelText('Time limit (ms)').fill('250');
  await page.getByLabelText('Tries again').fill('2');
  await page.getByLabelText('Keep results').selectOptions('never');
  await page.getByLabelText('Breakpoint').selectOptions('always');
  await expect
    .poll(settings)
    .toMatchObject({ join: 'any', timeoutMs: 250, retries: 2, cache: 'never', breakpoint: true });
  expect(past()).toHaveLength(5);
  await page.getByLabelText('Time limit (ms)').fill('');
  await expect.poll(settings).not.toHaveProperty('timeoutMs');
});

test('a wrong number is not taken: it stays, marked, with what is wrong', async () => {
  const { settings } = await inspect('test/add', { timeoutMs: 100 });
  const limit = page.getByLabelText('Time limit (ms)');
  for (const [text, problem] of [
    ['soon', 'Not a number.'],
    ['1.5', 'A whole number is needed.'],
    ['0', 'At least 1.'],
  ] as const) {
    await limit.fill(text);
    await userEvent.keyboard('{Tab}');
    await expect.element(limit).toHaveValue(text);
    await expect.element(limit).toHaveAttribute('aria-invalid', 'true');
    await expect.element(page.getByText(problem)).toBeVisible();
    expect(settings()).toEqual({ timeoutMs: 100 });
  }
});

test('a condition that cannot be read is not taken, and says where', async () => {
  const { settings } = await inspect('test/add', { breakpoint: 'index > 1' });
  await page.getByRole('textbox', { name: 'Condition' }).fill('index >');
  await expect.element(page.getByRole('alert').first()).toBeVisible();
  expect(settings()).toEqual({ breakpoint: 'index > 1' });
});

test('a name that is taken already is refused in words', async () => {
  await inspect('loom/switch', { cases: ['a'] });
  const field = page.getByRole('textbox', { name: 'Cases: Name' });
  await field.fill('a');
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  await expect.element(page.getByText('“a” is taken.')).toBeVisible();
});
