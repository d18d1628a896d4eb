import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { middle, press } from '../canvas/pointer-fixture.js';
import { flowOf, library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

const flow = flowOf({
  still: { type: 'test/add', position: { x: 0, y: 0 } },
  moved: { type: 'test/add', position: { x: 60, y: 300 } },
});

async function renderPair() {
  const editor = await renderEditor({ defaultDocument: flow, library });
  /** Drags so far in flow units; the library takes the first of six steps to notice that it is a drag. */
  const dragBy = async (x: number, y: number) => {
    const from = middle(editor.title('moved'));
    const { a: zoom } = new DOMMatrix(getComputedStyle(editor.find('.react-flow__viewport')).transform);
    return press(editor.title('moved'), { x: from.x + x * zoom, y: from.y + y * zoom });
  };
  const place = () => editor.document().nodes.moved?.position;
  return { ...editor, dragBy, place };
}

test('a node comes into line with its neighbour, and a line shows it while it is dragged', async () => {
  const { screen, dragBy, place } = await renderPair();
  const release = await dragBy(-68, 37);
  await expect.poll(() => screen.container.querySelectorAll('.loom-guides line').length).toBeGreaterThan(0);
  await release();
  expect(place()?.x).toBe(0);
  expect(screen.container.querySelector('.loom-guides')).toBeNull();
});

test('neighbours are left alone when one switches them off, and the grid counts when one switches it on', async () => {
  const { handle, store, dragBy, place } = await renderPair();
  handle.focus();
  await userEvent.keyboard('{Shift>}l{/Shift}');
  expect(store.getState().session.snap).toEqual({ grid: false, guides: false });
  await (await dragBy(-68, 37))();
  expect(place()?.x).not.toBe(0);
  await userEvent.keyboard('{Shift>}g{/Shift}');
  await (await dragBy(33, 11))();
  expect([(place()?.x ?? 1) % 20, (place()?.y ?? 1) % 20].map(Math.abs)).toEqual([0, 0]);
});
