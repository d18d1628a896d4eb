import type { FlowNode } from '@loom/graph';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

const COLUMNS = 20;
const SPACING = { x: 320, y: 240 };

/** So many nodes that they become a picture as soon as they cannot be read. */
function manyNodes() {
  const nodes: Record<string, FlowNode> = {};
  const wires: string[] = [];
  for (let at = 0; at < 240; at += 1) {
    const [column, row] = [at % COLUMNS, Math.floor(at / COLUMNS)];
    nodes[`n${at}`] = { type: 'test/add', label: `Sum ${at}`, position: { x: column * SPACING.x, y: row * SPACING.y } };
    if (column > 0) wires.push(`n${at - 1}.sum -> n${at}.a`);
  }
  return flowOf(nodes, wires);
}

async function renderFar() {
  const document = manyNodes();
  const editor = await renderEditor({
    defaultDocument: flowOf({ first: { type: 'test/add', position: { x: 0, y: 0 } } }),
    library,
  });
  editor.store.openDocument(document);
  editor.handle.fitView();
  await expect.poll(() => editor.screen.container.querySelector('.loom-overview canvas')).not.toBeNull();
  await expect.poll(() => editor.screen.container.querySelectorAll('.react-flow__node').length).toBe(0);
  const viewport = editor.find('.react-flow__viewport') as HTMLElement;
  /** Where a point of the flow is on the page. */
  const at = (x: number, y: number) => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(viewport).transform);
    const { left, top } = editor.find('.react-flow').getBoundingClientRect();
    return { x: left + e + x * a, y: top + f + y * a };
  };
  const nodeAt = (column: number, row: number) => at(column * SPACING.x + 100, row * SPACING.y + 40);
  const fire = (type: string, { x, y }: { x: number; y: number }, init: MouseEventInit = {}) => {
    const Kind = type.startsWith('pointer') ? PointerEvent : MouseEvent;
    const options = {
      bubbles: true,
      cancelable: true,
      view: window,
      clientX: x,
      clientY: y,
      ...init,
      isPrimary: true,
      pointerId: 1,
    };
    editor.pane().dispatchEvent(new Kind(type, options));
  };
  const click = (point: { x: number; y: number }, init: MouseEventInit = {}) => {
    for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) fire(type, point, init);
  };
  /** Whether something is painted there. */
  const paintedAt = ({ x, y }: { x: number; y: number }) => {
    const canvas = editor.find('.loom-overview canvas') as HTMLCanvasElement;
    const { left, top, width } = canvas.getBoundingClientRect();
    const scale = canvas.width / width;
    const [, , , alpha] = canvas.getContext('2d')?.getImageData((x - left) * scale, (y - top) * scale, 1, 1).data ?? [];
    return alpha !== undefined && alpha > 0;
  };
  return { ...editor, at, nodeAt, fire, click, paintedAt };
}

test('what is too small to be read is a picture, and becomes nodes again where one goes near', async () => {
  const { screen, nodeAt, at, paintedAt, fire } = await renderFar();
  await expect.poll(() => paintedAt(nodeAt(3, 2))).toBe(true);
  expect(paintedAt(at(3 * SPACING.x + 100, 2 * SPACING.y + 200))).toBe(false);
  fire('dblclick', nodeAt(3, 2));
  await expect.poll(() => screen.container.querySelector('.react-flow__node[data-id="n43"]')).not.toBeNull();
  expect(screen.container.querySelector('.loom-overview')).toBeNull();
});

test('a click selects, with Shift it adds, and on nothing it takes the selection away', async () => {
  const { store, nodeAt, at, click } = await renderFar();
  const selected = () => [...store.getState().session.selection.nodes];
  click(nodeAt(1, 1));
  expect(selected()).toEqual(['n21']);
  click(nodeAt(2, 1), { shiftKey: true });
  expect(selected()).toEqual(['n21', 'n22']);
  click(at(150, 200));
  expect(selected()).toEqual([]);
});

test('a wire is found between its nodes', async () => {
  const { store, at, click } = await renderFar();
  // Wires go from the first row of a node to the second of the next one, 88 units to the right.
  click(at(232 + 44, 50 + 14));
  expect([...store.getState().session.selection.edges]).toEqual(['e1']);
});

test('a drag moves what is selected, as one step', async () => {
  const { store, at, nodeAt, click, fire, document, past } = await renderFar();
  click(nodeAt(0, 0));
  click(nodeAt(1, 0), { ctrlKey: true });
  const [from, before] = [nodeAt(0, 0), document()];
  fire('pointerdown', from, { buttons: 1 });
  fire('pointermove', { x: from.x + 20, y: from.y + 10 }, { buttons: 1 });
  expect(store.getState().session.drag?.size).toBe(2);
  expect(document()).toBe(before);
  fire('pointerup', { x: from.x + 20, y: from.y + 10 });
  expect(past()).toEqual(['Move 2 nodes']);
  const unit = at(1, 0).x - at(0, 0).x;
  expect(document().nodes.n1?.position.x).toBeCloseTo(SPACING.x + 20 / unit, -1);
  expect(document().nodes.n0?.position.y).toBeCloseTo(10 / unit, -1);
});

test('what can only be read is not moved', async () => {
  const { store, nodeAt, fire, document } = await renderFar();
  store.setReadOnly(true);
  const [from, before] = [nodeAt(0, 0), document()];
  fire('pointerdown', from, { buttons: 1 });
  fire('pointermove', { x: from.x + 20, y: from.y }, { buttons: 1 });
  fire('pointerup', { x: from.x + 20, y: from.y });
  expect(document()).toBe(before);
});

test('one reads the name of what one points at, and its menu opens there', async () => {
  const { screen, store, nodeAt, fire, find } = await renderFar();
  fire('pointermove', nodeAt(4, 3));
  await expect.poll(() => find('.loom-overview-hint').textContent).toBe('Sum 64');
  fire('contextmenu', nodeAt(4, 3));
  await expect.element(screen.getByRole('menu')).toBeVisible();
  expect([...store.getState().session.selection.nodes]).toEqual(['n64']);
});

test('keys work on what is selected, and the picture follows', async () => {
  const { handle, nodeAt, click, document, paintedAt } = await renderFar();
  await expect.poll(() => paintedAt(nodeAt(5, 5))).toBe(true);
  click(nodeAt(5, 5));
  handle.focus();
  await userEvent.keyboard('{Delete}');
  expect(document().nodes.n105).toBeUndefined();
  await expect.poll(() => paintedAt(nodeAt(5, 5))).toBe(false);
});
