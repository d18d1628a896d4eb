import '../styles/styles.css';
import { createRef } from 'react';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { LoomHandle } from '../parts/handle.js';
import { library, sumFlow } from './fixture.js';
import { LoomEditor } from './LoomEditor.js';

async function renderIn(dir: 'ltr' | 'rtl') {
  const ref = createRef<LoomHandle>();
  const { container } = await render(
    <div dir={dir} style={{ width: 1280, height: 600 }}>
      <LoomEditor ref={ref} defaultDocument={sumFlow} library={library} />
    </div>,
  );
  const edge = (panel: string) => {
    const found = container.querySelector<HTMLElement>(`.loom-resize[data-panel="${panel}"]`);
    if (found === null) throw new Error(`The panel ${panel} has no edge.`);
    return found;
  };
  await expect.poll(() => container.querySelector('.loom-resize[data-panel="inspector"]')).not.toBeNull();
  const size = (panel: 'library' | 'inspector') => ref.current?.store.getState().session.panels[panel].size ?? 0;
  /** The edge follows the arrow key; says by how much the panel grew. */
  const press = async (panel: 'library' | 'inspector', key: string) => {
    const before = size(panel);
    edge(panel).focus();
    await userEvent.keyboard(`{${key}}`);
    return size(panel) - before;
  };
  /** Drags the edge to the right; says by how much the panel grew. */
  const drag = (panel: 'library' | 'inspector', by: number) => {
    const before = size(panel);
    const at = edge(panel).getBoundingClientRect();
    const point = (type: string, clientX: number) =>
      edge(panel).dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerId: 1, clientX, clientY: at.top + 50, buttons: 1 }),
      );
    // No real pointer is down that could be captured.
    edge(panel).setPointerCapture = () => undefined;
    point('pointerdown', at.left);
    point('pointermove', at.left + by);
    return size(panel) - before;
  };
  return { press, drag };
}

test('the edge of a panel follows the pointer and the keys', async () => {
  const { press, drag } = await renderIn('ltr');
  expect(await press('library', 'ArrowRight')).toBe(16);
  expect(await press('inspector', 'ArrowLeft')).toBe(16);
  expect(drag('library', 30)).toBe(30);
  expect(drag('inspector', 30)).toBe(-30);
});

test('it does so too where the page reads from right to left, and panels are on the other side', async () => {
  const { press, drag } = await renderIn('rtl');
  expect(await press('library', 'ArrowLeft')).toBe(16);
  expect(await press('inspector', 'ArrowRight')).toBe(16);
  expect(drag('library', 30)).toBe(-30);
  expect(drag('inspector', 30)).toBe(30);
});
