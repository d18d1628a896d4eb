import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import type { FlowDocument } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { flowOf, library, sumFlow } from '../editor/fixture.js';
import type { LoomEditorProps } from '../editor/props.js';
import { renderEditor } from '../editor/render-fixture.js';

async function renderRunnable(defaultDocument: FlowDocument, props: Partial<LoomEditorProps> = {}) {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const editor = await renderEditor({ defaultDocument, library, engine, ...props });
  const selected = () => [...editor.store.getState().session.selection.nodes];
  return { ...editor, selected };
}

/** One node that has nothing where it needs something, and one whose code fails. */
const faulty = flowOf({
  empty: { type: 'test/fail', label: 'Empty', position: { x: 0, y: 0 } },
  fine: { type: 'test/number', label: 'Fine', position: { x: 0, y: 240 } },
  bad: { type: 'test/fail', label: 'Bad', position: { x: 320, y: 0 }, inputs: { input: 1 } },
});

function withBreakpoint(breakpoint: string): FlowDocument {
  const { sum } = sumFlow.nodes;
  return sum === undefined
    ? sumFlow
    : { ...sumFlow, nodes: { ...sumFlow.nodes, sum: { ...sum, settings: { breakpoint } } } };
}

test('how a run failed leads to the nodes that failed, one after the other', async () => {
  const { selected, handle } = await renderRunnable(faulty);
  await handle.run().result;
  const status = page.getByRole('button', { name: /^Failed after/ });
  await userEvent.click(status);
  await expect.poll(selected).toEqual(['empty']);
  await userEvent.click(status);
  await expect.poll(selected).toEqual(['bad']);
  await userEvent.keyboard('{Shift>}{F8}{/Shift}');
  await expect.poll(selected).toEqual(['empty']);
});

test('the error of a node that misses an input leads to the field for it', async () => {
  const { handle, node, selected } = await renderRunnable(faulty);
  await handle.run().result;
  await expect.poll(() => node('empty').querySelector('.loom-node-error')).not.toBeNull();
  await userEvent.click(node('empty').querySelector('.loom-node-error') as Element);
  await expect.poll(selected).toEqual(['empty']);
  await expect
    .poll(() => document.activeElement?.closest('.loom-inspector .loom-port-field')?.getAttribute('data-port'))
    .toBe('input');
});

test('a condition that has no answer is told below the node that is held, and beside the condition', async () => {
  const { handle, node, selected } = await renderRunnable(withBreakpoint('inputs.a > "x"'));
  void handle.run();
  await expect.poll(() => node('sum').querySelector('.loom-node-error')?.textContent).toMatch(/have no order/);
  await userEvent.click(page.getByRole('button', { name: 'Paused before Sum' }));
  await expect.poll(selected).toEqual(['sum']);
  await expect.element(page.getByRole('textbox', { name: 'Condition' })).toHaveAttribute('aria-invalid', 'true');
  await userEvent.click(page.getByRole('button', { name: 'Resume' }));
  await expect.poll(() => node('sum').querySelector('.loom-node-error')).toBeNull();
});

test('a condition begins with one that holds, and names only inputs that are there', async () => {
  const { store, document: flow } = await renderRunnable(sumFlow);
  store.select({ nodes: ['sum'] });
  await page.getByLabelText('Breakpoint', { exact: true }).selectOptions('where a condition holds');
  await expect.poll(() => flow().nodes.sum?.settings?.breakpoint).toBe('true');
  const condition = page.getByRole('textbox', { name: 'Condition' });
  await condition.fill('inputs.c > 1');
  await expect.element(page.getByText('There is no input “c”. There is inputs.a, inputs.b.')).toBeVisible();
  await condition.fill('inputs.a > 1');
  await expect.element(condition).toHaveAttribute('aria-invalid', 'false');
});

test('a run is steered by function keys also while one types, and by a letter only elsewhere', async () => {
  const { handle, store, title } = await renderRunnable(withBreakpoint('true'), { keymap: { 'run.all': ['R'] } });
  const run = handle.run();
  await expect.poll(() => store.getState().runs.run.paused?.node).toBe('sum');
  store.select({ nodes: ['sum'] });
  await userEvent.click(page.getByRole('textbox', { name: 'Condition' }));
  await userEvent.keyboard('{F8}');
  await run.result;
  await expect.poll(() => store.getState().runs.running).toBe(false);
  await userEvent.keyboard('r');
  expect(store.getState().runs.history).toHaveLength(1);
  await userEvent.click(title('one'));
  await userEvent.keyboard('r');
  await expect.poll(() => store.getState().runs.history).toHaveLength(2);
  store.stop();
});

test('where there is nothing to run, the ways to run are as grey as the button beside them', async () => {
  const { store } = await renderRunnable(flowOf({}));
  const more = page.getByRole('button', { name: 'More ways to run' });
  await expect.element(more).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(more, { force: true });
  expect(store.getState().session.menu).toBeUndefined();
});

test('a pinned value is edited in the inspector, and what comes after gets it', async () => {
  const { handle, store, title, document: flow } = await renderRunnable(sumFlow);
  await handle.run().result;
  await userEvent.click(title('one'));
  await userEvent.keyboard('{Control>}{Alt>}p{/Alt}{/Control}');
  const field = page.getByRole('spinbutton', { name: 'Pinned: value' });
  await expect.element(field).toHaveValue('1');
  await userEvent.fill(field, '30');
  await expect.poll(() => flow().nodes.one?.settings?.pinned).toEqual({ value: 30 });
  await handle.run().result;
  await expect
    .poll(() => store.getState().runs.run.nodes.get('sum')?.outputs?.sum?.preview.data['text/plain'])
    .toBe('30');
  await userEvent.clear(field);
  await expect.poll(() => flow().nodes.one?.settings?.pinned).toBeUndefined();
});
