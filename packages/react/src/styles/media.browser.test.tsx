import { createEngine, createJavaScriptExecutor } from '@loom/engine';
import { emptyDocument, type FlowDocument } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { library, sumFlow } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

/** What vitest gives of the protocol of the browser, as far as it is used here. */
interface Protocol {
  send(
    method: 'Emulation.setEmulatedMedia',
    params: { features: readonly { name: string; value: string }[] },
  ): Promise<unknown>;
}

/** What people set in their system, for one test. */
async function setMedia(name: string, value: string): Promise<void> {
  const { send } = cdp() as unknown as Protocol;
  await send('Emulation.setEmulatedMedia', { features: [{ name, value }] });
  onTestFinished(async () => {
    await send('Emulation.setEmulatedMedia', { features: [] });
  });
}

/** A flow whose only node runs until the engine is disposed. */
const endless: FlowDocument = {
  ...emptyDocument,
  nodes: { wait: { type: 'wait', position: { x: 0, y: 0 } } },
  types: {
    wait: {
      kind: 'javascript',
      title: 'Wait',
      source: 'export default () => new Promise(() => {})',
      outputs: { done: { type: 'any' } },
    },
  },
};

test('nothing moves for those who asked for less motion', async () => {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const { screen, handle } = await renderEditor({ defaultDocument: endless, library, engine });
  handle.run().result.catch(() => undefined);
  const moving = () => document.getAnimations().filter(({ playState }) => playState === 'running');
  await expect.poll(() => moving().length).toBeGreaterThan(0);
  await setMedia('prefers-reduced-motion', 'reduce');
  await expect.poll(() => moving()).toEqual([]);
  const slow = [...screen.container.querySelectorAll('.loom *')].filter((element) =>
    getComputedStyle(element)
      .transitionDuration.split(', ')
      .some((duration) => duration !== '0s'),
  );
  expect(slow).toEqual([]);
});

test('in the colours of the system, a node has its frame, one can read the main button, and what is selected stands out', async () => {
  await setMedia('forced-colors', 'active');
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const { screen, find, node, store } = await renderEditor({ defaultDocument: sumFlow, library, engine });
  store.select({ nodes: ['one'] });
  const system = (color: string) => {
    const probe = document.createElement('i');
    probe.style.color = color;
    find('.loom-canvas').append(probe);
    const { color: found } = getComputedStyle(probe);
    probe.remove();
    return found;
  };
  const shadow = (id: string) => getComputedStyle(node(id).querySelector('.loom-node') as Element).boxShadow;
  expect(system('Highlight')).not.toBe(system('CanvasText'));
  expect(shadow('two')).toContain(system('CanvasText'));
  await expect.poll(() => shadow('one')).toContain(system('Highlight'));
  const run = getComputedStyle(screen.getByRole('button', { name: 'Run flow', exact: true }).element());
  expect([run.color, run.backgroundColor]).toEqual([system('HighlightText'), system('Highlight')]);
});

test('in a page that reads from right to left, sentences begin on the right, and the names of keys read as ever', async () => {
  document.documentElement.dir = 'rtl';
  onTestFinished(() => document.documentElement.removeAttribute('dir'));
  const { screen, store } = await renderEditor();
  store.setHelp(true);
  const style = async (selector: string) => {
    await expect.poll(() => screen.container.querySelector(selector)).not.toBeNull();
    return getComputedStyle(screen.container.querySelector(selector) as Element);
  };
  expect((await style('.loom-help kbd')).unicodeBidi).toBe('plaintext');
  expect((await style('.loom-library-text')).textAlign).toBe('right');
});
