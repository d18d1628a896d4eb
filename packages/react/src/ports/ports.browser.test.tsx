import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { expect, onTestFinished, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { middle } from '../canvas/pointer-fixture.js';
import { flowOf, library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import type { PortPlace } from './port-place.js';

const flow = {
  ...flowOf({
    number: { type: 'test/number', label: 'Number', position: { x: 0, y: 0 }, inputs: { value: 42 } },
    text: { type: 'test/text', label: 'Words', position: { x: 0, y: 200 }, inputs: { text: 'two\nlines' } },
    own: { type: 'own', position: { x: 300, y: 0 } },
  }),
  types: {
    own: {
      kind: 'javascript' as const,
      source: 'export const run = ({ rows }) => ({ rows });',
      inputs: { rows: { type: 'any' } },
      outputs: { rows: { type: 'any' } },
    },
  },
};

/** An editor whose clipboard keeps what it is given, or refuses everything. */
async function open({ refuses = false } = {}) {
  const copied: string[] = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
    if (refuses) throw new DOMException('Not allowed', 'NotAllowedError');
    copied.push(text);
  });
  vi.spyOn(document, 'execCommand').mockReturnValue(false);
  onTestFinished(() => {
    vi.restoreAllMocks();
  });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const editor = await renderEditor({ defaultDocument: flow, library, engine });
  async function choose(place: PortPlace, command: RegExp): Promise<void> {
    const { x, y } = middle(editor.port(place.node, place.port, place.side));
    const init = { bubbles: true, cancelable: true, clientX: x, clientY: y };
    editor.port(place.node, place.port, place.side).dispatchEvent(new MouseEvent('contextmenu', init));
    await userEvent.click(editor.screen.getByRole('menuitem', { name: command }));
  }
  return { ...editor, copied, choose };
}

const typed: PortPlace = { node: 'number', port: 'value', side: 'target' };
const words: PortPlace = { node: 'text', port: 'text', side: 'target' };

test('a value is copied from a port: text as it is, all else as JSON, and what a run gave', async () => {
  const { copied, choose, handle } = await open();
  await choose(typed, /^Copy the value/);
  await expect.poll(() => copied).toEqual(['42']);
  await choose(words, /^Copy the value/);
  await expect.poll(() => copied).toEqual(['42', 'two\nlines']);
  await handle.run({ targets: { kind: 'nodes', nodes: ['text'] } }).result;
  handle.store.flush();
  await choose({ ...words, side: 'source' }, /^Copy the value/);
  await expect.poll(() => copied.at(-1)).toBe('two\nlines');
  expect(copied).toHaveLength(3);
});

test('where the browser refuses, copying a value says so', async () => {
  const { choose, screen, copied } = await open({ refuses: true });
  await choose(typed, /^Copy the value/);
  await expect.element(screen.getByText('The browser does not let this page write to the clipboard.')).toBeVisible();
  expect(copied).toEqual([]);
});

test('a port of a type of the flow gets another title, as one step; one of the library keeps its own', async () => {
  const { choose, screen, document, past, store, handle } = await open();
  await choose({ node: 'own', port: 'rows', side: 'source' }, /^Rename the port/);
  await expect.element(screen.getByRole('textbox', { name: /^New name of/ })).toHaveFocus();
  await userEvent.keyboard('{Control>}a{/Control}Clean rows{Enter}');
  expect(document().types.own).toMatchObject({ outputs: { rows: { title: 'Clean rows' } } });
  await expect.element(screen.getByText('Clean rows').first()).toBeVisible();
  expect(past()).toEqual(['Rename']);
  store.undo();
  expect(document()).toEqual(flow);
  store.setPort(typed);
  expect(handle.canRunCommand('port.rename')).toBe(false);
});
