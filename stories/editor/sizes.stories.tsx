import { emptyDocument, type FlowDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import penguins from '../../examples/flows/penguins.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

const COLUMNS = 40;
const ROWS = 25;

/** Rows of nodes, each fed by the one before it. */
function manyNodes(): FlowDocument {
  const nodes: Record<string, FlowDocument['nodes'][string]> = {};
  const edges: Record<string, FlowDocument['edges'][string]> = {};
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const id = `n${row}-${column}`;
      nodes[id] = { type: 'next', label: `Next ${row}.${column}`, position: { x: column * 280, y: row * 160 } };
      if (column === 0) continue;
      edges[id] = { source: `n${row}-${column - 1}`, sourcePort: 'out', target: id, targetPort: 'value' };
    }
  }
  return {
    ...emptyDocument,
    title: 'A thousand nodes',
    nodes,
    edges,
    types: {
      next: {
        kind: 'javascript',
        title: 'Next',
        source: 'export default ({ value }) => ({ out: value + 1 })',
        inputs: { value: { type: 'number', default: 0 } },
        outputs: { out: { type: 'number' } },
      },
    },
  };
}

const meta = {
  title: 'Editor/Sizes',
  component: StoryEditor,
  args: { defaultDocument: load(penguins).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A thousand nodes that have run: from far away they are drawn as what they did. */
export const ThousandNodes: Story = {
  args: { defaultDocument: manyNodes() },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await canvas.findByText(/^Done in/);
  },
};

/** In a narrow place the canvas comes first; panels lie over it when they are asked for. */
export const Narrow: Story = {
  decorators: [
    (Story) => (
      <div style={{ width: 400, height: '100vh', overflow: 'hidden', borderInlineEnd: '1px solid #8888' }}>
        <Story />
      </div>
    ),
  ],
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('button', { name: 'Run flow' })).toBeVisible();
    await expect(canvas.queryByRole('complementary', { name: 'Inspector' })).toBeNull();
  },
};

/** On a phone a tap selects a node, and the inspector comes over the canvas. */
export const Touch: Story = {
  ...Narrow,
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await waitFor(() => expect(canvasElement.querySelectorAll('.loom-node-title').length).toBeGreaterThan(0));
    const title = canvasElement.querySelector('.react-flow__node[data-id="read"] .loom-node-title') as HTMLElement;
    await userEvent.pointer({ keys: '[TouchA]', target: title });
    await userEvent.click(canvas.getByRole('button', { name: 'Inspector' }));
    await expect(await canvas.findByRole('heading', { level: 2, name: 'Penguins' })).toBeVisible();
  },
};

/** In a window of middle size the inspector begins closed, and the flow fits beside the library. */
export const Middle: Story = {
  decorators: [
    (Story) => (
      <div style={{ width: 1000, height: '100vh', overflow: 'hidden', borderInlineEnd: '1px solid #8888' }}>
        <Story />
      </div>
    ),
  ],
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('tree', { name: 'Library' })).toBeVisible();
    await expect(canvas.queryByRole('complementary', { name: 'Inspector' })).toBeNull();
    await userEvent.click(canvas.getByRole('button', { name: 'Inspector' }));
    await expect(await canvas.findByRole('complementary', { name: 'Inspector' })).toBeVisible();
  },
};
