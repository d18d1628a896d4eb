import { type FlowDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import collectErrors from '../../examples/flows/patterns/collect-errors.loom.json' with { type: 'json' };
import nestedZones from '../../examples/flows/patterns/nested-zones.loom.json' with { type: 'json' };
import streams from '../../examples/flows/patterns/streams.loom.json' with { type: 'json' };
import { runPattern } from '../patterns/run-pattern.js';
import { StoryEditor } from '../StoryEditor.js';

const nested = load(nestedZones).document;

/** The flow with one of its zones folded. */
function folded(document: FlowDocument, id: string): FlowDocument {
  const node = document.nodes[id];
  return node === undefined
    ? document
    : { ...document, nodes: { ...document.nodes, [id]: { ...node, view: { ...node.view, collapsed: true } } } };
}

const meta = {
  title: 'Editor/Zones',
  component: StoryEditor,
  args: { defaultDocument: nested },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Containers: outer ports at the head, inner ones at the sides of the body. */
export const Containers: Story = {
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.loom-zone-body')).toHaveLength(2));
  },
};

/** The body shows what it did in the iteration that one looks at: 2 × 1, and not the last one, 3 × 4. */
export const OneIteration: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await runPattern(canvasElement, { shows: { times: '12' } });
    const [outer, inner] = await canvas.findAllByRole('button', { name: 'Next iteration' });
    if (outer === undefined || inner === undefined) throw new Error('The zones offer no iterations.');
    await userEvent.click(outer);
    await userEvent.click(outer);
    await userEvent.click(inner);
    const times = canvasElement.querySelector('.react-flow__node[data-id="times"] .loom-node-preview');
    await waitFor(() => expect(times).toHaveTextContent(/^2$/));
  },
};

/** One jumps from failed iteration to failed iteration. */
export const FailedIterations: Story = {
  args: { defaultDocument: load(collectErrors).document },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await runPattern(canvasElement, { failed: { read: 'is no number.' } });
    await userEvent.click(await canvas.findByRole('button', { name: /^2 iterations failed/ }));
    await canvas.findByText(/^\d of 4$/);
    const read = canvasElement.querySelector('.react-flow__node[data-id="read"]');
    await waitFor(() => expect(read).toHaveTextContent('is no number.'));
  },
};

/** A node that takes a stream item by item shows what it did with each of them. */
export const ItemsOfAStream: Story = {
  args: { defaultDocument: load(streams).document },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await runPattern(canvasElement, {});
    await userEvent.click(await canvas.findByRole('button', { name: 'Next iteration' }));
    const item = canvasElement.querySelector('.react-flow__node[data-id="correct"] .loom-node-preview');
    await waitFor(() => expect(item).toHaveTextContent(/^21.5$/));
  },
};

/** What lies in a folded zone is hidden; its wires end at the header. */
export const Folded: Story = {
  args: { defaultDocument: folded(nested, 'columns') },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.react-flow__node')).toHaveLength(2));
    await waitFor(() => expect(canvasElement.querySelectorAll('.react-flow__edge')).toHaveLength(2));
  },
};
