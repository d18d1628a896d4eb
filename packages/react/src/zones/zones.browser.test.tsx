import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { drag, middle, press } from '../canvas/pointer-fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';

async function renderZones() {
  const engine = createEngine({ library: zoneLibrary, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  return renderEditor({ defaultDocument: zoneFlow, library: zoneLibrary, engine });
}
const shift = (element: Element, x: number, y: number) => {
  const from = middle(element);
  return { x: from.x + x, y: from.y + y };
};

test('a zone that is dragged takes along what lies in it, as one step', async () => {
  const { store, title, document, past } = await renderZones();
  await drag(title('each'), shift(title('each'), 40, 30));
  expect(past()).toEqual(['Move']);
  const { each, add } = document().nodes;
  expect(each?.position.x).toBeGreaterThan(10);
  expect((add?.position.x ?? 0) - (each?.position.x ?? 0)).toBe(160);
  expect((add?.position.y ?? 0) - (each?.position.y ?? 0)).toBe(120);
  store.undo();
  expect(document().nodes).toEqual(zoneFlow.nodes);
});

test('a node is dragged into a zone, which lights up, and undo takes it out again', async () => {
  const { store, title, find, document, past } = await renderZones();
  store.dispatch([{ kind: 'disconnect', ids: ['e4'] }], { label: 'Cut' });
  const body = find('.loom-zone-body');
  const release = await press(title('after'), shift(body, 0, 40));
  expect(body.getAttribute('data-drop')).toBe('true');
  await release();
  expect(body.getAttribute('data-drop')).toBe('false');
  expect(past()).toEqual(['Cut', 'Move']);
  expect(document().nodes.after?.parent).toBe('each');
  store.undo();
  expect(document().nodes.after?.parent).toBeUndefined();
  expect(document().nodes.after?.position).toEqual(zoneFlow.nodes.after?.position);
});

test('a node whose wires would lead out of the zone stays where it was, and one reads why', async () => {
  const { store, title, document } = await renderZones();
  await drag(title('add'), shift(title('ten'), 0, 200));
  expect(document().nodes).toEqual(zoneFlow.nodes);
  expect(store.getState().session.notices[0]?.text).toMatch(/in the way/);
});

test('an inner port takes a wire from the body', async () => {
  const { store, port, document } = await renderZones();
  store.dispatch([{ kind: 'disconnect', ids: ['e3'] }], { label: 'Cut' });
  await drag(port('add', 'sum', 'source'), middle(port('each', 'result')));
  expect(Object.values(document().edges)).toContainEqual({
    source: 'add',
    sourcePort: 'sum',
    target: 'each',
    targetPort: 'result',
  });
});

test('iterations are chosen in the header of the zone, and its body shows what each gave', async () => {
  const { screen, store, node } = await renderZones();
  await store.run().result;
  const shown = () => node('add').querySelector('.loom-node-preview')?.textContent;
  await expect.poll(shown).toBe('13');
  await expect.element(screen.getByText('3×')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Next iteration' }));
  await expect.element(screen.getByText('1 of 3')).toBeVisible();
  await expect.poll(shown).toBe('11');
  await userEvent.click(screen.getByRole('button', { name: 'Next iteration' }));
  await expect.poll(shown).toBe('12');
  await userEvent.click(screen.getByRole('button', { name: 'Look at all iterations again' }));
  await expect.poll(shown).toBe('13');
});

test('a folded zone hides its body, and wires into it end at its header', async () => {
  const { store, screen, node, find } = await renderZones();
  store.dispatch([{ kind: 'update-node', id: 'each', changes: { view: { collapsed: true } } }], { label: 'Fold' });
  await expect.poll(() => screen.container.querySelectorAll('.react-flow__node').length).toBe(3);
  expect(node('each').getBoundingClientRect().height).toBeLessThan(60);
  await expect.poll(() => screen.container.querySelectorAll('.react-flow__edge').length).toBe(2);
  expect(find('.react-flow__edge[data-id="e2"] path').getAttribute('d')).toBeTruthy();
});

test('a selection is enclosed in a zone by key, and what is added in a zone lies in it', async () => {
  const { store, node, title, document, past, find } = await renderZones();
  await userEvent.click(title('ten'));
  await userEvent.keyboard('{Control>}{Alt>}f{/Alt}{/Control}');
  await expect.poll(past).toEqual(['Enclose in a for-each zone']);
  const zone = document().nodes.ten?.parent ?? '';
  await expect.poll(() => node(zone).querySelector('.loom-zone-body')).not.toBeNull();
  store.undo();
  expect(document()).toEqual(zoneFlow);
  // What lies under the pointer in the body of a zone is the pane.
  const { right, bottom } = find('.loom-zone-body').getBoundingClientRect();
  const point = { clientX: right - 30, clientY: bottom - 20 };
  const under = globalThis.document.elementFromPoint(point.clientX, point.clientY);
  expect(under).toBe(find('.react-flow__pane'));
  under?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true, ...point }));
  await expect.poll(() => store.getState().session.quickAdd).toBeDefined();
  await userEvent.keyboard('Add{Enter}');
  const added = Object.entries(document().nodes).find(([id]) => !(id in zoneFlow.nodes));
  expect(added?.[1]).toMatchObject({ type: 'test/add', parent: 'each' });
});
