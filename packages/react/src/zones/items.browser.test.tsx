import { builtinShelf, createEngine, createJavaScriptExecutor } from '@loom/engine';
import { createLibrary, load } from '@loom/graph';
import { expect, onTestFinished, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import streams from '../../../../examples/flows/patterns/streams.loom.json' with { type: 'json' };
import { renderEditor } from '../editor/render-fixture.js';

test('a node that takes items one by one shows what it did with each of them', async () => {
  const library = createLibrary({ shelves: [builtinShelf] });
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  const { store, node, screen } = await renderEditor({ defaultDocument: load(streams).document, library, engine });
  await store.run().result;
  const choice = () => node('correct').querySelector('.loom-frame-number')?.textContent;
  await expect.poll(choice).toBe('9×');
  expect(node('readings').querySelector('.loom-frame-number')).toBeNull();
  const picture = () => node('correct').querySelector('.loom-node-preview')?.textContent;
  await userEvent.click(screen.getByRole('button', { name: 'Next iteration' }));
  await expect.poll(picture).toBe('21.5');
  await userEvent.click(screen.getByRole('button', { name: 'Next iteration' }));
  await expect.poll(picture).toBe('22.5');
  expect(choice()).toBe('2 of 9');
});
