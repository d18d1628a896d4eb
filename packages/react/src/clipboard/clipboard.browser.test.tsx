import { createLibrary } from '@loom/graph';
import { readPythonType } from '@loom/python';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

/** Sends a clipboard event as the browser would; what is copied can be pasted again. */
function clipboard(target: Element, type: 'copy' | 'cut' | 'paste', text = ''): string {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  target.dispatchEvent(new ClipboardEvent(type, { bubbles: true, cancelable: true, clipboardData: data }));
  return data.getData('text/plain');
}

test('copy and paste between two editors keep values and inner wires, as one step', async () => {
  const from = await renderEditor();
  const to = await renderEditor({ defaultDocument: flowOf({}) });
  from.store.select({ nodes: ['one', 'sum', 'text'] });
  const text = clipboard(from.find('.loom-canvas'), 'copy');
  clipboard(to.find('.loom-canvas'), 'paste', text);
  const nodes = Object.entries(to.document().nodes);
  const idOf = (label: string) => nodes.find(([, node]) => node.label === label)?.[0];
  expect(nodes.map(([, node]) => [node.label, node.inputs])).toEqual([
    ['One', { value: 1 }],
    ['Sum', undefined],
    ['Words', { text: 'hello' }],
  ]);
  expect(Object.values(to.document().edges)).toEqual([
    { source: idOf('One'), sourcePort: 'value', target: idOf('Sum'), targetPort: 'a' },
  ]);
  expect(to.past()).toEqual(['Paste']);
  expect(to.store.getState().session.selection.nodes.size).toBe(3);
  expect(from.past()).toEqual([]);
});

test('the keys of the system copy, cut and paste', async () => {
  const { handle, store, document, past } = await renderEditor();
  store.select({ nodes: ['text'] });
  handle.focus();
  await userEvent.keyboard('{Control>}x{/Control}');
  expect(document().nodes.text).toBeUndefined();
  await userEvent.keyboard('{Control>}v{/Control}');
  await expect.poll(() => Object.values(document().nodes).filter((node) => node.label === 'Words')).toHaveLength(1);
  expect(past()).toEqual(['Cut', 'Paste']);
});

test('pasting something else does nothing and says so', async () => {
  const { screen, find, document } = await renderEditor();
  const before = document();
  clipboard(find('.loom-canvas'), 'paste', '{"nodes": 5}');
  clipboard(find('.loom-canvas'), 'paste', 'a letter to my aunt');
  expect(document()).toBe(before);
  await expect.element(screen.getByText('What is in the clipboard is not a part of a flow.')).toBeVisible();
});

test('pasting text into a field pastes text', async () => {
  const { find, document } = await renderEditor();
  const before = document();
  const field = find('.react-flow__node[data-id="text"] .loom-row-widget :is(input, textarea)');
  clipboard(field, 'paste', '{"loom":"fragment"}');
  expect(document()).toBe(before);
});

test('duplicating keeps values and wires from outside, aside of the original', async () => {
  const { handle, store, document, past } = await renderEditor();
  store.select({ nodes: ['sum'] });
  handle.focus();
  await userEvent.keyboard('{Control>}d{/Control}');
  const [copy] = store.getState().session.selection.nodes;
  expect(document().nodes[copy ?? '']).toMatchObject({ type: 'test/add', label: 'Sum', position: { x: 344, y: 64 } });
  expect(
    Object.values(document().edges).map(({ source, target }) => `${source} ${target === copy ? 'copy' : target}`),
  ).toEqual(['one sum', 'one copy']);
  expect(past()).toEqual(['Duplicate']);
});

test('read-only: one can copy, not cut or paste', async () => {
  const { store, find, document } = await renderEditor({ readOnly: true });
  const before = document();
  store.select({ nodes: ['one'] });
  const text = clipboard(find('.loom-canvas'), 'cut');
  expect(JSON.parse(text)).toMatchObject({ loom: 'fragment' });
  clipboard(find('.loom-canvas'), 'paste', text);
  expect(document()).toBe(before);
});

test('a Python function becomes a node with its ports, as one step', async () => {
  const { find, document, past, store } = await renderEditor({
    defaultDocument: flowOf({}),
    library: createLibrary({ shelves: library.shelves, readers: { python: readPythonType } }),
  });
  const source = 'import math\n\ndef area(radius: float = 1.0) -> float:\n    return math.pi * radius**2\n';
  clipboard(find('.loom-canvas'), 'paste', source);
  const [id] = store.getState().session.selection.nodes;
  const type = document().nodes[id ?? '']?.type ?? '';
  expect(document().types[type]).toEqual({ kind: 'python', source });
  await expect.poll(() => find('.loom-node-title').textContent).toBe('Area');
  expect(find('.loom-node .target').getAttribute('data-handleid')).toBe('radius');
  expect(past()).toEqual(['Paste']);
});

test('with Shift, what is pasted is fed by what fed the original', async () => {
  const { handle, store, find, document, past } = await renderEditor();
  store.select({ nodes: ['sum'] });
  const text = clipboard(find('.loom-canvas'), 'copy');
  handle.focus();
  const key = { bubbles: true, cancelable: true, ctrlKey: true, shiftKey: true, key: 'V', code: 'KeyV' };
  find('.loom-canvas').dispatchEvent(new KeyboardEvent('keydown', key));
  clipboard(find('.loom-canvas'), 'paste', text);
  const [copy] = store.getState().session.selection.nodes;
  expect(Object.values(document().edges)).toEqual([
    { source: 'one', sourcePort: 'value', target: 'sum', targetPort: 'a' },
    { source: 'one', sourcePort: 'value', target: copy, targetPort: 'a' },
  ]);
  clipboard(find('.loom-canvas'), 'paste', text);
  expect(Object.keys(document().edges)).toHaveLength(2);
  expect(past()).toEqual(['Paste', 'Paste']);
});
