import type { FlowDocument, FlowEdge } from '@loom/graph';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

async function renderWire() {
  const editor = await renderEditor();
  const points = () => editor.document().edges.e1?.view?.points ?? [];
  const dots = () => [...editor.screen.container.querySelectorAll<SVGCircleElement>('.loom-wire-point')];
  /** A place on the page beside the middle of the wire. */
  const beside = () => {
    const path = editor.find('.react-flow__edge[data-id="e1"] path') as SVGPathElement;
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM() ?? undefined);
    return { x, y };
  };
  const doubleClick = () => {
    const { x, y } = beside();
    const path = editor.find('.react-flow__edge[data-id="e1"] path');
    path.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, cancelable: true, clientX: x, clientY: y }));
  };
  return { ...editor, points, dots, doubleClick };
}

test('two clicks on a wire lead it through a point, which is dragged, and taken away by two clicks', async () => {
  const { points, dots, doubleClick, past, store } = await renderWire();
  doubleClick();
  await expect.poll(() => dots().length).toBe(1);
  const [before] = points();
  const [dot] = dots();
  if (dot === undefined || before === undefined) throw new Error('There is no point.');
  const { left, top, width, height } = dot.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  dot.setPointerCapture = () => undefined;
  const fire = (type: string, dx: number, dy: number) =>
    dot.dispatchEvent(
      new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1, clientX: x + dx, clientY: y + dy }),
    );
  fire('pointerdown', 0, 0);
  fire('pointermove', 30, 60);
  expect(points()).toEqual([before]);
  await expect.poll(() => dots()[0]?.getBoundingClientRect().top).toBeGreaterThan(top + 40);
  fire('pointerup', 30, 60);
  expect(points()[0]?.y).toBeGreaterThan(before.y + 20);
  dots()[0]?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, cancelable: true }));
  expect(points()).toEqual([]);
  expect(past()).toEqual(['Lead the wire through a point', 'Move a point of a wire', 'Remove a point of a wire']);
  store.undo();
  store.undo();
  expect(points()).toEqual([before]);
});

test('by keys: a selected wire gets a point, arrows move it, and Delete takes it away', async () => {
  const { store, handle, points, dots, document } = await renderWire();
  const before = document();
  store.select({ edges: ['e1'] });
  handle.focus();
  await userEvent.keyboard('{Shift>}r{/Shift}');
  await expect.poll(() => dots().length).toBe(1);
  const [at] = points();
  dots()[0]?.focus();
  await userEvent.keyboard('{ArrowDown}{Shift>}{ArrowRight}{/Shift}');
  expect(points()).toEqual([{ x: (at?.x ?? 0) + 16, y: (at?.y ?? 0) + 4 }]);
  dots()[0]?.focus();
  await userEvent.keyboard('{Delete}');
  expect(document()).toEqual(before);
});

test('several points stay in the order of the wire', async () => {
  const { store, handle, points, dots } = await renderWire();
  store.select({ edges: ['e1'] });
  handle.focus();
  for (const count of [1, 2, 3]) {
    await userEvent.keyboard('{Shift>}r{/Shift}');
    await expect.poll(() => dots().length).toBe(count);
  }
  const across = points().map(({ x }) => x);
  expect(across).toEqual([...across].sort((a, b) => a - b));
});

const joinable = flowOf(
  {
    one: { type: 'test/number', position: { x: 0, y: 0 } },
    two: { type: 'test/number', position: { x: 0, y: 200 } },
    sum: { type: 'test/add', position: { x: 520, y: 60 } },
  },
  ['one.value -> sum.a', 'two.value -> sum.b'],
);
const led = (document: FlowDocument, id: string, x: number, y: number): FlowDocument => ({
  ...document,
  edges: { ...document.edges, [id]: { ...document.edges[id], view: { points: [{ x, y }] } } as FlowEdge },
});

test('a point that is let go on that of another wire joins it: both run through it and move together, until Alt parts them', async () => {
  const flow = led(led(joinable, 'e1', 340, 40), 'e2', 340, 200);
  const { document, past, screen, store } = await renderEditor({ defaultDocument: flow, library });
  const dots = () => [...screen.container.querySelectorAll<SVGCircleElement>('.loom-wire-point')];
  await expect.poll(() => dots()).toHaveLength(2);
  const [first, second] = dots();
  if (first === undefined || second === undefined) throw new Error('There are no points.');
  const middleOf = (dot: Element) => {
    const { left, top, width, height } = dot.getBoundingClientRect();
    return { clientX: left + width / 2, clientY: top + height / 2 };
  };
  second.setPointerCapture = () => undefined;
  const to = middleOf(first);
  const fire = (type: string, place: { clientX: number; clientY: number }) =>
    second.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1, ...place }));
  fire('pointerdown', middleOf(second));
  fire('pointermove', { clientX: to.clientX + 6, clientY: to.clientY - 5 });
  fire('pointerup', to);
  const points = () => ['e1', 'e2'].map((id) => document().edges[id]?.view?.points);
  expect(points()).toEqual([[{ x: 340, y: 40 }], [{ x: 340, y: 40 }]]);
  await expect.poll(() => dots().map((dot) => dot.dataset.joined)).toEqual(['true', 'true']);
  dots()[0]?.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(points()).toEqual([[{ x: 340, y: 48 }], [{ x: 340, y: 48 }]]);
  expect(past()).toEqual(['Move a point of a wire', 'Move a point of a wire']);
  await userEvent.keyboard('{Alt>}{ArrowRight}{/Alt}');
  expect(
    points()
      .flat()
      .map((point) => point?.x)
      .sort(),
  ).toEqual([340, 344]);
  store.undo();
  store.undo();
  store.undo();
  expect(document().edges).toEqual(flow.edges);
});
