import { load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

const meta = {
  title: 'Editor/Commands',
  component: StoryEditor,
  args: { defaultDocument: load(branch).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Everything that can be done now, found by some of its letters. */
export const Palette: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Commands' }));
    await userEvent.type(await canvas.findByRole('combobox', { name: 'Search commands' }), 'ru');
    await expect(await canvas.findByRole('option', { name: /^Run flow/ })).toBeVisible();
  },
};

/** The keys that hold here. */
export const Keys: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Commands' }));
    await userEvent.type(await canvas.findByRole('combobox', { name: 'Search commands' }), 'keys{Enter}');
    await expect(await canvas.findByRole('dialog', { name: 'Keys' })).toBeVisible();
  },
};

/** Other keys are pressed for a command; those that another one has are named first. */
export const ChangeKeys: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Commands' }));
    await userEvent.type(await canvas.findByRole('combobox', { name: 'Search commands' }), 'keys{Enter}');
    await userEvent.click(await canvas.findByRole('button', { name: 'Change keys' }));
    await userEvent.click(await canvas.findByRole('button', { name: 'Take F9 from Breakpoint' }));
    await userEvent.click(await canvas.findByRole('button', { name: 'Add a key for Breakpoint' }));
    await userEvent.keyboard('{Control>}d{/Control}');
    await expect(await canvas.findByText('Ctrl+D belongs to “Duplicate”.')).toBeVisible();
  },
};

export const ChangeKeysDark: Story = { ...ChangeKeys, args: { theme: 'dark' } };
