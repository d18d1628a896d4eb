import { createEngine, createJavaScriptExecutor, defineNode } from '@loom/engine';
import { createLibrary } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { flowOf } from '../editor/fixture.js';
import { renderEditor } from '../editor/render-fixture.js';

/** A node that runs until its rate is 9, and takes no rate above that. */
const steered = defineNode({
  id: 'test/steered',
  title: 'Steered',
  inputs: { rate: { type: 'number', default: 1 } },
  outputs: { rate: 'number' },
  run: (_, context) =>
    new Promise<{ rate: number }>((resolve) => {
      context.onParameter('rate', (value) => {
        if (Number(value) > 9) throw new Error('at most 9');
        if (value === 9) resolve({ rate: 9 });
      });
    }),
});

test('an input that is changed while its node runs reaches the node, which says whether it took it', async () => {
  const library = createLibrary({ shelves: [{ name: 'Test', types: [steered] }] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const document = flowOf({ node: { type: 'test/steered', position: { x: 0, y: 0 } } });
  const { screen, store, past } = await renderEditor({ defaultDocument: document, library, engine });
  store.select({ nodes: ['node'] });
  const run = store.run();
  await expect.poll(() => store.getState().runs.run.nodes.get('node')?.status).toBe('running');
  const field = screen.getByRole('complementary', { name: 'Inspector' }).getByRole('spinbutton', { name: 'Rate' });
  await userEvent.fill(field, '20');
  await expect.element(screen.getByText('Not taken by the running node: at most 9')).toBeInTheDocument();
  await userEvent.fill(field, '5');
  await expect.element(screen.getByText('Taken by the running node.')).toBeInTheDocument();
  await userEvent.fill(field, '9');
  expect((await run.result).status).toBe('succeeded');
  await expect.poll(() => screen.getByText('Taken by the running node.').query()).toBeNull();
  expect(past()).toEqual(['Set Rate']);
});
