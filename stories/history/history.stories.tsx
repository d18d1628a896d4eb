import { load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

const meta = {
  title: 'Editor/History',
  component: StoryEditor,
  args: { defaultDocument: load(branch).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Every change by its name: what was undone above, what there was before below. One goes there at once. */
export const Changes: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole('button', { name: 'Run flow' });
    const title = await canvas.findByRole('textbox', { name: 'Title of the flow' });
    await userEvent.type(title, ' and mail');
    await userEvent.click((await canvas.findAllByRole('button', { name: 'Collapse' }))[1] as HTMLElement);
    await userEvent.click((await canvas.findAllByRole('button', { name: 'Collapse' }))[2] as HTMLElement);
    await userEvent.click(canvas.getByRole('button', { name: /^Undo/ }));
    await userEvent.click(canvas.getByRole('button', { name: 'History of changes' }));
    const menu = within(await canvas.findByRole('menu', { name: 'History of changes' }));
    await expect(menu.getAllByRole('menuitem')).toHaveLength(4);
  },
};

/** Undo of an input brings its earlier result back, without running anything. */
export const ResultsComeBack: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await canvas.findByText(/^Done in/);
    const weight = (await canvas.findAllByRole('spinbutton', { name: 'Value' }))[0] as HTMLElement;
    await userEvent.clear(weight);
    await userEvent.type(weight, '2');
    await userEvent.click(canvas.getByRole('button', { name: 'Run flow' }));
    const price = () =>
      canvasElement.querySelector('.react-flow__node[data-id="merge"] .loom-node-preview')?.textContent;
    await waitFor(() => expect(price()).toBe('10'));
    await userEvent.click(canvas.getByRole('button', { name: /^Undo/ }));
    await waitFor(() => expect(price()).toBe('36'));
  },
};
