import { expect, test } from 'vitest';
import { flowOf, library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import { drag, middle } from './pointer-fixture.js';

const corners = flowOf({
  first: { type: 'test/add', position: { x: 0, y: 0 } },
  last: { type: 'test/add', position: { x: 900, y: 400 } },
});

async function renderMap() {
  const editor = await renderEditor({ defaultDocument: corners, library });
  await expect.poll(() => editor.screen.container.querySelector('.loom-minimap-view')).not.toBeNull();
  const map = editor.find('.loom-minimap') as HTMLElement;
  /** A place on the map, as parts of its width and height. */
  const at = (across: number, down: number) => {
    const { left, top, width, height } = map.getBoundingClientRect();
    return { x: left + width * across, y: top + height * down };
  };
  const press = (across: number, down: number) => {
    const { x, y } = at(across, down);
    const init = { bubbles: true, buttons: 1, clientX: x, clientY: y, isPrimary: true, pointerId: 1 };
    map.dispatchEvent(new PointerEvent('pointerdown', init));
  };
  /** How much of the map something is painted on. */
  const painted = () => {
    const canvas = map.querySelector('canvas') as HTMLCanvasElement;
    const { data = new Uint8ClampedArray() } =
      canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
    return data.filter((value, index) => index % 4 === 3 && value > 0).length;
  };
  return { ...editor, map, at, press, painted };
}

test('one looks where one presses on the map, and the frame on it goes along', async () => {
  const { store, find, press } = await renderMap();
  const before = store.getState().session.viewport;
  const frameBefore = middle(find('.loom-minimap-view'));
  press(0.8, 0.7);
  await expect.poll(() => store.getState().session.viewport.x).toBeLessThan(before.x - 50);
  expect(store.getState().session.viewport.zoom).toBe(before.zoom);
  await expect.poll(() => middle(find('.loom-minimap-view')).x).toBeGreaterThan(frameBefore.x);
});

test('turning the wheel over the map zooms', async () => {
  const { store, map } = await renderMap();
  const { zoom } = store.getState().session.viewport;
  map.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: 200 }));
  await expect.poll(() => store.getState().session.viewport.zoom).toBeLessThan(zoom * 0.9);
});

test('nodes and frames are on the map, and what is moved moves there', async () => {
  const { store, painted, title } = await renderMap();
  await expect.poll(painted).toBeGreaterThan(0);
  const nodesOnly = painted();
  const frame = { kind: 'frame', position: { x: 0, y: 0 }, size: { width: 1140, height: 500 } } as const;
  store.dispatch([{ kind: 'set-frame', id: 'all', frame }], { label: 'Add a frame' });
  await expect.poll(painted).toBeGreaterThan(3 * nodesOnly);
  const { x, y } = middle(title('first'));
  await drag(title('first'), { x, y: y + 80 });
  expect(store.getState().flow.document.nodes.first?.position.y).toBeGreaterThan(80);
});

test('there is no map of nothing', async () => {
  const { store, map } = await renderMap();
  expect(map.hidden).toBe(false);
  store.dispatch([{ kind: 'remove-nodes', ids: ['first', 'last'] }], { label: 'Delete' });
  await expect.poll(() => map.hidden).toBe(true);
});
