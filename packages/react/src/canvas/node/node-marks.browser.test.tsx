import { expect, test } from 'vitest';
import { library, sumFlow } from '../../editor/fixture.js';
import { renderEditor } from '../../editor/render-fixture.js';

test('a node says when it is muted, bypassed, pinned, or stops a run', async () => {
  const { node, store } = await renderEditor({ defaultDocument: sumFlow, library });
  const marks = (id: string) =>
    [...node(id).querySelectorAll('.loom-node-header [role="img"]')].map((mark) => mark.getAttribute('aria-label'));
  expect(marks('sum')).toEqual([]);
  const set = (settings: object) =>
    store.dispatch([{ kind: 'update-node', id: 'sum', changes: { settings } }], { label: 'Set' });
  set({ mode: 'muted' });
  await expect.poll(() => marks('sum')).toEqual(['Muted: it does not run']);
  set({ mode: 'bypassed', pinned: { sum: 3 } });
  await expect
    .poll(() => marks('sum'))
    .toEqual(['Bypassed: it hands on what it gets', 'Pinned: it gives a kept value and does not run']);
  set({ breakpoint: 'sum > 3' });
  await expect.poll(() => marks('sum')).toEqual(['Breakpoint, where sum > 3']);
});
