import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

const number = (x: number, y: number) => ({ type: 'test/number', position: { x, y } });
const chain = flowOf({ a: number(0, 0), b: number(280, 0), c: number(560, 0), d: number(0, 240) }, [
  'a.value -> b.value',
  'b.value -> c.value',
]);

async function open() {
  const editor = await renderEditor({ defaultDocument: chain, library });
  const wires = () => Object.values(editor.document().edges).map(({ source, target }) => `${source} -> ${target}`);
  return { ...editor, wires };
}

test('a node is taken out of its wires by a key, and deleted while they go on: each as one step', async () => {
  const { handle, store, document, past, wires } = await open();
  store.select({ nodes: ['b'] });
  handle.focus();
  await userEvent.keyboard('{Alt>}x{/Alt}');
  await expect.poll(wires).toEqual(['a -> c']);
  expect(document().nodes.b).toBeDefined();
  store.undo();
  expect(document()).toEqual(chain);
  await userEvent.keyboard('{Control>}{Delete}{/Control}');
  await expect.poll(wires).toEqual(['a -> c']);
  expect(document().nodes.b).toBeUndefined();
  expect(past()).toEqual(['Delete, and let the wires go on']);
});

/** Drags from a port to another place while Shift is held, with the real mouse. */
async function dragWithShift(from: Element, to: Element): Promise<void> {
  await userEvent.keyboard('{Shift>}');
  await userEvent.dragAndDrop(from, to);
  await userEvent.keyboard('{/Shift}');
}

test('with Shift all wires of a port are dragged to another one, as one step', async () => {
  const { port, wires, past, store } = await open();
  await dragWithShift(port('a', 'value', 'source'), port('d', 'value', 'source'));
  await expect.poll(wires).toEqual(['d -> b', 'b -> c']);
  expect(past()).toEqual(['Move a wire']);
  store.undo();
  expect(wires()).toEqual(['a -> b', 'b -> c']);
});

test('wires that would not fit stay, and it is said why', async () => {
  const { port, wires, store, past } = await open();
  await dragWithShift(port('a', 'value', 'source'), port('c', 'value', 'source'));
  await expect.poll(() => store.getState().session.notices).toHaveLength(1);
  expect(wires()).toEqual(['a -> b', 'b -> c']);
  expect(past()).toEqual([]);
});
