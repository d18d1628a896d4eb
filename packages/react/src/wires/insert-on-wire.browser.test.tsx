import { expect, test } from 'vitest';
import { press } from '../canvas/pointer-fixture.js';
import { flowOf, library } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

const flow = flowOf(
  {
    one: { type: 'test/number', position: { x: 0, y: 0 } },
    sum: { type: 'test/add', position: { x: 700, y: 0 } },
    loose: { type: 'test/add', position: { x: 350, y: 300 } },
  },
  ['one.value -> sum.a'],
);

test('a node that is dropped on a wire goes in between, as one step', async () => {
  const { find, title, document, past, store } = await renderEditor({ defaultDocument: flow, library });
  const path = find('.react-flow__edge[data-id="e1"] path') as SVGPathElement;
  const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM() ?? undefined);
  const release = await press(title('loose'), { x, y });
  await expect.poll(() => find('.loom-edge').getAttribute('data-drop')).toBe('true');
  await release();
  expect(past()).toEqual(['Insert into a wire']);
  expect(Object.values(document().edges)).toEqual([
    { source: 'one', sourcePort: 'value', target: 'loose', targetPort: 'a' },
    { source: 'loose', sourcePort: 'sum', target: 'sum', targetPort: 'a' },
  ]);
  store.undo();
  expect(document().edges).toEqual(flow.edges);
  expect(document().nodes).toEqual(flow.nodes);
});
