import type { FlowDocument } from '@loom/graph';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { library, sumFlow } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import { middle, type Point } from './pointer-fixture.js';

const framed: FlowDocument = {
  ...sumFlow,
  frames: {
    inputs: { kind: 'frame', position: { x: -40, y: -80 }, size: { width: 330, height: 360 }, title: 'Inputs' },
    note: { kind: 'note', position: { x: 330, y: 260 }, size: { width: 200, height: 120 }, text: 'Look' },
  },
};

async function renderFramed() {
  const editor = await renderEditor({ defaultDocument: framed, library });
  // Both load after the first picture.
  const loading = { timeout: 10_000 };
  await expect.poll(() => editor.screen.container.querySelectorAll('.loom-frame').length, loading).toBe(2);
  await expect.poll(() => editor.screen.container.querySelector('.loom-area'), loading).not.toBeNull();
  const around = (...ids: string[]): DOMRect => {
    const boxes = ids.map((id) => editor.node(id).getBoundingClientRect());
    const [left, top] = [Math.min(...boxes.map((b) => b.left)), Math.min(...boxes.map((b) => b.top))];
    const [right, bottom] = [Math.max(...boxes.map((b) => b.right)), Math.max(...boxes.map((b) => b.bottom))];
    return new DOMRect(left - 4, top - 4, right - left + 8, bottom - top + 8);
  };
  const draw = (path: readonly Point[], keys: Partial<MouseEventInit> = {}) => {
    const fire = (type: string, { x, y }: Point) => {
      const init = {
        bubbles: true,
        cancelable: true,
        view: window,
        clientX: x,
        clientY: y,
        isPrimary: true,
        pointerId: 1,
      };
      editor.pane().dispatchEvent(new PointerEvent(`pointer${type}`, { ...init, ...keys }));
      editor.pane().dispatchEvent(new MouseEvent(`mouse${type}`, { ...init, ...keys }));
    };
    const [first, last] = [path[0], path.at(-1)];
    if (first === undefined || last === undefined) throw new Error('A path has points.');
    fire('down', first);
    for (const point of path.slice(1)) fire('move', point);
    fire('up', last);
    editor.pane().dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  };
  const selected = () => {
    const { nodes, edges, frames } = editor.store.getState().session.selection;
    return { nodes: [...nodes], edges: [...edges], frames: [...frames] };
  };
  return { ...editor, around, draw, selected };
}

test('Shift and a drag select what is wholly in the rectangle, with the wires between', async () => {
  const { around, draw, selected, find } = await renderFramed();
  const view = (find('.react-flow__viewport') as HTMLElement).style.transform;
  const { left, top, right, bottom } = around('one', 'sum');
  draw(
    [
      { x: left, y: top },
      { x: right, y: bottom },
    ],
    { shiftKey: true },
  );
  expect(selected()).toEqual({ nodes: ['one', 'sum'], edges: ['e1'], frames: [] });
  expect((find('.react-flow__viewport') as HTMLElement).style.transform).toBe(view);
});

test('a rectangle around a frame takes it too, and Delete removes all of it in one step', async () => {
  const { find, draw, selected, document, past, store, handle } = await renderFramed();
  const { left, top, right, bottom } = find('.loom-frame[data-kind="frame"]').getBoundingClientRect();
  draw(
    [
      { x: left - 3, y: top - 3 },
      { x: right + 3, y: bottom + 3 },
    ],
    { shiftKey: true },
  );
  expect(selected()).toEqual({ nodes: ['one', 'two'], edges: [], frames: ['inputs'] });
  handle.focus();
  await userEvent.keyboard('{Delete}');
  expect(Object.keys(document().frames)).toEqual(['note']);
  expect(past()).toHaveLength(1);
  store.undo();
  expect(document()).toEqual(framed);
});

test('the key of the lasso takes it for one line, which selects the nodes that it goes around', async () => {
  const { node, draw, selected, store, handle } = await renderFramed();
  handle.focus();
  await userEvent.keyboard('l');
  expect(store.getState().session.tool).toBe('lasso');
  const { x, y } = middle(node('sum'));
  draw([
    { x: x - 20, y: y - 90 },
    { x: x + 60, y: y - 90 },
    { x: x + 60, y: y + 90 },
    { x: x - 20, y: y + 90 },
  ]);
  expect(selected()).toEqual({ nodes: ['sum'], edges: [], frames: [] });
  expect(store.getState().session.tool).toBeUndefined();
});

test('frames and notes are copied, pasted and duplicated with nodes, and moved with them', async () => {
  const { store, document, handle } = await renderFramed();
  store.select({ nodes: ['text'], frames: ['note'] });
  handle.focus();
  await userEvent.keyboard('{Control>}d{/Control}');
  const copies = Object.entries(document().frames).filter(([id]) => !(id in framed.frames));
  expect(copies.map(([, frame]) => frame)).toEqual([{ ...framed.frames.note, position: { x: 354, y: 284 } }]);
  expect([...store.getState().session.selection.frames]).toEqual(copies.map(([id]) => id));
  const before = document();
  await userEvent.keyboard('{ArrowRight}');
  const [id = ''] = copies[0] ?? [];
  expect(document().frames[id]?.position).toEqual({ x: 358, y: 284 });
  store.undo();
  expect(document()).toEqual(before);
});

test('a click on the head of a frame selects it, and a drag of it takes along what else is selected', async () => {
  const { find, store, document, past, selected } = await renderFramed();
  const header = find('.loom-frame[data-kind="note"] .loom-frame-header');
  await userEvent.click(header, { position: { x: 8, y: 8 } });
  expect(selected()).toEqual({ nodes: [], edges: [], frames: ['note'] });
  store.changeSelection([['text', true]]);
  const { left, top } = header.getBoundingClientRect();
  const fire = (type: string, x: number) =>
    header.dispatchEvent(
      new PointerEvent(type, { bubbles: true, button: 0, clientX: left + x, clientY: top + 8, pointerId: 1 }),
    );
  (header as HTMLElement).setPointerCapture = () => undefined;
  fire('pointerdown', 8);
  fire('pointermove', 48);
  await expect.poll(() => store.getState().session.frameDrag?.size).toBe(1);
  fire('pointerup', 48);
  expect(past()).toEqual(['Move 2 nodes']);
  expect(document().nodes.text?.position.x).toBeGreaterThan(10);
  expect(document().frames.note?.position.x).toBe(330 + (document().nodes.text?.position.x ?? 0));
});

test('a click on a node lets go of frames', async () => {
  const { title, store, selected } = await renderFramed();
  store.select({ frames: ['note'] });
  await userEvent.click(title('text'));
  expect(selected()).toEqual({ nodes: ['text'], edges: [], frames: [] });
  await userEvent.click(title('one'), { modifiers: ['Shift'] });
  expect(selected().nodes).toEqual(['text', 'one']);
});
