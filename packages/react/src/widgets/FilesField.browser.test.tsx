import { isFileAtHand } from '@loom/engine';
import { type Json, readFileLiteral } from '@loom/graph';
import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { forgetCalls, held, onClear, problem, show } from './widget-fixture.js';

beforeEach(forgetCalls);

const add = page.getByRole('button', { name: 'Field: Add files' });
const remove = (name: string) => page.getByRole('button', { name: `Remove ${name}` });
const picker = () => document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;
const literals = () => JSON.parse(held() ?? 'null') as Json[];
const names = () => (held() === 'absent' ? undefined : literals().map((literal) => readFileLiteral(literal)?.name));
const csv = (name: string) => new File(['1,2'], name);

it('several files are chosen at once, and more come after them', async () => {
  await show('list<file>');
  await expect.element(add).toBeVisible();
  await userEvent.upload(picker(), [csv('b.csv'), csv('a.csv')]);
  await expect.poll(names).toEqual(['b.csv', 'a.csv']);
  await userEvent.upload(picker(), csv('b.csv'));
  await expect.poll(names).toEqual(['b.csv', 'a.csv', 'b.csv']);
  expect(literals().every(isFileAtHand)).toBe(true);
  await expect
    .element(page.getByRole('list', { name: 'Field' }))
    .toHaveTextContent('b.csv3 bytesa.csv3 bytesb.csv3 bytes');
});

it('one is taken out, and the focus stays in the field', async () => {
  await show('list<bytes>');
  await expect.element(add).toBeVisible();
  await userEvent.upload(picker(), [csv('a.csv'), csv('b.csv')]);
  await userEvent.click(remove('a.csv'));
  expect(names()).toEqual(['b.csv']);
  await expect.element(add).toHaveFocus();
  await userEvent.click(remove('b.csv'));
  // No files are a value, and absent is something else.
  expect(names()).toEqual([]);
  await userEvent.click(page.getByRole('button', { name: 'Clear Field' }));
  expect(onClear).toHaveBeenCalledOnce();
});

it('files are dropped', async () => {
  await show('list<file>');
  await expect.element(add).toBeVisible();
  const dropped = new DataTransfer();
  for (const name of ['a.csv', 'b.csv']) dropped.items.add(csv(name));
  add.element().dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: dropped }));
  await expect.poll(names).toEqual(['a.csv', 'b.csv']);
});

it('a file of an earlier session is asked for again, and takes its place', async () => {
  const old = { $file: { name: 'old.csv', type: '', size: 9, id: 'gone' } };
  await show('list<file>', [old, { $file: { name: 'a.csv', type: '', size: 1, data: 'YQ==' } }]);
  await expect.element(add).toHaveAccessibleDescription('A flow keeps only the name of a file. Choose old.csv again.');
  await userEvent.upload(picker(), [csv('new.csv'), csv('old.csv')]);
  await expect.poll(names).toEqual(['old.csv', 'a.csv', 'new.csv']);
  expect(problem()).toBe('');
});

it('more than a session keeps are refused', async () => {
  await show('list<file>');
  await expect.element(add).toBeVisible();
  const dropped = new DataTransfer();
  for (let index = 0; index < 1_001; index++) dropped.items.add(csv(`${index}.csv`));
  add.element().dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: dropped }));
  await expect.poll(problem).toBe('At most 1000.');
  expect(names()).toBeUndefined();
});

it('nothing changes where nothing may be changed', async () => {
  await show('list<file>', [{ $file: { name: 'a.csv', type: '', size: 1, data: 'YQ==' } }], {}, true);
  await expect.element(add).toBeDisabled();
  expect(remove('a.csv').query()).toBeNull();
});
