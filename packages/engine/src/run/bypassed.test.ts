import { type FlowBuilder, flow } from '@loom/testing';
import { expect, it } from 'vitest';
import { ran } from './container/zone-fixture.js';

const bypassed = { mode: 'bypassed' } as const;

/** A branch whose both ways lead to a switch, which hands its value on at every output. */
const forked = (condition: boolean): FlowBuilder =>
  flow()
    .node('branch', 'loom/branch', { value: 7, condition })
    .node('node', 'loom/switch', {}, { cases: ['a'], ...bypassed })
    .wire('branch.true', 'node.value')
    .wire('branch.false', 'node.case');

it('[P6] a bypassed node has no join: it hands on what came, though something else did not', async () => {
  const { document } = forked(true).node('behind', 'n/list').wire('node.default', 'behind.in');
  const { ends, values } = await ran(document);
  expect(ends).toMatchObject({ node: 'success', behind: 'success' });
  expect(values.behind).toEqual({ list: [7] });
});

it('[P6] a bypassed node is skipped when nothing came, and is not the one to blame', async () => {
  const { document } = flow()
    .node('fails', 'n/odd-fails', { a: 1 })
    .node('node', 'n/add', {}, { join: 'settled', ...bypassed })
    .node('behind', 'n/add')
    .wire('fails.a', 'node.a')
    .wire('node.sum', 'behind.a');
  const { events } = await ran(document);
  const skipped = events.filter((event) => event.kind === 'node-skipped');
  const reason = { kind: 'upstream-error', node: 'fails' };
  expect(skipped).toMatchObject([
    { node: 'node', reason },
    { node: 'behind', reason },
  ]);
});

it('[P6] a bypassed node that takes the first value waits for the one that it hands on', async () => {
  const { document } = flow()
    .node('late', 'n/add-later', { a: 1 })
    .node('node', 'n/add', {}, { join: 'first', ...bypassed })
    .wire('late.sum', 'node.a')
    .node('now', 'n/add', { a: 1 })
    .wire('now.sum', 'node.b');
  expect((await ran(document)).values.node).toEqual({ sum: 2 });
});

it('[P6] [G1] in a subgraph it hands on what the instance brings, else what is written there', async () => {
  const inner = flow().node('node', 'n/add', { a: 5 }, bypassed);
  const { document } = flow()
    .subgraph('my/inner', inner, { a: 'node.a' }, { sum: 'node.sum' })
    .node('brings', 'my/inner', { a: 1 })
    .node('nothing', 'my/inner');
  expect((await ran(document)).values).toEqual({ brings: { sum: 1 }, nothing: { sum: 5 } });
});
