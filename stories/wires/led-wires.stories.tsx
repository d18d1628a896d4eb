import { type EdgeView, type FlowDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor } from 'storybook/test';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

const { document } = load(branch);

/** Wires that go around what stands between their ends. */
const views: Readonly<Record<string, EdgeView>> = {
  'weight.value -> branch.value': {
    points: [
      { x: 270, y: 370 },
      { x: 545, y: 370 },
    ],
  },
  'branch.false -> post.weight': { points: [{ x: 830, y: 300 }] },
};
const led: FlowDocument = {
  ...document,
  edges: Object.fromEntries(
    Object.entries(document.edges).map(([id, edge]) => {
      const view = views[id];
      return [id, view === undefined ? edge : { ...edge, view }];
    }),
  ),
};

const meta = {
  title: 'Editor/Led wires',
  component: StoryEditor,
  args: { defaultDocument: led },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A wire is led through points, which one drags, moves by arrow keys, and takes away by Delete. */
export const Led: Story = {
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.loom-wire-point')).toHaveLength(3));
    const [point] = canvasElement.querySelectorAll<SVGElement>('.loom-wire-point');
    point?.focus();
    const before = point?.getAttribute('cy');
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() =>
      expect(canvasElement.querySelector('.loom-wire-point')?.getAttribute('cy')).toBe(String(Number(before) + 4)),
    );
  },
};

export const LedDark: Story = { ...Led, args: { theme: 'dark' } };

/** What can only be read shows the points, and moves none. */
export const ReadOnly: Story = {
  args: { readOnly: true },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.loom-wire-point')).toHaveLength(3));
    expect(canvasElement.querySelectorAll('.loom-wire-point[tabindex]')).toHaveLength(0);
  },
};
