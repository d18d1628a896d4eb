import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { renderEditor } from '../editor/render-fixture.js';
import { drag, middle, press } from './pointer-fixture.js';

const shift = (element: Element, x: number, y: number) => {
  const from = middle(element);
  return { x: from.x + x, y: from.y + y };
};

test('a drag is one step, and nothing of the document before it ends', async () => {
  const onCommit = vi.fn();
  const { store, title, document, past } = await renderEditor({ onCommit });
  const before = document();
  const release = await press(title('two'), shift(title('two'), 60, 20));
  expect(document()).toBe(before);
  expect(store.getState().session.drag?.get('two')).toBeDefined();
  await release();
  expect(past()).toEqual(['Move']);
  expect(onCommit).toHaveBeenCalledOnce();
  expect(store.getState().session.drag).toBeUndefined();
  const { x, y } = document().nodes.two?.position ?? { x: 0, y: 0 };
  expect(x).toBeGreaterThan(20);
  expect([x, y]).toEqual([Math.round(x), Math.round(y)]);
  store.undo();
  expect(document().nodes.two?.position).toEqual(before.nodes.two?.position);
});

test('dragging one of several selected nodes moves all of them in one step', async () => {
  const { store, node, title, document, past } = await renderEditor();
  store.select({ nodes: ['one', 'two'] });
  await expect.poll(() => node('two').classList.contains('selected')).toBe(true);
  await drag(title('one'), shift(title('one'), 50, 0));
  expect(past()).toEqual(['Move 2 nodes']);
  const moved = document().nodes;
  expect(moved.one?.position.x).toBe(moved.two?.position.x);
  expect(moved.one?.position.x).toBeGreaterThan(20);
});

test('a selected node looks selected, also below the pointer', async () => {
  const { store, node, title } = await renderEditor();
  const shown = node('two').querySelector('.loom-node') ?? node('two');
  const look = (): string => getComputedStyle(shown).boxShadow;
  await userEvent.hover(title('one'));
  store.select({ nodes: ['two'] });
  await expect.poll(look).toContain('1.5px');
  await expect.poll(() => node('two').getAnimations({ subtree: true }).length).toBe(0);
  const selected = look();
  await userEvent.hover(shown);
  expect(node('two').matches(':hover')).toBe(true);
  expect(look()).toBe(selected);
});

test('a wire between ports that fit is one step', async () => {
  const { port, document, past } = await renderEditor();
  await drag(port('two', 'value', 'source'), middle(port('sum', 'b')));
  expect(past()).toEqual(['Connect']);
  expect(Object.values(document().edges)).toContainEqual({
    source: 'two',
    sourcePort: 'value',
    target: 'sum',
    targetPort: 'b',
  });
});

test('while a wire is drawn, ports that it does not fit are dimmed and say why', async () => {
  const { screen, port, document, past } = await renderEditor();
  const release = await press(port('text', 'text', 'source'), middle(port('sum', 'b')));
  expect(port('sum', 'b').getAttribute('data-fit')).toBe('no');
  expect(port('two', 'value').getAttribute('data-fit')).toBe('no');
  expect(port('text', 'text', 'source').getAttribute('data-fit')).toBe('yes');
  const hint = screen.container.querySelector('.loom-connect-hint');
  expect(hint?.textContent).toMatch(/number/);
  await expect.element(screen.getByText(hint?.textContent ?? '').last()).toBeInTheDocument();
  const before = document();
  await release();
  expect(document()).toBe(before);
  expect(past()).toEqual([]);
  expect(screen.container.querySelector('.loom-connect-hint')).toBeNull();
  expect(port('sum', 'b').hasAttribute('data-fit')).toBe(false);
});

test('a wire into an input that is taken replaces the other in one step', async () => {
  const { store, port, document, past } = await renderEditor();
  await drag(port('two', 'value', 'source'), middle(port('sum', 'a')));
  expect(past()).toEqual(['Connect']);
  expect(Object.values(document().edges).map((edge) => edge.source)).toEqual(['two']);
  store.undo();
  expect(Object.values(document().edges).map((edge) => edge.source)).toEqual(['one']);
});

test('a wire that would close a circle is refused', async () => {
  const { port, document, screen } = await renderEditor();
  const before = document();
  const release = await press(port('sum', 'sum', 'source'), middle(port('one', 'value')));
  expect(screen.container.querySelector('.loom-connect-hint')?.textContent).not.toBe('');
  await release();
  expect(document()).toBe(before);
});

test('two clicks connect as well', async () => {
  const { port, document } = await renderEditor();
  await userEvent.click(port('two', 'value', 'source'));
  expect(port('text', 'text').getAttribute('data-fit')).toBe('no');
  await userEvent.click(port('sum', 'b'));
  expect(Object.values(document().edges).map((edge) => edge.source)).toEqual(['one', 'two']);
});

test('two clicks on ports that do not fit say why', async () => {
  const { screen, port, document } = await renderEditor();
  const before = document();
  await userEvent.click(port('text', 'text', 'source'));
  await userEvent.click(port('sum', 'b'));
  expect(document()).toBe(before);
  await expect.element(screen.getByRole('status').filter({ hasText: 'number' }).first()).toBeVisible();
});

test('a loose end on nothing offers what fits, and connects it', async () => {
  const { screen, port, document, past } = await renderEditor();
  await drag(port('text', 'text', 'source'), shift(port('text', 'text', 'source'), 120, 40));
  await expect.element(screen.getByRole('combobox', { name: /add a node/i })).toBeVisible();
  await userEvent.keyboard('Text{Enter}');
  expect(past()).toEqual(['Add Text']);
  const added = Object.entries(document().nodes).find(([id]) => !(id in { one: 1, two: 1, sum: 1, text: 1 }));
  expect(Object.values(document().edges)).toContainEqual({
    source: 'text',
    sourcePort: 'text',
    target: added?.[0],
    targetPort: 'text',
  });
});

test('read-only: nothing moves and no wire is drawn', async () => {
  const { title, port, document } = await renderEditor({ readOnly: true });
  const before = document();
  await drag(title('two'), shift(title('two'), 60, 20));
  await drag(port('two', 'value', 'source'), middle(port('sum', 'b')));
  expect(document()).toBe(before);
});

test('a node is drawn for a type that nobody defines, with the ports that are in use', async () => {
  const { screen, port, document } = await renderEditor({
    defaultDocument: {
      ...(await import('../editor/fixture.js')).sumFlow,
      nodes: { gone: { type: 'acme/rocket', position: { x: 0, y: 0 }, inputs: { thrust: 3 } } },
      edges: {},
    },
  });
  expect(document().nodes.gone?.inputs).toEqual({ thrust: 3 });
  await expect.element(screen.getByRole('heading', { name: 'acme/rocket', level: 3 })).toBeVisible();
  expect(port('gone', 'thrust')).toBeDefined();
});

test('a wire is moved to another port as one step, and dropped on nothing it is gone', async () => {
  const { find, port, pane, document, past, store } = await renderEditor();
  const end = () => find('.react-flow__edgeupdater-target');
  await drag(end(), middle(port('sum', 'b')));
  expect(document().edges.e1).toMatchObject({ source: 'one', targetPort: 'b' });
  expect(past()).toEqual(['Move a wire']);
  await expect.poll(() => port('sum', 'b').getAttribute('data-connected')).toBe('true');
  await drag(end(), shift(pane(), 250, 150));
  expect(document().edges).toEqual({});
  store.undo();
  expect(document().edges.e1).toMatchObject({ source: 'one', targetPort: 'b' });
});

test('a wire that is moved onto a port that it does not fit stays where it was', async () => {
  const { find, port, document } = await renderEditor();
  const before = document();
  await drag(find('.react-flow__edgeupdater-target'), middle(port('text', 'text')));
  expect(document()).toBe(before);
});

test('a click on the canvas gives it the keys, and a wire that was clicked is deleted', async () => {
  const { find, pane, document, store } = await renderEditor();
  const { left, top, width } = pane().getBoundingClientRect();
  await userEvent.click(pane(), { position: { x: width - 60, y: 40 } });
  expect(find('.loom-canvas').contains(window.document.activeElement)).toBe(true);
  expect(left + top).toBeGreaterThan(0);
  store.select({ edges: ['e1'] });
  await userEvent.keyboard('{Backspace}');
  expect(document().edges).toEqual({});
});

test('Tab after a click searches for a node; Tab of someone who goes by keys goes on', async () => {
  const { find, pane, screen, store } = await renderEditor();
  await userEvent.click(pane(), { position: { x: 300, y: 20 } });
  await userEvent.keyboard('{Tab}');
  await expect.element(screen.getByRole('combobox', { name: /add a node/i })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(store.getState().session.quickAdd).toBeUndefined();
  const last = find('.loom-toolbar button:last-of-type') as HTMLElement;
  last.focus();
  for (let step = 0; step < 30 && !window.document.activeElement?.matches('.loom-canvas'); step += 1) {
    await userEvent.keyboard('{Tab}');
  }
  await userEvent.keyboard('{Tab}');
  expect(store.getState().session.quickAdd).toBeUndefined();
  expect(window.document.activeElement?.matches('.loom-canvas')).toBe(false);
});

test('Enter on a node that one went to by keys selects it and opens the inspector', async () => {
  const { node, store } = await renderEditor();
  store.setPanel('inspector', { open: false });
  (node('sum') as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  expect([...store.getState().session.selection.nodes]).toEqual(['sum']);
  expect(store.getState().session.panels.inspector.open).toBe(true);
});

test('the ports of a selected node take wires too', async () => {
  const { store, node, port, document } = await renderEditor();
  store.select({ nodes: ['two'] });
  await expect.poll(() => node('two').querySelector('.loom-resize-line')).not.toBeNull();
  const { x, y } = middle(port('two', 'value', 'source'));
  const gripped = window.document.elementFromPoint(x, y);
  expect(gripped?.closest('.loom-handle')).toBe(port('two', 'value', 'source'));
  await drag(gripped as Element, middle(port('sum', 'b')));
  expect(Object.values(document().edges).map((edge) => edge.source)).toEqual(['one', 'two']);
});

test('what is wrong with a value never lies over the field that is typed in next', async () => {
  const { find } = await renderEditor();
  const field = find('.react-flow__node[data-id="two"] .loom-row-widget input') as HTMLInputElement;
  await userEvent.click(field);
  await userEvent.keyboard('{Control>}a{/Control}abc');
  const problem = find('.react-flow__node[data-id="two"] .loom-widget-problem');
  await expect.poll(() => problem.textContent).not.toBe('');
  const { x, y } = middle(problem);
  expect(window.document.elementFromPoint(x, y)?.closest('.loom-widget-problem')).toBeFalsy();
});

test('from far away nodes have no fields, and wires end where they did', async () => {
  const { handle, find, node } = await renderEditor();
  const place = () => {
    const { top, height } = node('sum').getBoundingClientRect();
    return (middle(node('sum').querySelector('.target[data-handleid="a"]') as Element).y - top) / height;
  };
  const path = () => find('.react-flow__edge[data-id="e1"] .react-flow__edge-path').getAttribute('d');
  const near = { place: place(), path: path() };
  handle.focus();
  for (let step = 0; step < 6; step += 1) await userEvent.keyboard('{Control>}-{/Control}');
  await expect.poll(() => find('.loom-canvas').getAttribute('data-far')).toBe('true');
  await expect.poll(() => node('sum').querySelector('input')).toBeNull();
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  expect(place()).toBeCloseTo(near.place, 2);
  expect(path()).toBe(near.path);
});
