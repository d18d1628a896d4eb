import { load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';
import penguins from '../../examples/flows/penguins.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';
import { runFlow } from './run-flow.js';

const meta = {
  title: 'Example flows/Penguins',
  component: StoryEditor,
  args: { defaultDocument: load(penguins).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** The means of the three species come out as published. */
export const AfterRun: Story = {
  play: async ({ canvasElement }) => {
    await runFlow(canvasElement);
    const canvas = within(canvasElement);
    for (const mean of ['3700.66', '3733.09', '5076.02']) {
      await expect((await canvas.findAllByText(new RegExp(mean.replace(/^(\d)/, '$1,?'))))[0]).toBeVisible();
    }
  },
};
