import { createLibrary } from '@loom/graph';
import { readPythonType } from '@loom/python';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf, library, sumFlow } from '../fixture.js';
import { renderEditor } from '../render-fixture.js';

const SCALE =
  'def scale(value: float, factor: float = 2.0) -> float:\n    """Multiply a number."""\n    return value * factor\n';

const withPython = createLibrary({
  shelves: [
    ...library.shelves,
    {
      name: 'Python',
      types: [
        readPythonType('app/halve', { kind: 'python', source: 'def halve(x: float) -> float:\n    return x / 2\n' }),
      ],
    },
  ],
  readers: { python: readPythonType },
});

const pythonFlow = {
  ...flowOf(
    {
      one: { type: 'test/number', position: { x: 0, y: 0 } },
      scale: { type: 'scale', position: { x: 320, y: 0 } },
      halve: { type: 'app/halve', position: { x: 640, y: 0 } },
    },
    ['one.value -> scale.value', 'scale.result -> halve.x'],
  ),
  types: { scale: { kind: 'python', source: SCALE } as const },
};

test('editing the code of a node changes its ports as one types, and keeps its wires', async () => {
  const { screen, store, document, find } = await renderEditor({ defaultDocument: pythonFlow, library: withPython });
  store.select({ nodes: ['scale'] });
  await userEvent.click(screen.getByRole('tab', { name: 'Code' }));
  await expect.element(screen.getByRole('textbox', { name: 'Code of Scale' })).toBeVisible();
  const { edges } = document();
  store.dispatch(
    [
      {
        kind: 'set-type',
        id: 'scale',
        type: { kind: 'python', source: SCALE.replace('factor: float = 2.0', 'factor: float = 2.0, offset: int = 0') },
      },
    ],
    { label: 'Edit code', mergeKey: 'code:scale' },
  );
  await expect.poll(() => find('[data-id="scale"]').textContent).toContain('Offset');
  expect(document().edges).toEqual(edges);
});

test('typing in the code panel writes the code of the flow, one step per burst', async () => {
  const { screen, store, document, past } = await renderEditor({ defaultDocument: pythonFlow, library: withPython });
  store.select({ nodes: ['scale'] });
  await userEvent.click(screen.getByRole('tab', { name: 'Code' }));
  const code = screen.getByRole('textbox', { name: 'Code of Scale' });
  await userEvent.click(code);
  await userEvent.keyboard('{Control>}{End}{/Control}# ok');
  await expect.poll(() => document().types.scale).toMatchObject({ source: `${SCALE}# ok` });
  expect(past()).toEqual(['Edit code']);
  expect(document().nodes.scale).toBeDefined();
});

test('the code of a library is edited as a copy that keeps its wires', async () => {
  const { screen, store, document, past } = await renderEditor({ defaultDocument: pythonFlow, library: withPython });
  store.select({ nodes: ['halve'] });
  await userEvent.click(screen.getByRole('tab', { name: 'Code' }));
  const before = document().edges;
  await userEvent.click(screen.getByRole('button', { name: 'Edit a copy' }));
  const type = document().nodes.halve?.type ?? '';
  expect(type).not.toBe('app/halve');
  expect(document().types[type]).toMatchObject({ kind: 'python', entry: 'halve' });
  expect(document().edges).toBe(before);
  expect(past()).toEqual(['Make an editable copy']);
});

test('a title is set, and an empty one gives the title of the type back', async () => {
  const { screen, store, document } = await renderEditor();
  store.select({ nodes: ['one'] });
  const field = screen.getByRole('textbox', { name: 'Title' });
  await userEvent.fill(field, 'Eins');
  expect(document().nodes.one?.label).toBe('Eins');
  await userEvent.fill(field, '');
  expect(document().nodes.one).not.toHaveProperty('label');
  await expect.element(screen.getByRole('heading', { name: 'Number', level: 3 }).first()).toBeVisible();
});

test('a command adds a Python node with code to begin with', async () => {
  const { screen, document, past } = await renderEditor({ defaultDocument: flowOf({}), library: withPython });
  await userEvent.click(screen.getByRole('button', { name: 'New Python node' }).first());
  const [node] = Object.values(document().nodes);
  expect(document().types[node?.type ?? '']).toMatchObject({ kind: 'python' });
  expect(past()).toEqual(['New Python node']);
  await expect.element(screen.getByRole('textbox', { name: /^Code of/ })).toBeVisible();
});

test('read-only: fields show and refuse', async () => {
  const { screen, store } = await renderEditor({ defaultDocument: sumFlow, readOnly: true });
  store.select({ nodes: ['one'] });
  await expect.element(screen.getByRole('textbox', { name: 'Title' })).toHaveAttribute('readonly');
});

test('typing another name for the function renames the node and keeps the cursor in the text', async () => {
  const { screen, store, document } = await renderEditor({ defaultDocument: pythonFlow, library: withPython });
  store.select({ nodes: ['scale'] });
  await userEvent.click(screen.getByRole('tab', { name: 'Code' }));
  await userEvent.click(screen.getByRole('textbox', { name: 'Code of Scale' }));
  await userEvent.keyboard('{Control>}{Home}{/Control}');
  await userEvent.keyboard(`${'{ArrowRight}'.repeat('def scale'.length)}_it_up`);
  await expect.element(screen.getByRole('textbox', { name: 'Code of Scale it up' })).toHaveFocus();
  const type = document().types.scale;
  expect(type?.kind === 'python' ? type.source : '').toMatch(/^def scale_it_up\(value/);
});

test('the code of a long module opens at the function of the node', async () => {
  const source = `${'# one of many lines\n'.repeat(300)}\n\ndef late(x: float) -> float:\n    return x\n`;
  const { screen, store } = await renderEditor({
    defaultDocument: { ...pythonFlow, types: { scale: { kind: 'python', source } } },
    library: withPython,
  });
  store.select({ nodes: ['scale'] });
  await userEvent.click(screen.getByRole('tab', { name: 'Code' }));
  await expect.element(screen.getByText('late', { exact: true })).toBeInViewport();
});
