import { forgetFile, isFileAtHand } from '@loom/engine';
import { type Json, readFileLiteral } from '@loom/graph';
import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { forgetCalls, held, onClear, problem, show } from './widget-fixture.js';

beforeEach(forgetCalls);

const field = page.getByRole('button', { name: /^Field:/ });
const chosen = () => readFileLiteral(JSON.parse(held() ?? 'null') as Json);
const picker = () => document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;

/** As the dialog of the browser does. */
async function choose(file: File): Promise<void> {
  await userEvent.upload(picker(), file);
}

it('a file that is chosen is named, and not copied into the flow', async () => {
  await show('file');
  await expect.element(field).toHaveAccessibleName('Field: Choose a file');
  await choose(new File(['1,2'], 'rows.csv', { type: 'text/csv' }));
  await expect.element(field).toHaveAccessibleName('Field: rows.csv 3 bytes');
  expect(chosen()).toMatchObject({ name: 'rows.csv', size: 3, id: expect.any(String) });
  expect(held()).not.toContain('1,2');
  await userEvent.click(page.getByRole('button', { name: 'Clear Field' }));
  expect(onClear).toHaveBeenCalledOnce();
});

it('a port of bytes gets what is in the file', async () => {
  await show('bytes');
  await choose(new File(['ab'], 'x.bin'));
  await expect.poll(chosen).toMatchObject({ name: 'x.bin', as: 'bytes' });
});

it('a file of an earlier session is asked for again', async () => {
  await show('file', { $file: { name: 'old.csv', type: '', size: 9, id: 'gone' } });
  expect(problem()).toContain('Choose old.csv again');
  await choose(new File(['x'], 'new.csv'));
  await expect.element(field).toHaveTextContent('new.csv');
  expect(problem()).toBe('');
});

it('a file is dropped on the field, and opens nothing else', async () => {
  await show('file');
  const dropped = new DataTransfer();
  dropped.items.add(new File(['x'], 'dropped.txt'));
  let escaped = false;
  document.body.addEventListener('drop', () => {
    escaped = true;
  });
  field.element().dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: dropped }));
  await expect.element(field).toHaveTextContent('dropped.txt');
  expect(escaped).toBe(false);
});

it('what the field gives is at hand until it is forgotten', async () => {
  await show('file');
  await choose(new File(['x'], 'x.txt'));
  await expect.poll(chosen).toBeDefined();
  const literal = JSON.parse(held() ?? 'null') as Json;
  expect(isFileAtHand(literal)).toBe(true);
  forgetFile(literal);
  expect(isFileAtHand(literal)).toBe(false);
});
