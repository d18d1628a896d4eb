import '../styles/styles.css';
import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { createRef } from 'react';
import { expect, onTestFinished, test } from 'vitest';
import { render } from 'vitest-browser-react';
import type { LoomHandle } from '../parts/handle.js';
import { library, sumFlow } from './fixture.js';
import { LoomEditor } from './LoomEditor.js';

async function renderAt(width: number) {
  const ref = createRef<LoomHandle>();
  const screen = await render(
    <div style={{ width, height: 500 }}>
      <LoomEditor ref={ref} defaultDocument={sumFlow} library={library} />
    </div>,
  );
  const widthOf = (selector: string) => screen.container.querySelector(selector)?.getBoundingClientRect().width;
  return { store: ref.current?.store, widthOf };
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
  const { widthOf } = await renderAt(1000);
  expect(widthOf('.loom-canvas')).toBe(1000 - 224 - 320);
});
