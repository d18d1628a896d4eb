import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { emptyDocument } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { library } from './fixture.js';
import { renderEditor } from './render-fixture.js';

/*
 * Someone without a pointer builds three nodes, names them, connects them, gives them values, and runs them to their
 * result: once on the canvas, once in the outline. Nothing here touches the store but to read it.
 */

async function start() {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const editor = await renderEditor({ defaultDocument: emptyDocument, library, engine });
  const { screen } = editor;
  const nodes = () => Object.values(editor.document().nodes);
  return {
    ...editor,
    keys: (text: string) => userEvent.keyboard(text),
    /** Waits for a field of this name to have the focus, as someone waits who hears it. */
    hear: (role: 'combobox' | 'textbox' | 'spinbutton' | 'tree', name: string | RegExp) =>
      expect
        .poll(() =>
          screen
            .getByRole(role, { name })
            .elements()
            .includes(document.activeElement as HTMLElement),
        )
        .toBe(true),
    labels: () => nodes().map(({ label, type }) => label ?? type),
    /** The wires by the names of their nodes. */
    wires: () =>
      Object.values(editor.document().edges).map(({ source, target, targetPort }) => {
        const name = (id: string) => editor.document().nodes[id]?.label;
        return `${name(source)} -> ${name(target)}.${targetPort}`;
      }),
    nodes,
  };
}

async function add({ keys, hear }: Awaited<ReturnType<typeof start>>, type: string, name: string): Promise<void> {
  await keys('{Shift>}a{/Shift}');
  await hear('combobox', 'Add a node');
  await keys(`${type}{Enter}`);
  await keys('{F2}');
  await hear('textbox', /^New name of/);
  await keys(`${name}{Enter}`);
}

test('on the canvas', async () => {
  const session = await start();
  const { screen, keys, hear, find, labels, wires, nodes } = session;
  (find('.loom-canvas') as HTMLElement).focus();
  await add(session, 'number', 'Price');
  // Enter leads into the inspector, Escape back to the canvas.
  await keys('{Enter}');
  await hear('spinbutton', 'Value');
  await keys('{Control>}a{/Control}20{Enter}{Escape}');
  await add(session, 'number', 'Tax');
  await keys('{Enter}');
  await hear('spinbutton', 'Value');
  await keys('{Control>}a{/Control}3{Enter}{Escape}');
  await add(session, 'add', 'Total');
  expect(labels()).toEqual(['Price', 'Tax', 'Total']);
  const places = new Set(nodes().map(({ position }) => `${position.x} ${position.y}`));
  expect(places.size).toBe(3);
  for (const [name, port] of [
    ['Price', 'A'],
    ['Tax', 'B'],
  ]) {
    await keys('{Control>}f{/Control}');
    await hear('combobox', 'Find a node');
    await keys(`${name}{Enter}c`);
    await hear('combobox', /^Connect a port of/);
    await keys('output{Enter}');
    await hear('combobox', 'Connect to');
    await keys(`total ${port}{Enter}`);
  }
  expect(wires()).toEqual(['Price -> Total.a', 'Tax -> Total.b']);
  await keys('{Control>}{Enter}{/Control}');
  await expect.element(screen.getByText(/^Done in/).first()).toBeVisible();
  await expect
    .poll(() => [...find('.loom-canvas').querySelectorAll('.loom-node-preview')].map((shown) => shown.textContent))
    .toContain('23');
});

test('in the outline', async () => {
  const session = await start();
  const { screen, keys, hear, find, labels, wires } = session;
  (find('.loom-canvas') as HTMLElement).focus();
  await keys('{Shift>}o{/Shift}');
  await expect.element(screen.getByRole('region', { name: 'Outline' })).toBeVisible();
  await expect.poll(() => document.activeElement?.closest('.loom-outline')).not.toBeNull();
  const row = () => {
    const tree = screen.getByRole('tree', { name: 'Outline' }).element();
    return document.getElementById(tree.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '';
  };
  for (const [type, name, value] of [
    ['number', 'Price', '20'],
    ['number', 'Tax', '3'],
  ] as const) {
    await add(session, type, name);
    await hear('tree', 'Outline');
    await expect.poll(row).toContain(name);
    await keys('{ArrowRight}{ArrowRight}');
    await expect.poll(row).toContain('Input Value');
    await keys('{Enter}');
    await hear('spinbutton', 'Value');
    await keys(`${value}{Enter}`);
    await hear('tree', 'Outline');
    await expect.poll(row).toContain(value);
    await keys('{ArrowLeft}{ArrowLeft}');
  }
  await add(session, 'add', 'Total');
  await hear('tree', 'Outline');
  expect(labels()).toEqual(['Price', 'Tax', 'Total']);
  for (const [source, port] of [
    ['Price', 'A'],
    ['Tax', 'B'],
  ] as const) {
    await keys('{Home}');
    for (let step = 0; step < 3 && !row().includes(source); step += 1) await keys('{ArrowDown}');
    await keys('c');
    await hear('combobox', `Connect a port of ${source}`);
    await keys('output{Enter}');
    await hear('combobox', 'Connect to');
    await keys(`total ${port}{Enter}`);
    await hear('tree', 'Outline');
  }
  expect(wires()).toEqual(['Price -> Total.a', 'Tax -> Total.b']);
  await keys('{Control>}{Enter}{/Control}');
  await expect.element(screen.getByText(/^Done in/).first()).toBeVisible();
  await keys('{End}{ArrowRight}{End}');
  await expect.poll(row).toContain('23');
});
