import { type FlowDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, waitFor, within } from 'storybook/test';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

const framed: FlowDocument = {
  ...load(branch).document,
  frames: {
    ways: {
      kind: 'frame',
      title: 'Two ways to send a parcel',
      position: { x: 840, y: -160 },
      size: { width: 290, height: 510 },
      color: '#1c8046',
    },
    note: {
      kind: 'note',
      text: '## Parcels\n\nOnly the way that is **taken** runs.\n\n- heavy: freight\n- light: post',
      position: { x: 0, y: -230 },
      size: { width: 300, height: 170 },
      color: '#e0a030',
    },
  },
};

const meta = {
  title: 'Editor/Frames and notes',
  component: StoryEditor,
  args: { defaultDocument: framed },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A frame lies behind the nodes and takes them along; a note is written in Markdown. */
export const Light: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('heading', { name: 'Two ways to send a parcel' })).toBeVisible();
    await waitFor(() => expect(canvas.getByRole('heading', { name: 'Parcels' })).toBeVisible());
  },
};

export const Dark: Story = { ...Light, args: { theme: 'dark' } };

/** What can only be read has no buttons to change it. */
export const ReadOnly: Story = {
  ...Light,
  args: { readOnly: true },
};

/** What can be done with a frame, from its menu; its title and colour stand in the inspector. */
export const Menu: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await fireEvent.contextMenu(await canvas.findByRole('heading', { name: 'Two ways to send a parcel' }), {
      clientX: 640,
      clientY: 200,
    });
    await expect(await canvas.findByRole('menu', { name: 'Frame' })).toBeVisible();
    await expect(await canvas.findByRole('textbox', { name: 'Title' })).toHaveValue('Two ways to send a parcel');
  },
};

export const MenuDark: Story = { ...Menu, args: { theme: 'dark' } };
