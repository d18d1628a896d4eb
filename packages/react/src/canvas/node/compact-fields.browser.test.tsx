import { type JsonObject, load } from '@loom/graph';
import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { library } from '../../editor/fixture.js';
import { renderEditor } from '../../editor/render-fixture.js';

const CHART: JsonObject = {
  type: 'object',
  properties: { title: { type: 'string', minLength: 3 }, marks: { type: 'array', items: { type: 'number' } } },
};
const INPUTS: JsonObject = {
  numbers: { type: 'list<number>', title: 'Numbers', default: [] },
  chart: { type: 'json', title: 'Chart', widget: { kind: 'form', schema: CHART }, required: false },
};

const flowWith = (values: JsonObject) =>
  load({
    loom: 1,
    nodes: {
      node: { type: 'draw', position: { x: 0, y: 0 }, inputs: values },
      other: { type: 'draw', position: { x: 400, y: 0 } },
    },
    types: {
      draw: {
        kind: 'javascript',
        source: 'export default () => ({ all: 1 });\n',
        inputs: INPUTS,
        outputs: { all: { type: 'number' } },
      },
    },
  }).document;

test('a list is opened from the node, filled in by keys alone, and each change is undone in one step', async () => {
  const { screen, store, node } = await renderEditor({ defaultDocument: flowWith({}), library });
  await expect.poll(() => node('node').querySelector('.loom-compact')).not.toBeNull();
  const summary = screen.getByRole('button', { name: 'Numbers: empty' }).first();
  summary.element().focus();
  await userEvent.keyboard('{Enter}');
  const dialog = screen.getByRole('dialog', { name: 'Numbers' });
  await expect.element(dialog).toHaveFocus();
  await expect.element(dialog.getByRole('button', { name: 'Add Numbers' })).toBeVisible();
  dialog.getByRole('button', { name: 'Add Numbers' }).element().focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(dialog.getByRole('spinbutton', { name: 'Numbers 1' })).toHaveFocus();
  await userEvent.keyboard('{Control>}a{/Control}12{Tab}');
  const values = () => store.getState().flow.document.nodes.node?.inputs?.numbers;
  expect(values()).toEqual([12]);
  // A button of the row has the focus: neither may Delete take the node, nor an arrow move it, and undo is heard.
  await expect.element(dialog.getByRole('button', { name: 'Remove Numbers 1' })).toHaveFocus();
  await userEvent.keyboard('{Delete}{ArrowRight}a');
  expect(Object.keys(store.getState().flow.document.nodes)).toEqual(['node', 'other']);
  expect(store.getState().flow.document.nodes.node?.position).toEqual({ x: 0, y: 0 });
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(values).toEqual(undefined);
  await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
  await expect.poll(values).toEqual([12]);
  dialog.element().focus();
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => dialog.query()).toBeNull();
  await expect.element(screen.getByRole('button', { name: 'Numbers: 12' })).toHaveFocus();
});

test('a press elsewhere closes what is open, and a second one on its button too', async () => {
  const { screen } = await renderEditor({ defaultDocument: flowWith({ numbers: [1, 2, 3] }), library });
  const summary = screen.getByRole('button', { name: 'Numbers: 1, 2, 3' });
  await summary.click();
  const dialog = screen.getByRole('dialog', { name: 'Numbers' });
  await expect.element(dialog.getByRole('spinbutton', { name: 'Numbers 3' })).toBeVisible();
  await summary.click();
  await expect.poll(() => dialog.query()).toBeNull();
  await summary.click();
  await expect.element(dialog).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Zoom in' }));
  await expect.poll(() => dialog.query()).toBeNull();
});

test('a node whose form does not fit its schema is not ready, and says where', async () => {
  const { store, node } = await renderEditor({
    defaultDocument: flowWith({ chart: { title: 'Rain', marks: [1, 'x'] } }),
    library,
  });
  const status = () => node('node').querySelector('[data-status]')?.getAttribute('title');
  await expect.poll(status).toBe('Not ready. Chart: marks[1] This does not fit number.');
  store.dispatch([{ kind: 'set-input', id: 'node', port: 'chart', value: { title: 'Rain', marks: [1] } }], {
    label: 'Set',
  });
  await expect.poll(status).toBeUndefined();
  store.dispatch([{ kind: 'set-input', id: 'node', port: 'numbers', value: ['1'] }], { label: 'Set' });
  await expect.poll(status).toBe('Not ready. Numbers: [0] does not fit number.');
});
