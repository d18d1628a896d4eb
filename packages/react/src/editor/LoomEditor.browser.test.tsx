import '../styles/styles.css';
import type { FlowDocument } from '@loom/graph';
import { createRef, StrictMode, useState } from 'react';
import { expect, test, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { LoomHandle } from '../parts/handle.js';
import { createLoomStore } from '../store/loom-store.js';
import { library, sumFlow } from './fixture.js';
import { LoomEditor } from './LoomEditor.js';

const box = { width: 1200, height: 700 };
const rename = (handle: LoomHandle, label: string) =>
  handle.store.dispatch([{ kind: 'update-node', id: 'one', changes: { label } }], { label: 'Rename' });

test('uncontrolled: it starts with the default document and commits each gesture', async () => {
  const onCommit = vi.fn();
  const ref = createRef<LoomHandle>();
  const screen = await render(
    <div style={box}>
      <LoomEditor ref={ref} defaultDocument={sumFlow} library={library} onCommit={onCommit} />
    </div>,
  );
  await expect.element(screen.getByRole('heading', { name: 'Words' })).toBeVisible();
  rename(ref.current as LoomHandle, 'Eins');
  await expect.element(screen.getByRole('heading', { name: 'Eins' })).toBeVisible();
  expect(onCommit).toHaveBeenCalledOnce();
  expect(onCommit.mock.calls[0]?.[0].nodes.one.label).toBe('Eins');
});

test('controlled: the document that the app passes back is no work, and history stays', async () => {
  const ref = createRef<LoomHandle>();
  const seen: FlowDocument[] = [];
  function App() {
    const [document, setDocument] = useState(sumFlow);
    seen.push(document);
    return (
      <div style={box}>
        <LoomEditor ref={ref} document={document} onChange={setDocument} library={library} />
      </div>
    );
  }
  const screen = await render(<App />);
  const handle = ref.current as LoomHandle;
  rename(handle, 'Eins');
  await expect.element(screen.getByRole('heading', { name: 'Eins' })).toBeVisible();
  expect(seen.at(-1)).toBe(handle.store.getState().flow.document);
  expect(handle.undo()).toBe(true);
  await expect.element(screen.getByRole('heading', { name: 'One' })).toBeVisible();
  expect(handle.store.getState().flow.history.future).toHaveLength(1);
});

test('controlled: an app that does not take a change keeps its document, and its history', async () => {
  const ref = createRef<LoomHandle>();
  const onChange = vi.fn();
  const screen = await render(
    <div style={box}>
      <LoomEditor ref={ref} document={sumFlow} onChange={onChange} library={library} />
    </div>,
  );
  const handle = ref.current as LoomHandle;
  rename(handle, 'Eins');
  await expect.poll(() => handle.store.getState().flow.document).toBe(sumFlow);
  expect(onChange).toHaveBeenCalledOnce();
  expect(handle.store.getState().flow.history.past).toEqual([]);
  await expect.element(screen.getByRole('heading', { name: 'One' })).toBeVisible();
});

test('controlled: another document takes the place, begins a new history and tells nobody', async () => {
  const ref = createRef<LoomHandle>();
  const onChange = vi.fn();
  const editor = (document: FlowDocument) => (
    <div style={box}>
      <LoomEditor ref={ref} document={document} onChange={onChange} library={library} />
    </div>
  );
  const screen = await render(editor(sumFlow));
  await screen.rerender(
    editor({ ...sumFlow, nodes: { other: { type: 'test/text', position: { x: 0, y: 0 } } }, edges: {} }),
  );
  await expect.element(screen.getByRole('heading', { name: 'Text', level: 3 })).toBeVisible();
  expect(onChange).not.toHaveBeenCalled();
  expect(ref.current?.undo()).toBe(false);
});

test('outside store: two editors show the same flow', async () => {
  const store = createLoomStore({ document: sumFlow, library });
  const screen = await render(
    <>
      <div style={{ width: 1200, height: 380 }} data-testid="first">
        <LoomEditor store={store} />
      </div>
      <div style={{ width: 1200, height: 380 }} data-testid="second">
        <LoomEditor store={store} />
      </div>
    </>,
  );
  store.dispatch([{ kind: 'update-node', id: 'one', changes: { label: 'Eins' } }], { label: 'Rename' });
  for (const name of ['first', 'second']) {
    await expect.element(screen.getByTestId(name).getByRole('heading', { name: 'Eins' })).toBeVisible();
  }
});

test('new arrays, objects and callbacks of the parent reset nothing', async () => {
  const ref = createRef<LoomHandle>();
  const App = () => (
    <div style={box}>
      <LoomEditor
        ref={ref}
        defaultDocument={{ ...sumFlow }}
        library={library}
        messages={{ run: 'Los' }}
        previews={{}}
        widgets={{}}
        components={{ Minimap: null }}
        keymap={{ 'edit.undo': ['Mod+U'] }}
        onCommit={() => undefined}
      />
    </div>
  );
  const screen = await render(<App />);
  const handle = ref.current as LoomHandle;
  rename(handle, 'Eins');
  handle.store.select({ nodes: ['one'] });
  await expect.element(screen.getByRole('heading', { name: 'Eins', level: 3 })).toBeVisible();
  const node = screen.getByRole('heading', { name: 'Eins', level: 3 }).element();
  const state = handle.store.getState();
  await screen.rerender(<App />);
  await screen.rerender(<App />);
  expect(ref.current?.store).toBe(handle.store);
  expect(handle.store.getState()).toBe(state);
  expect(screen.getByRole('heading', { name: 'Eins', level: 3 }).element()).toBe(node);
});

test('StrictMode: it mounts twice and works once', async () => {
  const ref = createRef<LoomHandle>();
  const onCommit = vi.fn();
  const screen = await render(
    <StrictMode>
      <div style={box}>
        <LoomEditor ref={ref} defaultDocument={sumFlow} library={library} onCommit={onCommit} />
      </div>
    </StrictMode>,
  );
  await expect.element(screen.getByRole('heading', { name: 'Words' })).toBeVisible();
  rename(ref.current as LoomHandle, 'Eins');
  await expect.element(screen.getByRole('heading', { name: 'Eins' })).toBeVisible();
  expect(onCommit).toHaveBeenCalledOnce();
});

test('parts can be left out, and texts replaced', async () => {
  const screen = await render(
    <div style={box}>
      <LoomEditor
        defaultDocument={sumFlow}
        library={library}
        components={{ Toolbar: null, Library: null, Inspector: null, Minimap: null }}
        messages={{ canvasLabel: 'Zeichenfläche' }}
      />
    </div>,
  );
  await expect.element(screen.getByRole('region', { name: 'Zeichenfläche' })).toBeVisible();
  expect(screen.container.querySelector('.loom-toolbar, .loom-panel, .loom-minimap')).toBeNull();
});
