import '../styles/styles.css';
import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { createRef } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { render } from 'vitest-browser-react';
import type { LoomHandle } from '../parts/handle.js';
import { library, sumFlow } from './fixture.js';
import { LoomEditor } from './LoomEditor.js';

async function renderAt(width: number, height = 500, document = sumFlow) {
  const ref = createRef<LoomHandle>();
  const screen = await render(
    <div style={{ width, height }}>
      <LoomEditor ref={ref} defaultDocument={document} library={library} />
    </div>,
  );
  const resize = (next: number) => {
    (screen.container.firstElementChild as HTMLElement).style.width = `${next}px`;
  };
  const widthOf = (selector: string) => screen.container.querySelector(selector)?.getBoundingClientRect().width;
  const boxOf = (selector: string) => screen.container.querySelector(selector)?.getBoundingClientRect();
  return { store: ref.current?.store, widthOf, boxOf, resize };
}

test('a narrow editor begins with its canvas, and panels open over it', async () => {
  const { store, widthOf } = await renderAt(600);
  expect(widthOf('.loom-canvas')).toBe(600);
  store?.setPanel('library', { open: true });
  store?.setPanel('inspector', { open: true });
  await expect.poll(() => widthOf('.loom-panel-inspector')).toBe(320);
  expect(widthOf('.loom-canvas')).toBe(600);
});

test('on a phone what runs the flow is in sight', async () => {
  const ref = createRef<LoomHandle>();
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const screen = await render(
    <div style={{ width: 390, height: 500 }}>
      <LoomEditor ref={ref} defaultDocument={sumFlow} library={library} engine={engine} />
    </div>,
  );
  await ref.current?.run().result;
  const right = (name: string) => screen.getByRole('button', { name }).element().getBoundingClientRect().right;
  expect(right('Run flow')).toBeLessThan(390);
  expect(right('Inspector')).toBeLessThanOrEqual(390);
});

test('a wide editor begins with its panels beside the canvas', async () => {
  const { widthOf } = await renderAt(1200);
  await expect.poll(() => widthOf('.loom-canvas')).toBe(1200 - 224 - 320);
});

test('where both panels would leave little of the canvas, the inspector begins closed, and the flow fits beside the library', async () => {
  const { store, widthOf } = await renderAt(1000);
  await expect.poll(() => widthOf('.loom-canvas')).toBe(1000 - 224);
  expect(store?.getState().session.viewport.zoom).toBeGreaterThan(0.7);
});

test('panels make room when the editor shrinks and come back when it grows, but stay as someone left them', async () => {
  const { store, resize } = await renderAt(1200);
  const isOpen = () => {
    const { library, inspector } = store?.getState().session.panels ?? {};
    return [library?.open, inspector?.open];
  };
  resize(600);
  await expect.poll(isOpen).toEqual([false, false]);
  resize(1200);
  await expect.poll(isOpen).toEqual([true, true]);
  store?.setPanel('inspector', { open: false });
  resize(600);
  await expect.poll(isOpen).toEqual([false, false]);
  resize(1200);
  await expect.poll(isOpen).toEqual([true, false]);
});

test.each([
  [480, 320],
  [900, 500],
])(
  'in %i by %i pixels the search for nodes stays in sight, also where one pointed at a corner',
  async (width, height) => {
    const many = Array.from({ length: 20 }, (_, at) => [
      `own/${at}`,
      { kind: 'javascript', title: `Own ${at}`, source: '' },
    ]);
    const { store, boxOf } = await renderAt(width, height, { ...sumFlow, types: Object.fromEntries(many) });
    store?.setQuickAdd({ at: { x: 0, y: 0 }, anchor: { x: width - 10, y: height - 10 } });
    await expect.poll(() => boxOf('.loom-quick-add [role="option"]')).toBeDefined();
    const [editor, search] = [boxOf('.loom-editor'), boxOf('.loom-quick-add')];
    expect(search?.right).toBeLessThanOrEqual(editor?.right ?? 0);
    expect(search?.bottom).toBeLessThanOrEqual(editor?.bottom ?? 0);
    expect(search?.top).toBeGreaterThanOrEqual(editor?.top ?? 0);
  },
);
