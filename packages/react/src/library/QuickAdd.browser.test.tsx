import type { NodeType } from '@loom/graph';
import { StrictMode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles/styles.css';
import { QuickAdd } from './QuickAdd.js';

const types = ['Read JSON', 'Read text', 'Filter rows', 'Group by'].map(
  (title): NodeType => ({
    id: title,
    title,
    category: 'Data',
    version: 1,
    inputs: [],
    outputs: [],
    pure: true,
    implementation: { kind: 'missing' },
    problems: [],
  }),
);

const onPick = vi.fn<(id: string) => void>();
const onClose = vi.fn<() => void>();
beforeEach(() => {
  onPick.mockClear();
  onClose.mockClear();
});

async function open(given: readonly NodeType[] = types): Promise<void> {
  await render(
    <StrictMode>
      <div className="loom">
        <QuickAdd types={given} onPick={onPick} onClose={onClose} />
        <button type="button">outside</button>
      </div>
    </StrictMode>,
  );
}

const field = () => page.getByRole('combobox', { name: 'Add a node' });
const active = (): string | null | undefined =>
  document.getElementById(field().element().getAttribute('aria-activedescendant') ?? '')?.textContent;

describe('QuickAdd', () => {
  it('has the focus, and all types in their order', async () => {
    await open();
    await expect.element(field()).toHaveFocus();
    expect(page.getByRole('option').elements()).toHaveLength(4);
    expect(active()).toBe('Read JSONData');
  });

  it('picks the best match with Enter', async () => {
    await open();
    await userEvent.keyboard('rows{Enter}');
    expect(onPick).toHaveBeenCalledExactlyOnceWith('Filter rows');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('moves with arrows, around the ends, and starts anew with each letter', async () => {
    await open();
    await userEvent.keyboard('{ArrowUp}');
    expect(active()).toBe('Group byData');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(active()).toBe('Read textData');
    await userEvent.keyboard('r');
    expect(active()).toBe('Read JSONData');
    await expect.element(page.getByRole('option', { selected: true })).toHaveTextContent('Read JSON');
  });

  it('picks by click', async () => {
    await open();
    await page.getByRole('option', { name: 'Group by' }).click();
    expect(onPick).toHaveBeenCalledExactlyOnceWith('Group by');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('closes with Escape, which goes no further, and when the focus leaves', async () => {
    const outer = vi.fn();
    document.addEventListener('keydown', outer);
    await open();
    await userEvent.keyboard('{Escape}');
    expect([onClose.mock.calls.length, outer.mock.calls.length]).toEqual([1, 0]);
    document.removeEventListener('keydown', outer);
    await page.getByRole('button', { name: 'outside' }).click();
    expect(onClose).toHaveBeenCalledTimes(2);
  });

  it('says when nothing matches, and picks nothing', async () => {
    await open();
    await userEvent.keyboard('qqq{Enter}');
    await expect.element(page.getByText('Nothing matches “qqq”.')).toBeVisible();
    expect(onPick).not.toHaveBeenCalled();
  });
});
