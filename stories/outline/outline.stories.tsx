import { emptyDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import forEach from '../../examples/flows/patterns/for-each.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

const meta = {
  title: 'Editor/Outline',
  component: StoryEditor,
  args: { defaultDocument: load(forEach).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

async function openOutline(canvasElement: HTMLElement): Promise<HTMLElement> {
  const canvas = within(canvasElement);
  await canvas.findByRole('button', { name: 'Run flow' });
  canvasElement.querySelector<HTMLElement>('.loom-canvas')?.focus();
  await userEvent.keyboard('{Shift>}O{/Shift}');
  return canvas.findByRole('tree', { name: 'Outline' });
}

/** The flow as a tree, with what lies in its zones, and the ports of the first node. */
export const Outline: Story = {
  play: async ({ canvasElement }) => {
    const tree = await openOutline(canvasElement);
    tree.focus();
    await userEvent.keyboard('{ArrowRight}');
    await expect(await within(tree).findByRole('treeitem', { selected: true })).toBeVisible();
  },
};

export const Dark: Story = { ...Outline, args: { theme: 'dark' } };

/** Where nothing is, one begins from here too. */
export const Empty: Story = {
  args: { defaultDocument: emptyDocument },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole('button', { name: 'Run flow' });
    canvasElement.querySelector<HTMLElement>('.loom-canvas')?.focus();
    await userEvent.keyboard('{Shift>}O{/Shift}');
    await expect(await canvas.findByRole('group', { name: 'Outline' })).toHaveFocus();
  },
};
