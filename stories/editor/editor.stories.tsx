import { emptyDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';
import penguins from '../../examples/flows/penguins.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

const meta = {
  title: 'Editor/States',
  component: StoryEditor,
  args: { defaultDocument: load(penguins).document },
  argTypes: { theme: { control: 'inline-radio', options: ['light', 'dark', 'system'] } },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A flow that has not run. */
export const Ready: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('button', { name: 'Run flow' })).toBeVisible();
  },
};

export const Dark: Story = { args: { theme: 'dark' } };

/** What someone sees who starts from nothing. */
export const Empty: Story = { args: { defaultDocument: emptyDocument } };

/** Everything can be looked at and run; nothing can be changed. */
export const ReadOnly: Story = {
  args: { readOnly: true },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('button', { name: 'Run flow' })).toBeVisible();
    await expect(canvas.queryByRole('button', { name: 'Undo' })).toBeNull();
  },
};

/** Without an engine there is nothing to run with, and no button for it. */
export const WithoutEngine: Story = {
  args: { runnable: false },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('button', { name: 'Save as a file' })).toBeVisible();
    await expect(canvas.queryByRole('button', { name: 'Run flow' })).toBeNull();
  },
};
