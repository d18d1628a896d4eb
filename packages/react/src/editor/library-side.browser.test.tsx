import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { sumFlow } from './fixture.js';
import { renderEditor } from './render-fixture.js';

const own = {
  ...sumFlow,
  types: { mine: { kind: 'javascript', title: 'Add', category: 'Math', source: 'export default () => ({})' } },
} as const;

test('types of the flow come first, under a heading of their own', async () => {
  const { screen } = await renderEditor({ defaultDocument: own });
  const rows = () => screen.getByRole('tree').getByRole('treeitem').elements();
  await expect
    .poll(() =>
      rows()
        .slice(0, 3)
        .map((row) => row.textContent),
    )
    .toEqual(['This flow1', 'Add', 'Math2']);
});

test('a search tells apart types of one name by where they come from', async () => {
  const { screen, handle } = await renderEditor({ defaultDocument: own });
  await screen.getByRole('searchbox').fill('add');
  const found = () => screen.getByRole('tree').getByRole('treeitem').elements();
  await expect
    .poll(() => found().map((row) => row.querySelector('.loom-library-shelf')?.textContent))
    .toEqual(['This flow', 'Math']);
  handle.focus();
  await userEvent.keyboard('{Shift>}a{/Shift}');
  await userEvent.keyboard('add');
  const options = () => screen.getByRole('listbox').getByRole('option').elements();
  await expect.poll(() => options().map((row) => row.textContent)).toEqual(['AddThis flow', 'AddMath']);
});
