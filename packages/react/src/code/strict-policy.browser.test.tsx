import { createRef } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, onTestFinished, test } from 'vitest';
import { flowOf, library } from '../editor/fixture.js';
import { LoomEditor } from '../editor/LoomEditor.js';
import type { LoomHandle } from '../parts/handle.js';

const flow = {
  ...flowOf({ double: { type: 'double', position: { x: 0, y: 0 } } }, []),
  types: { double: { kind: 'javascript', source: 'export default ({ n }) => ({ out: n * 2 });\n' } as const },
};

/** An editor in a page of its own whose policy forbids all styles without this nonce. What it forbade is collected. */
async function openUnderPolicy(cspNonce: string | undefined) {
  const frame = document.createElement('iframe');
  frame.width = '1200';
  frame.height = '700';
  frame.srcdoc =
    '<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'nonce-loom\'"><main></main>';
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  await loaded;
  const page = frame.contentDocument;
  const main = page?.querySelector('main');
  if (!page || !main) throw new Error('The page has not loaded.');
  const refused: string[] = [];
  page.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
  const ref = createRef<LoomHandle>();
  const root = createRoot(main);
  root.render(
    <LoomEditor ref={ref} defaultDocument={flow} library={library} cspNonce={cspNonce} style={{ height: 600 }} />,
  );
  onTestFinished(() => root.unmount());
  await expect.poll(() => ref.current).not.toBeNull();
  ref.current?.store.select({ nodes: ['double'] });
  ref.current?.store.setInspectorTab('code');
  await expect.poll(() => page.querySelector('.cm-content')?.textContent).toContain('n * 2');
  const gutters = page.querySelector('.cm-gutters');
  return { refused, display: () => gutters && page.defaultView?.getComputedStyle(gutters).display };
}

test('with its nonce the code panel is drawn under a policy without unsafe-inline, and nothing is refused', async () => {
  const { refused, display } = await openUnderPolicy('loom');
  await expect.poll(display).toBe('flex');
  expect(refused).toEqual([]);
});

test('without the nonce the policy refuses the styles of the code panel', async () => {
  const { refused, display } = await openUnderPolicy(undefined);
  await expect.poll(() => refused).toContain('style-src-elem');
  expect(display()).not.toBe('flex');
});
