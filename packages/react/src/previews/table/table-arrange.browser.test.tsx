import { createJavaScriptExecutor, type Preview, type PreviewRequest, type ValueRef } from '@loom/engine';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../../styles/styles.css';
import { TABLE_MIME } from '../choose-preview.js';
import { PreviewView } from '../PreviewView.js';

const executor = createJavaScriptExecutor();

/** A value that the executor holds, in a panel. */
async function arrange(value: unknown) {
  const { ref, preview } = executor.direct?.describe(value) ?? { ref: undefined, preview: undefined };
  if (ref === undefined || preview === undefined) throw new Error('The executor takes no values.');
  return show(preview, ref);
}

async function show(preview: Preview, ref: ValueRef) {
  const loadMore = vi.fn((request: PreviewRequest) => executor.preview(ref, request));
  const screen = await render(
    <div className="loom" style={{ width: 500, height: 300 }}>
      <PreviewView preview={preview} size="panel" loadMore={loadMore} />
    </div>,
  );
  const column = (place: number) =>
    [...screen.container.querySelectorAll(`tbody td[aria-colindex="${place + 2}"]`)].map((cell) => cell.textContent);
  return { screen, loadMore, column };
}

const people = [
  { name: 'Cleo', age: 31 },
  { name: 'Abe', age: 7 },
  { name: 'Bea', age: null },
  { name: 'abby', age: 100 },
];

test('a click on the head of a column sorts upwards, downwards, and as it was', async () => {
  const { screen, column } = await arrange(people);
  const age = screen.getByRole('button', { name: /^age/ });
  await userEvent.click(age);
  await expect.poll(() => column(0)).toEqual(['Abe', 'Cleo', 'abby', 'Bea']);
  await expect.element(screen.getByRole('columnheader', { name: /^age/ })).toHaveAttribute('aria-sort', 'ascending');
  await userEvent.click(age);
  await expect.poll(() => column(0)).toEqual(['abby', 'Cleo', 'Abe', 'Bea']);
  await userEvent.click(age);
  await expect.poll(() => column(0)).toEqual(['Cleo', 'Abe', 'Bea', 'abby']);
});

test('rows are filtered by the text of a column, and by its numbers', async () => {
  const { screen, column } = await arrange(people);
  await userEvent.click(screen.getByRole('button', { name: 'Filter the rows' }));
  await userEvent.fill(screen.getByRole('textbox', { name: 'Filter by name' }), 'ab');
  await expect.poll(() => column(0)).toEqual(['Abe', 'abby']);
  await expect.element(screen.getByText('2 of 4 rows')).toBeVisible();
  await userEvent.fill(screen.getByRole('textbox', { name: 'Filter by age' }), '> 50');
  await expect.poll(() => column(0)).toEqual(['abby']);
  await userEvent.fill(screen.getByRole('textbox', { name: 'Filter by name' }), '');
  await userEvent.fill(screen.getByRole('textbox', { name: 'Filter by age' }), '');
  await expect.poll(() => column(0)).toHaveLength(4);
});

test('a million rows come by pages, in any order', async () => {
  const rows = Array.from({ length: 1_000_000 }, (_, id) => ({ id, even: id % 2 === 0 }));
  const { screen, column, loadMore } = await arrange(rows);
  await expect.element(screen.getByText('1,000,000 rows × 2 columns')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Rows after' }));
  await expect.poll(() => column(0)[0]).toBe('500000');
  await expect.element(screen.getByText('Rows 500,000 to 999,999')).toBeVisible();
  screen.container.querySelector('.loom-table')?.scrollTo({ top: 1e9 });
  await expect.poll(() => column(0).at(-1)).toBe('999999');
  await userEvent.click(screen.getByRole('button', { name: /^id/ }));
  await userEvent.click(screen.getByRole('button', { name: /^id/ }));
  await expect.poll(() => column(0)[0], { timeout: 20_000 }).toBe('999999');
  const largest = Math.max(...loadMore.mock.calls.map(([{ limit = 0 }]) => limit));
  expect(largest).toBeLessThanOrEqual(200);
});

test('what cannot be sorted says so, and stays as it is', async () => {
  const page = { columns: [{ name: 'a', type: 'int' }], rows: [[2], [1]], total: 2, offset: 0 };
  const preview: Preview = { data: { [TABLE_MIME]: page }, truncated: false };
  const screen = await render(
    <div className="loom" style={{ width: 500, height: 300 }}>
      <PreviewView preview={preview} size="panel" loadMore={async () => preview} />
    </div>,
  );
  await userEvent.click(screen.getByRole('button', { name: /^a / }));
  await expect.element(screen.getByRole('alert')).toHaveTextContent('These rows cannot be sorted or filtered here.');
});

test('without a way to more there is nothing to sort by', async () => {
  const page = { columns: [{ name: 'a', type: 'int' }], rows: [[2], [1]], total: 2, offset: 0 };
  const screen = await render(
    <div className="loom" style={{ width: 500, height: 300 }}>
      <PreviewView preview={{ data: { [TABLE_MIME]: page }, truncated: false }} size="panel" />
    </div>,
  );
  await expect.element(screen.getByRole('columnheader', { name: /^a/ })).toBeVisible();
  expect(screen.getByRole('button', { name: /^a / }).query()).toBeNull();
});
