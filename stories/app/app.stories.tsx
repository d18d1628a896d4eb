import { type FlowDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import repeat from '../../examples/flows/patterns/repeat.loom.json' with { type: 'json' };
import root from '../../examples/flows/patterns/while.loom.json' with { type: 'json' };
import penguins from '../../examples/flows/penguins.loom.json' with { type: 'json' };
import { StoryApp } from './StoryApp.js';

const savings = load(repeat).document;

/** The promoted inputs as an author would dress them. */
function dressed(document: FlowDocument): FlowDocument {
  const { start, years, percent } = document.inputs;
  if (start === undefined || years === undefined || percent === undefined) return document;
  return {
    ...document,
    inputs: {
      start: { ...start, help: 'What you put in at the beginning.' },
      years: { ...years, widget: { kind: 'slider', min: 1, max: 40, step: 1 } },
      percent,
    },
  };
}

const meta = {
  title: 'App/LoomApp',
  component: StoryApp,
  args: { document: dressed(savings) },
  argTypes: { theme: { control: 'inline-radio', options: ['light', 'dark', 'system'] } },
} satisfies Meta<typeof StoryApp>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Opening runs nothing. */
export const Ready: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('button', { name: 'Run' })).toBeVisible();
    await expect(canvas.queryByRole('figure')).toBeNull();
  },
};

/** The results are drawn by the views that the editor has. */
export const Results: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run' }));
    await expect(await canvas.findByRole('figure')).toBeVisible();
    await canvas.findByText(/^Done in/);
  },
};

/** A flow without inputs: a table and a chart, computed in Python. */
export const Charts: Story = {
  args: { document: load(penguins).document, theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run' }));
    await canvas.findByText(/^Done in/);
    await expect(canvas.getAllByRole('figure')).toHaveLength(2);
  },
};

/** What goes wrong is said by the names of node and input. */
export const Failed: Story = {
  args: { document: load(root).document, defaultValues: { number: 'many' } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run' }));
    await expect((await canvas.findAllByRole('alert'))[0]).toBeVisible();
  },
};
