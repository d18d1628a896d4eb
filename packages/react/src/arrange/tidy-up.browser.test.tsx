import type { FlowDocument } from '@loom/graph';
import { createRef } from 'react';
import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import '../styles/styles.css';
import { flowOf, library } from '../editor/fixture.js';
import { LoomEditor } from '../editor/LoomEditor.js';
import { renderEditor } from '../editor/render-fixture.js';
import type { LoomHandle } from '../parts/handle.js';

/** A chain whose nodes all lie on each other. */
function chainOf(count: number): FlowDocument {
  const nodes = Array.from({ length: count }, (_, at) => [
    `n${at}`,
    { type: 'test/add', position: { x: at % 7, y: at } },
  ]);
  const wires = Array.from({ length: count - 1 }, (_, at) => `n${at}.sum -> n${at + 1}.a`);
  return flowOf(Object.fromEntries(nodes), wires);
}

async function open(flow: FlowDocument, layoutWorkerUrl?: string) {
  const ref = createRef<LoomHandle>();
  const screen = await render(
    <div style={{ width: 1200, height: 700 }}>
      <LoomEditor ref={ref} defaultDocument={flow} library={library} layoutWorkerUrl={layoutWorkerUrl} />
    </div>,
  );
  await expect.poll(() => screen.container.querySelector('.react-flow__viewport')).not.toBeNull();
  const handle = ref.current;
  if (handle === null) throw new Error('The editor gave no handle.');
  const { store } = handle;
  return {
    screen,
    handle,
    store,
    x: (id: string) => store.getState().flow.document.nodes[id]?.position.x,
    past: () => store.getState().flow.history.past.map(({ label }) => label),
    notices: () => store.getState().session.notices.map(({ text }) => text),
  };
}

/** The nodes stand in the order of the chain, one step of a column apart. */
const step = 232 + 72;

test('few nodes are laid out by key, glide there, and that is one step', async () => {
  const { handle, store, past, document, node } = await renderEditor({ defaultDocument: chainOf(3), library });
  handle.focus();
  await userEvent.keyboard('{Alt>}{Shift>}T{/Shift}{/Alt}');
  await expect.poll(past).toEqual(['Tidy up']);
  expect(document().nodes.n2?.position).toEqual({ x: 2 * step, y: 0 });
  await expect.poll(() => store.getState().session.drag).toBeUndefined();
  await expect.poll(() => (node('n1') as HTMLElement).style.transform).toContain(`${step}px`);
  store.undo();
  expect(document().nodes.n2?.position).toEqual({ x: 2, y: 2 });
});

test('many nodes are laid out in a worker, the same way each time', async () => {
  const { handle, past, x, store } = await open(chainOf(120));
  handle.runCommand('arrange.tidyAll');
  await expect.poll(past).toEqual(['Tidy up']);
  expect(x('n119')).toBeGreaterThan(119 * step - 1);
  expect(store.getState().session.tidying).toBeUndefined();
  const first = store.getState().flow.document.nodes;
  store.undo();
  handle.runCommand('arrange.tidyAll');
  await expect.poll(past).toEqual(['Tidy up']);
  expect(store.getState().flow.document.nodes).toEqual(first);
});

describe('while it computes', () => {
  /** A worker that never answers. */
  const silent = () => URL.createObjectURL(new Blob([''], { type: 'text/javascript' }));

  test('Escape stops it, and nothing is moved', async () => {
    const { handle, notices, past, x, screen } = await open(chainOf(900), silent());
    handle.focus();
    handle.runCommand('arrange.tidyAll');
    await expect.element(screen.getByText('Tidying up 900 nodes …')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(notices).toEqual(['Stopped tidying up. Nothing was moved.']);
    expect([past(), x('n899')]).toEqual([[], 899 % 7]);
  });

  test('an edit wins over it', async () => {
    const { handle, notices, store, past } = await open(chainOf(900), silent());
    handle.runCommand('arrange.tidyAll');
    await expect.poll(() => store.getState().session.tidying).toBeDefined();
    store.dispatch([{ kind: 'move-nodes', positions: { n0: { x: 5, y: 5 } } }], { label: 'Move' });
    await expect
      .poll(notices)
      .toEqual(['The flow changed while it was tidied up, so nothing was moved. Tidy up again.']);
    expect(past()).toEqual(['Move']);
  });
});

describe('where no worker can be had', () => {
  const missing = '/there-is-no-such-worker.js';

  test('some more nodes are laid out all the same', async () => {
    const { handle, past, x } = await open(chainOf(60), missing);
    handle.runCommand('arrange.tidyAll');
    await expect.poll(past).toEqual(['Tidy up']);
    expect(x('n59')).toBe(59 * step);
  });

  test('many are not, and it is said what to do', async () => {
    const { handle, notices, past } = await open(chainOf(300), missing);
    handle.runCommand('arrange.tidyAll');
    await expect.poll(notices).toEqual([expect.stringMatching(/could not be started.*worker-src.*layoutWorkerUrl/)]);
    expect(past()).toEqual([]);
  });
});
