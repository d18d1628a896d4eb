import { save } from '@loom/graph';
import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { NODE_TYPE_MIME } from '../library/node-type-mime.js';
import { flowOf, sumFlow } from './fixture.js';
import { renderEditor } from './render-fixture.js';

const otherFlow = flowOf({ lonely: { type: 'test/text', label: 'Lonely', position: { x: 0, y: 0 } } });

/** Whether somebody took it. */
function drop(target: Element, data: DataTransfer): boolean {
  const { left, top, width, height } = target.getBoundingClientRect();
  const at = { clientX: left + width / 2, clientY: top + height / 2 };
  const fire = (type: string) =>
    !target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data, ...at }));
  return fire('dragover') && fire('drop');
}

function fileOf(text: string): DataTransfer {
  const data = new DataTransfer();
  data.items.add(new File([text], 'other.loom.json', { type: 'application/json' }));
  return data;
}

test('a dropped file takes the place of the flow, and the app is told', async () => {
  const onCommit = vi.fn();
  const { screen, find, document, store } = await renderEditor({ onCommit });
  drop(find('.loom-canvas'), fileOf(save(otherFlow)));
  await expect.element(screen.getByText('Opened other.loom.json')).toBeVisible();
  expect(document()).toEqual(otherFlow);
  expect(onCommit.mock.calls.map(([, { kind }]) => kind)).toEqual(['open']);
  expect(store.getState().flow.history.past).toEqual([]);
});

test('a file with faults shows them and replaces nothing unless one says so', async () => {
  const { screen, find, document } = await renderEditor();
  const before = document();
  const faulty = {
    ...otherFlow,
    edges: { loose: { source: 'lonely', sourcePort: 'text', target: 'nobody', targetPort: 'x' } },
  };
  drop(find('.loom-canvas'), fileOf(JSON.stringify(faulty)));
  await expect.element(screen.getByRole('dialog')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: 'Keep the current flow' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  expect(screen.getByRole('dialog').query()).toBeNull();
  expect(document()).toBe(before);
  drop(find('.loom-canvas'), fileOf(JSON.stringify(faulty)));
  await userEvent.click(screen.getByRole('button', { name: 'Open anyway' }));
  expect(document().nodes).toEqual(otherFlow.nodes);
  expect(document().edges).toEqual({});
});

test('what is no flow at all cannot be opened', async () => {
  const { screen, find, document } = await renderEditor();
  const before = document();
  drop(find('.loom-canvas'), fileOf('not json {'));
  await expect.element(screen.getByRole('dialog')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Open anyway' }).query()).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Keep the current flow' }));
  expect(document()).toBe(before);
});

test('a type dragged from the library becomes a node where it is dropped', async () => {
  const { find, document, past, store } = await renderEditor();
  const data = new DataTransfer();
  data.setData(NODE_TYPE_MIME, 'test/fail');
  drop(find('.react-flow__pane'), data);
  const [id] = store.getState().session.selection.nodes;
  expect(document().nodes[id ?? '']?.type).toBe('test/fail');
  expect(past()).toEqual(['Add Fail']);
});

test('read-only: neither files nor types are taken', async () => {
  const { find, document } = await renderEditor({ readOnly: true });
  const before = document();
  expect(drop(find('.loom-canvas'), fileOf(save(otherFlow)))).toBe(false);
  expect(document()).toBe(before);
  expect(before).toBe(sumFlow);
});

test('an opened file is shown, wherever one looked before', async () => {
  const { screen, find, node } = await renderEditor();
  const far = flowOf({ lonely: { type: 'test/text', label: 'Lonely', position: { x: 90_000, y: -4000 } } });
  drop(find('.loom-canvas'), fileOf(save(far)));
  await expect.element(screen.getByRole('heading', { name: 'Lonely', level: 3 })).toBeInTheDocument();
  const canvas = find('.loom-canvas').getBoundingClientRect();
  await expect
    .poll(() => {
      const { left, right } = node('lonely').getBoundingClientRect();
      return left > canvas.left && right < canvas.right;
    })
    .toBe(true);
});
