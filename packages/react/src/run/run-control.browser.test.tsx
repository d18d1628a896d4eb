import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import type { FlowDocument } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { middle } from '../canvas/pointer-fixture.js';
import { flowOf, sumFlow } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';
import { zoneFlow, zoneLibrary } from '../editor/zone-fixture.js';

async function renderRunning(document: FlowDocument = sumFlow) {
  const engine = createEngine({ library: zoneLibrary, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const editor = await renderEditor({ defaultDocument: document, library: zoneLibrary, engine });
  const status = (id: string) => editor.node(id).querySelector('[data-status]')?.getAttribute('data-status');
  const rightClick = (element: Element) => {
    const { x, y } = middle(element);
    element.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: x, clientY: y }));
  };
  return { ...editor, engine, status, rightClick };
}

test('a run pauses at a breakpoint, goes on by one step, and then to its end', async () => {
  const { screen, title, node, status, past } = await renderRunning();
  await userEvent.click(title('sum'));
  await userEvent.keyboard('{F9}');
  expect(past()).toEqual(['Breakpoint']);
  await expect.poll(() => node('sum').querySelector('.loom-node-breakpoint')).not.toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Run flow' }));
  await expect.element(screen.getByText('Paused before Sum')).toBeVisible();
  await expect.poll(() => status('one')).toBe('success');
  await userEvent.click(screen.getByRole('button', { name: 'Step' }));
  await expect.poll(() => status('sum')).toBe('success');
  await expect.element(screen.getByText(/^Done in/)).toBeVisible();
});

test('a run that begins with a step waits before each node', async () => {
  const { screen, store, status } = await renderRunning();
  await userEvent.click(screen.getByRole('button', { name: 'Step' }));
  await expect.element(screen.getByText(/^Paused/)).toBeVisible();
  expect(status('sum')).not.toBe('success');
  await userEvent.click(screen.getByRole('button', { name: 'Resume' }));
  await expect.poll(() => status('sum')).toBe('success');
  await expect.poll(() => store.getState().runs.running).toBe(false);
});

test('after an edit an auto flow runs what has changed, and not when it is opened', async () => {
  const { screen, store, status, engine } = await renderRunning();
  let runs = 0;
  const unsubscribe = engine.subscribe((events) => {
    runs += events.filter(({ kind }) => kind === 'run-started').length;
  });
  onTestFinished(unsubscribe);
  await userEvent.click(screen.getByRole('button', { name: 'Run after each edit' }));
  await expect.poll(() => status('sum')).toBe('success');
  expect(runs).toBe(1);
  store.dispatch([{ kind: 'set-input', id: 'one', port: 'value', value: 40 }], { label: 'Set' });
  await expect
    .poll(() => store.getState().runs.run.nodes.get('sum')?.outputs?.sum?.preview.data['text/plain'])
    .toBe('40');
  expect(runs).toBe(2);
  store.openDocument({ ...sumFlow, settings: { mode: 'auto' } });
  store.dispatch([{ kind: 'move-nodes', positions: { one: { x: 5, y: 5 } } }], { label: 'Move' });
  expect(runs).toBe(2);
});

test('a live flow shows who listens, and runs what an event sets off', async () => {
  const live = flowOf(
    {
      event: { type: 'loom/host-event', position: { x: 0, y: 0 }, inputs: { name: 'order' } },
      end: { type: 'test/fail', position: { x: 320, y: 0 }, settings: { mode: 'bypassed' } },
    },
    ['event.payload -> end.input'],
  );
  const { screen, store, status } = await renderRunning(live);
  await userEvent.click(screen.getByRole('button', { name: 'Live: listen for events' }));
  await expect.poll(() => status('event')).toBe('listening');
  expect(store.emit('order', 7)).toBe(1);
  await expect.poll(() => status('end')).toBe('success');
  await userEvent.click(screen.getByRole('button', { name: 'Live: listen for events' }));
  await expect.poll(() => store.getState().runs.live).toBeUndefined();
  expect(store.emit('order', 8)).toBe(0);
});

test('nodes are muted, bypassed and pinned by key, and again as before', async () => {
  const { store, title, document, status } = await renderRunning();
  const settings = (id: string) => document().nodes[id]?.settings;
  await store.run().result;
  await expect.poll(() => status('sum')).toBe('success');
  await userEvent.click(title('sum'));
  await userEvent.keyboard('{Control>}m{/Control}');
  expect(settings('sum')).toEqual({ mode: 'muted' });
  await userEvent.keyboard('{Control>}b{/Control}');
  expect(settings('sum')).toEqual({ mode: 'bypassed' });
  await userEvent.keyboard('{Control>}b{/Control}');
  expect(settings('sum')).toBeUndefined();
  await userEvent.keyboard('{Control>}{Alt>}p{/Alt}{/Control}');
  await expect.poll(() => settings('sum')).toEqual({ pinned: { sum: 1 } });
});

test('a right click opens a menu of what can be done, which keys walk through', async () => {
  const { screen, store, title, rightClick, document } = await renderRunning();
  rightClick(title('two'));
  await expect.element(screen.getByRole('menu', { name: 'Node' })).toBeVisible();
  expect([...store.getState().session.selection.nodes]).toEqual(['two']);
  expect(screen.getByRole('menuitem', { name: /Dissolve/ }).query()).toBeNull();
  await userEvent.keyboard('mut{Enter}');
  expect(document().nodes.two?.settings).toEqual({ mode: 'muted' });
  expect(screen.getByRole('menu').query()).toBeNull();
  rightClick(title('two'));
  await expect.element(screen.getByRole('menu', { name: 'Node' })).toBeVisible();
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('menu').query()).toBeNull();
});

test('the value of a wire is seen by pointing at it', async () => {
  const { screen, store, find } = await renderRunning(zoneFlow);
  await store.run().result;
  store.flush();
  const edge = (id: string) => find(`.react-flow__edge[data-id="${id}"] .react-flow__edge-interaction`);
  edge('e2').dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  await expect.element(screen.getByRole('status', { name: 'Value on the wire' })).toHaveTextContent('10');
  edge('e2').dispatchEvent(new MouseEvent('mouseout', { bubbles: true }));
  await expect.poll(() => screen.getByRole('status', { name: 'Value on the wire' }).query()).toBeNull();
  store.select({ edges: ['e3'] });
  await expect.element(screen.getByRole('button', { name: 'Add · sum' })).toBeVisible();
});

test('a node that lacks an input says which, and one that would run says why', async () => {
  const { screen, store, node, status } = await renderRunning(
    flowOf({ fail: { type: 'test/fail', position: { x: 0, y: 0 } } }),
  );
  await expect.poll(() => status('fail')).toBe('not-ready');
  expect(node('fail').querySelector('[data-status]')?.getAttribute('title')).toBe('Not ready. Needed: Input');
  store.dispatch([{ kind: 'set-input', id: 'fail', port: 'input', value: 1 }], { label: 'Set' });
  store.select({ nodes: ['fail'] });
  await userEvent.click(screen.getByText('Why would this run?'));
  await expect.element(screen.getByText('It has no result yet.')).toBeVisible();
});

test('settings are made in the inspector, and a condition that cannot be read is not taken', async () => {
  const { screen, store, document } = await renderRunning();
  store.select({ nodes: ['sum'] });
  const settings = () => document().nodes.sum?.settings;
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'When inputs fail or are skipped' }), 'any');
  await userEvent.fill(screen.getByRole('textbox', { name: 'Time limit (ms)' }), '2500');
  expect(settings()).toEqual({ join: 'any', timeoutMs: 2500 });
  await userEvent.fill(screen.getByRole('textbox', { name: 'Time limit (ms)' }), '');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Breakpoint' }), 'condition');
  await userEvent.fill(screen.getByRole('textbox', { name: 'Condition' }), 'inputs.a > 3');
  expect(settings()).toEqual({ join: 'any', breakpoint: 'inputs.a > 3' });
  await userEvent.fill(screen.getByRole('textbox', { name: 'Condition' }), 'inputs.a >');
  await expect.element(screen.getByRole('alert')).toBeVisible();
  expect(settings()).toEqual({ join: 'any', breakpoint: 'inputs.a > 3' });
});

test('the results of a zone are named in the inspector; with one its wires go', async () => {
  const { screen, store, document } = await renderRunning(zoneFlow);
  store.select({ nodes: ['each'] });
  await userEvent.fill(screen.getByLabelText('Results: Name'), 'more');
  await userEvent.keyboard('{Enter}');
  expect(document().nodes.each?.settings?.zone).toEqual({ kind: 'for-each', results: { result: {}, more: {} } });
  await userEvent.click(screen.getByRole('button', { name: 'Remove result' }));
  expect(document().nodes.each?.settings?.zone).toEqual({ kind: 'for-each', results: { more: {} } });
  expect(Object.keys(document().edges)).toEqual(['e1', 'e2']);
  store.undo();
  expect(Object.keys(document().edges)).toHaveLength(4);
});
