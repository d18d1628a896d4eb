import '../styles/styles.css';
import { createRef } from 'react';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { flowOf, library } from '../editor/fixture.js';
import { LoomEditor } from '../editor/LoomEditor.js';
import type { LoomHandle } from '../parts/handle.js';
import { drag, middle } from './pointer-fixture.js';

const SIDE = 30;

const nodes = Object.fromEntries(
  Array.from({ length: SIDE * SIDE }, (_, at) => [
    `n${at}`,
    { type: 'test/add', position: { x: (at % SIDE) * 300, y: Math.floor(at / SIDE) * 200 } },
  ]),
);
const flow = flowOf(nodes, ['n0.sum -> n899.a', 'n898.sum -> n899.b']);

test('a large flow is drawn where one looks, with wires from far away', async () => {
  const ref = createRef<LoomHandle>();
  const { container } = await render(
    <div style={{ width: 1200, height: 700 }}>
      <LoomEditor ref={ref} defaultDocument={flow} library={library} />
    </div>,
  );
  const drawn = (id: string) => container.querySelector(`.react-flow__node[data-id="${id}"]`);
  await expect.poll(() => drawn('n0')).not.toBeNull();
  expect(drawn('n899')).toBeNull();

  ref.current?.fitView(['n899']);
  await expect.poll(() => drawn('n899')).not.toBeNull();
  expect(drawn('n0')).toBeNull();
  await expect.poll(() => container.querySelectorAll('.react-flow__edge').length).toBe(2);

  ref.current?.store.dispatch([{ kind: 'move-nodes', positions: { n0: { x: 8700, y: 5600 } } }], { label: 'Move' });
  await expect.poll(() => drawn('n0')).not.toBeNull();
});

test('a drag moves all that is selected, also what is not drawn, as one step', async () => {
  const ref = createRef<LoomHandle>();
  const { container } = await render(
    <div style={{ width: 1200, height: 700 }}>
      <LoomEditor ref={ref} defaultDocument={flow} library={library} />
    </div>,
  );
  const title = () => container.querySelector('.react-flow__node[data-id="n31"] .loom-node-title');
  await expect.poll(title).not.toBeNull();
  ref.current?.store.selectAll();
  await expect.poll(() => container.querySelector('.react-flow__node[data-id="n31"].selected')).not.toBeNull();
  const from = middle(title() as Element);
  await drag(title() as Element, { x: from.x + 48, y: from.y + 24 });
  const history = ref.current?.store.getState().flow.history.past.map(({ label }) => label);
  expect(history).toEqual(['Move 900 nodes']);
  const moved = ref.current?.store.getState().flow.document.nodes ?? {};
  const by = (id: string) => {
    const [before, after] = [flow.nodes[id]?.position, moved[id]?.position];
    return before && after && { x: after.x - before.x, y: after.y - before.y };
  };
  expect(by('n31')?.x).toBeGreaterThan(0);
  expect(by('n899')).toEqual(by('n31'));
});
