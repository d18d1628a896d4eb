import { useState } from 'react';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { Keymap } from '../commands/keymap.js';
import { library, sumFlow } from '../editor/fixture.js';
import { LoomEditor } from '../editor/LoomEditor.js';
import { renderEditor } from '../editor/render-fixture.js';

/** The sheet, open and ready to change the keys of commands with this in their names. */
async function change(editor: Awaited<ReturnType<typeof renderEditor>>, filter: string) {
  const { screen, handle } = editor;
  handle.focus();
  await userEvent.keyboard('?');
  await userEvent.click(screen.getByRole('button', { name: 'Change keys' }));
  await userEvent.fill(screen.getByRole('searchbox', { name: 'Search commands and keys' }), filter);
}

test('other keys are pressed for a command, act at once, and the sheet and its menu show them', async () => {
  const editor = await renderEditor();
  const { screen, store, document } = editor;
  store.select({ nodes: ['two'] });
  await change(editor, 'duplicate');
  await userEvent.click(screen.getByRole('button', { name: 'Add a key for Duplicate' }));
  await userEvent.keyboard('{Alt>}{Shift>}7{/Shift}{/Alt}');
  await expect.element(screen.getByText('Alt+Shift+7 is now Duplicate.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Take Ctrl+D from Duplicate' }));
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => screen.getByRole('dialog').query()).toBeNull();
  await userEvent.keyboard('{Control>}d{/Control}');
  expect(Object.keys(document().nodes)).toHaveLength(4);
  await userEvent.keyboard('{Alt>}{Shift>}7{/Shift}{/Alt}');
  expect(Object.keys(document().nodes)).toHaveLength(5);
  await userEvent.keyboard('{Shift>}{F10}{/Shift}');
  await expect.element(screen.getByRole('menuitem', { name: 'Duplicate Alt+Shift+7' })).toBeVisible();
});

test('keys that another command has are named, and taken only when one says so', async () => {
  const editor = await renderEditor();
  const { screen, store } = editor;
  await change(editor, 'breakpoint');
  await userEvent.click(screen.getByRole('button', { name: 'Add a key for Breakpoint' }));
  await userEvent.keyboard('{Control>}d{/Control}');
  await expect.element(screen.getByText('Ctrl+D belongs to “Duplicate”.')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Leave it' }));
  expect(screen.getByRole('button', { name: 'Take Ctrl+D from Breakpoint' }).query()).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Add a key for Breakpoint' }));
  await userEvent.keyboard('{Control>}d{/Control}');
  await userEvent.click(screen.getByRole('button', { name: 'Use it here instead' }));
  await expect.element(screen.getByRole('button', { name: 'Take Ctrl+D from Breakpoint' })).toBeVisible();
  await userEvent.fill(screen.getByRole('searchbox', { name: 'Search commands and keys' }), 'duplicate');
  await expect.element(screen.getByText('no keys')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Reset all keys' }));
  await expect.element(screen.getByRole('button', { name: 'Take Ctrl+D from Duplicate' })).toBeVisible();
  expect(store.getState().flow.history.past).toEqual([]);
});

test('keys of the browser are refused where it keeps them, and pointed out where it does not', async () => {
  const editor = await renderEditor();
  const { screen, find } = editor;
  await change(editor, 'breakpoint');
  await userEvent.click(screen.getByRole('button', { name: 'Add a key for Breakpoint' }));
  // Sent by hand: a real Ctrl+W would close the page before it could hear of it.
  const closing = new KeyboardEvent('keydown', {
    key: 'w',
    code: 'KeyW',
    ctrlKey: true,
    bubbles: true,
    cancelable: true,
  });
  find('.loom-key-choice-listen').dispatchEvent(closing);
  await expect.element(screen.getByText(/^Ctrl\+W never reaches a page/)).toBeVisible();
  await userEvent.keyboard('{Control>}c{/Control}');
  await expect.element(screen.getByText(/^Ctrl\+C has one meaning/)).toBeVisible();
  await userEvent.keyboard('{Control>}u{/Control}');
  await expect.element(screen.getByText(/^Ctrl\+U is now set\. In the editor it goes before/)).toBeVisible();
});

test('an app keeps what is chosen, and a rubbish keymap harms nothing', async () => {
  const kept: Keymap[] = [];
  const App = () => {
    const [keymap, setKeymap] = useState<Keymap>({ 'node.mute': 'nonsense', 'edit.undo': [5] } as unknown as Keymap);
    return (
      <div style={{ width: 1200, height: 700 }}>
        <LoomEditor
          defaultDocument={sumFlow}
          library={library}
          keymap={keymap}
          onKeymapChange={(next) => {
            kept.push(next);
            setKeymap(next);
          }}
        />
      </div>
    );
  };
  const screen = await render(<App />);
  await expect.poll(() => screen.container.querySelectorAll('.react-flow__node').length).toBe(4);
  screen.container.querySelector<HTMLElement>('.loom-canvas')?.focus();
  await userEvent.keyboard('?');
  await userEvent.click(screen.getByRole('button', { name: 'Change keys' }));
  expect(screen.getByText('This holds until the page is closed.').query()).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Give Undo its own keys back' }));
  await expect.element(screen.getByRole('button', { name: 'Take Ctrl+Z from Undo' })).toBeVisible();
  expect(kept).toEqual([{ 'node.mute': 'nonsense' }]);
});

test('Escape and Tab leave the keys as they are, and the focus stays in the sheet', async () => {
  const editor = await renderEditor();
  const { screen } = editor;
  await change(editor, 'breakpoint');
  await userEvent.click(screen.getByRole('button', { name: 'Add a key for Breakpoint' }));
  await expect.element(screen.getByRole('button', { name: /^Press the new keys for Breakpoint/ })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('button', { name: 'Take F9 from Breakpoint' })).toHaveFocus();
  await userEvent.click(screen.getByRole('button', { name: 'Add a key for Breakpoint' }));
  await userEvent.keyboard('{Tab}');
  await expect.poll(() => screen.getByRole('button', { name: /^Press the new keys/ }).query()).toBeNull();
  await expect.poll(() => document.activeElement?.closest('[role="dialog"]')).not.toBeNull();
});
