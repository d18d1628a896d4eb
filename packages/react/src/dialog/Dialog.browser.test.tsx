import '../styles/styles.css';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Dialog } from './Dialog.js';

test('Tab stays in a dialog at both ends, and Escape closes it', async () => {
  const onClose = vi.fn();
  const onKey = vi.fn();
  const screen = await render(
    // biome-ignore lint/a11y/noStaticElementInteractions: stands for the editor around, which must hear nothing
    <div className="loom" onKeyDown={onKey}>
      <button type="button">Outside</button>
      <Dialog title="Really?" onClose={onClose} dismissible>
        <button type="button">Yes</button>
      </Dialog>
    </div>,
  );
  const [dismiss, yes] = [screen.getByRole('button', { name: 'Dismiss' }), screen.getByRole('button', { name: 'Yes' })];
  await expect.element(dismiss).toHaveFocus();
  await userEvent.keyboard('{Tab}');
  await expect.element(yes).toHaveFocus();
  await userEvent.keyboard('{Tab}');
  await expect.element(dismiss).toHaveFocus();
  await userEvent.keyboard('{Shift>}{Tab}{/Shift}');
  await expect.element(yes).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalledOnce();
  expect(onKey).not.toHaveBeenCalled();
});
