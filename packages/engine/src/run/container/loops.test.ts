import { flow } from '@loom/testing';
import { expect, it } from 'vitest';
import { ran } from './zone-fixture.js';

const collecting = flow()
  .zone('loop', { kind: 'while', onError: 'collect' })
  .node('fails', 'n/odd-fails', { a: 1 })
  .node('more', 'n/less', { a: 1, b: 0 })
  .into('loop', 'fails', 'more');

it('[Z3] [Z9] a continue that was skipped ends a loop that collects errors', async () => {
  const { document } = flow(collecting.document)
    .node('even', 'n/even', { a: 1 })
    .into('loop', 'even')
    .wire('even.a', 'more.a')
    .wire('more.less', 'loop.continue');
  const { ends, values } = await ran(document);
  expect(ends.loop).toBe('success');
  expect(values.loop).toMatchObject({ iterations: 1, errors: [{ index: 0, node: 'fails' }] });
});

it('[Z9] an error that took the continue fails the loop, though it collects errors', async () => {
  const { document } = flow(collecting.document).wire('fails.a', 'more.a').wire('more.less', 'loop.continue');
  expect((await ran(document)).ends.loop).toBe('error zone/frame-failed');
});
