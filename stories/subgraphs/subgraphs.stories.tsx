import { load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import subgraph from '../../examples/flows/patterns/subgraph.loom.json' with { type: 'json' };
import { runPattern } from '../patterns/run-pattern.js';
import { StoryEditor } from '../StoryEditor.js';

const meta = {
  title: 'Editor/Subgraphs',
  component: StoryEditor,
  args: { defaultDocument: load(subgraph).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The inside of one instance, with what it did in the last run; what is changed here changes in both instances. */
export const Opened: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await runPattern(canvasElement, { shows: { stars: '*"one"*' } });
    const [first] = await canvas.findAllByRole('button', { name: 'Open the subgraph' });
    if (first === undefined) throw new Error('No instance can be opened.');
    await userEvent.click(first);
    await canvas.findByText(/^Used by 2 nodes/);
    await waitFor(() =>
      expect(canvasElement.querySelector('.react-flow__node[data-id="wrap"] .loom-node-preview')).toBeVisible(),
    );
  },
};

export const OpenedInTheDark: Story = { ...Opened, args: { theme: 'dark' } };
