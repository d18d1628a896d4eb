import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { createLibrary, type FlowDocument, type Library } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { PortWidgetProps } from '../widgets/widget-props.js';
import { flowOf, library, sumFlow, testShelf } from './fixture.js';
import { LoomEditor } from './LoomEditor.js';
import { renderEditor } from './render-fixture.js';

const ROOM = { width: 1200, height: 700 };

test('a key in a text field of any panel deletes no node', async () => {
  const { screen, store, document } = await renderEditor();
  store.select({ nodes: ['text'] });
  const fields = [
    screen.getByRole('searchbox', { name: /Search/ }),
    screen.getByRole('textbox', { name: 'Title' }),
    screen.getByRole('textbox', { name: 'Text' }).last(),
  ];
  for (const field of fields) {
    await expect.element(field).toBeVisible();
    (field.element() as HTMLElement).focus();
    await userEvent.keyboard('{Delete}{Backspace}{Control>}x{/Control}');
    expect(Object.keys(document().nodes)).toEqual(Object.keys(sumFlow.nodes));
  }
});

test('two editors on a page never hear each other’s keys', async () => {
  const one = await renderEditor();
  const two = await renderEditor();
  one.store.select({ nodes: ['one'] });
  two.store.select({ nodes: ['one'] });
  two.handle.focus();
  await userEvent.keyboard('{Delete}{Control>}k{/Control}');
  await expect.element(two.screen.getByRole('combobox', { name: 'Search commands' })).toBeVisible();
  expect(one.document()).toBe(sumFlow);
  expect(one.store.getState().session.palette).toBeUndefined();
  // Last, because the focus follows into the outline when that has loaded.
  await userEvent.keyboard('{Escape}{Control>}z{/Control}{Shift>}o{/Shift}');
  await expect.poll(() => two.store.getState().session.panels.outline.open).toBe(true);
  expect(one.store.getState().session.panels.outline.open).toBe(false);
  expect(two.document().nodes.one).toBeDefined();
});

test('a widget of the app that fails says so in its place, and the node goes on', async () => {
  const broken = {
    name: 'broken',
    types: [
      {
        ...(testShelf.types[0] as (typeof testShelf.types)[number]),
        id: 'test/broken',
        inputs: [
          {
            id: 'value',
            title: 'Value',
            type: { kind: 'number' } as const,
            required: false,
            widget: { kind: 'custom', name: 'dial' } as const,
          },
        ],
      },
    ],
  };
  const Dial = ({ value }: PortWidgetProps) => {
    if (value !== 7) throw new Error('the dial is off');
    return <output>seven</output>;
  };
  const { screen, store, find } = await renderEditor({
    defaultDocument: flowOf({ node: { type: 'test/broken', position: { x: 0, y: 0 } } }),
    library: createLibrary({ shelves: [broken] }),
    widgets: { dial: Dial },
  });
  await expect.element(screen.getByText('the dial is off').first()).toBeInTheDocument();
  expect(find('.loom-node-title').textContent).toBe('Number');
  store.dispatch([{ kind: 'set-input', id: 'node', port: 'value', value: 7 }], { label: 'Set' });
  await expect.element(screen.getByText('seven').first()).toBeVisible();
});

test('a view of the app that fails says so in its place', async () => {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const Broken = () => {
    throw new Error('nothing to see');
  };
  const { screen, handle, node } = await renderEditor({ engine, previews: { 'text/plain': Broken } });
  await handle.run().result;
  handle.store.flush();
  await expect.element(screen.getByText(/nothing to see/).first()).toBeVisible();
  expect(node('sum').querySelector('.loom-node-title')?.textContent).toBe('Sum');
});

test('a type that disappears leaves a placeholder with its ports, values and wires, until it is back', async () => {
  const App = ({ shown }: { readonly shown: Library }) => (
    <div style={ROOM}>
      <LoomEditor defaultDocument={sumFlow} library={shown} onChange={(document) => changes.push(document)} />
    </div>
  );
  const changes: FlowDocument[] = [];
  const screen = await render(<App shown={library} />);
  const sum = () => screen.container.querySelector('.react-flow__node[data-id="sum"] .loom-node');
  await expect.poll(() => sum()?.getAttribute('data-missing')).toBe('false');
  await screen.rerender(<App shown={createLibrary({ shelves: [] })} />);
  await expect.poll(() => sum()?.getAttribute('data-missing')).toBe('true');
  await expect.poll(() => sum()?.querySelector('.target[data-handleid="a"]')).not.toBeNull();
  expect(screen.container.querySelectorAll('.react-flow__edge')).toHaveLength(1);
  await screen.rerender(<App shown={library} />);
  await expect.poll(() => sum()?.getAttribute('data-missing')).toBe('false');
  expect(changes).toEqual([]);
});

test('a foreign document takes the place of another one: nothing of it is selected, open or undone', async () => {
  const other = flowOf({ elsewhere: { type: 'test/text', position: { x: 0, y: 0 } } });
  const App = ({ shown }: { readonly shown: FlowDocument }) => (
    <div style={ROOM}>
      <LoomEditor document={shown} library={library} />
    </div>
  );
  const screen = await render(<App shown={sumFlow} />);
  const drawn = () =>
    [...screen.container.querySelectorAll('.react-flow__node')].map((each) => each.getAttribute('data-id'));
  await expect.poll(drawn).toHaveLength(4);
  await userEvent.click(screen.getByRole('heading', { name: 'Sum', level: 3 }));
  await expect.element(screen.getByRole('heading', { name: 'Sum', level: 2 })).toBeVisible();
  await screen.rerender(<App shown={other} />);
  await expect.poll(drawn).toEqual(['elsewhere']);
  await expect.poll(() => screen.getByRole('heading', { name: 'Sum' }).query()).toBeNull();
  expect(screen.container.querySelectorAll('.react-flow__edge')).toHaveLength(0);
  await expect.element(screen.getByRole('button', { name: 'Undo' })).toHaveAttribute('aria-disabled', 'true');
});

test.each([
  ['a picture', new File([new Uint8Array([137, 80])], 'x.png', { type: 'image/png' }), ''],
  ['a page', undefined, '<html><script>alert(1)</script></html>'],
  ['half a fragment', undefined, '{"loom":"fragment","version":1,"nodes":{"a":'],
  ['Python that is wrong', undefined, 'def broken(:\n    pass'],
  ['prose that begins like code', undefined, 'def is a word\n that I use'],
  ['a million letters', undefined, 'x'.repeat(1_000_000)],
])('pasting %s does nothing and says so', async (_, file, text) => {
  const { screen, find, document, past } = await renderEditor();
  const data = new DataTransfer();
  if (file === undefined) data.setData('text/plain', text);
  else data.items.add(file);
  find('.loom-canvas').dispatchEvent(
    new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data }),
  );
  await expect.element(screen.getByText('What is in the clipboard is not a part of a flow.')).toBeVisible();
  expect(document()).toBe(sumFlow);
  expect(past()).toEqual([]);
});
