import { expect, onTestFinished, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { renderEditor } from '../editor/render-fixture.js';
import { middle, type Point } from './pointer-fixture.js';

/** What vitest gives of the protocol of the browser, as far as it is used here. */
interface Protocol {
  send(method: 'Input.dispatchTouchEvent', params: { type: string; touchPoints: readonly Point[] }): Promise<unknown>;
}

/** From this page, which lies in a frame, to the whole window. */
function onScreen({ x, y }: Point): Point {
  const frame = window.frameElement?.getBoundingClientRect();
  if (frame === undefined) return { x, y };
  const scale = frame.width / window.innerWidth;
  return { x: frame.left + x * scale, y: frame.top + y * scale };
}

async function touch(type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: readonly Point[]): Promise<void> {
  await (cdp() as unknown as Protocol).send('Input.dispatchTouchEvent', { type, touchPoints: points.map(onScreen) });
}

async function tap(element: Element): Promise<void> {
  await touch('touchStart', middle(element));
  await touch('touchEnd');
}

test('a tap on one port and a tap on another connect them', async () => {
  const { port, document } = await renderEditor();
  await tap(port('two', 'value', 'source'));
  await expect.poll(() => port('text', 'text').getAttribute('data-fit')).toBe('no');
  await tap(port('sum', 'b'));
  await expect.poll(() => Object.values(document().edges).map((edge) => edge.source)).toEqual(['one', 'two']);
});

test('a finger that rests on a node opens its menu, which stays when it goes up', async () => {
  const { screen, title, store, document } = await renderEditor();
  const before = document();
  await touch('touchStart', middle(title('sum')));
  await expect.element(screen.getByRole('menu', { name: 'Node' })).toBeVisible();
  await touch('touchEnd');
  await expect.element(screen.getByRole('menu', { name: 'Node' })).toBeVisible();
  expect([...store.getState().session.selection.nodes]).toEqual(['sum']);
  expect(document()).toBe(before);
});

test('one finger moves the canvas, two zoom it', async () => {
  // What moves the canvas asks once, at the start, whether there is a touch screen.
  Object.defineProperty(navigator, 'maxTouchPoints', { value: 5, configurable: true });
  onTestFinished(() => void Reflect.deleteProperty(navigator, 'maxTouchPoints'));
  const { store, pane, document } = await renderEditor();
  const before = document();
  const start = store.getState().session.viewport;
  const { right, top } = pane().getBoundingClientRect();
  const from = { x: right - 120, y: top + 60 };
  await touch('touchStart', from);
  for (let step = 1; step <= 5; step += 1) await touch('touchMove', { x: from.x - 16 * step, y: from.y + 8 * step });
  await touch('touchEnd');
  await expect.poll(() => store.getState().session.viewport.x).toBeLessThan(start.x - 40);
  const { zoom } = store.getState().session.viewport;
  const apart = (by: number): [Point, Point] => [
    { x: from.x - by, y: from.y },
    { x: from.x + by, y: from.y },
  ];
  await touch('touchStart', ...apart(20));
  for (let step = 1; step <= 5; step += 1) await touch('touchMove', ...apart(20 + step * 8));
  await touch('touchEnd');
  await expect.poll(() => store.getState().session.viewport.zoom).toBeGreaterThan(zoom * 1.5);
  expect(document()).toBe(before);
});
