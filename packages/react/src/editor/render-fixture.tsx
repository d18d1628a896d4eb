import '../styles/styles.css';
import type { Engine, EngineEvent } from '@loom/engine';
import type { FlowDocument } from '@loom/graph';
import { createRef } from 'react';
import { expect } from 'vitest';
import { render } from 'vitest-browser-react';
import type { LoomHandle } from '../parts/handle.js';
import type { LoomStore } from '../store/loom-store.js';
import { library, sumFlow } from './fixture.js';
import { LoomEditor } from './LoomEditor.js';
import type { LoomEditorProps } from './props.js';

/** An editor on the page, for tests, with ways to find what is drawn. */
export async function renderEditor(props: Partial<LoomEditorProps> = {}) {
  const ref = createRef<LoomHandle>();
  const flow = props.store === undefined && props.document === undefined ? { defaultDocument: sumFlow, library } : {};
  const screen = await render(
    <div style={{ width: 1200, height: 700 }}>
      <LoomEditor ref={ref} {...flow} {...props} />
    </div>,
  );
  // The canvas knows its size a moment after it is mounted; only then is anything drawn and in its place.
  const count = Object.keys(ref.current?.store.getState().flow.document.nodes ?? {}).length;
  await expect.poll(() => screen.container.querySelectorAll('.react-flow__node').length).toBe(count);
  await settled(screen.container);
  const handle = ref.current;
  if (handle === null) throw new Error('The editor gave no handle.');
  const store: LoomStore = handle.store;
  const find = (selector: string): Element => {
    const element = screen.container.querySelector(selector);
    if (element === null) throw new Error(`There is no ${selector}.`);
    return element;
  };
  return {
    screen,
    handle,
    store,
    find,
    document: (): FlowDocument => store.getState().flow.document,
    past: () => store.getState().flow.history.past.map(({ label }) => label),
    node: (id: string) => find(`.react-flow__node[data-id="${id}"]`),
    pane: () => find('.react-flow__pane'),
    title: (id: string) => find(`.react-flow__node[data-id="${id}"] .loom-node-title`),
    port: (id: string, port: string, side: 'source' | 'target' = 'target') =>
      find(`.react-flow__node[data-id="${id}"] .${side}[data-handleid="${port}"]`),
  };
}

/** Resolves when the canvas has found its place: two frames in a row with the same view. */
async function settled(container: Element): Promise<void> {
  const view = () => container.querySelector<HTMLElement>('.react-flow__viewport')?.style.transform ?? '';
  let last: string;
  do {
    last = view();
    await frame();
    await frame();
  } while (view() !== last || last === '');
}

function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

/** An editor whose engine says what the test says. */
export async function renderListening() {
  const listeners = new Set<(events: readonly EngineEvent[]) => void>();
  const engine: Partial<Engine> = {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const editor = await renderEditor({ engine: engine as Engine });
  const say = (event: EngineEvent) => {
    for (const listener of listeners) listener([event]);
  };
  return { ...editor, say };
}
