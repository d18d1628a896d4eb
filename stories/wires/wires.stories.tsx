import { emptyDocument, type FlowDocument } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, fireEvent, userEvent, within } from 'storybook/test';
import { StoryEditor } from '../StoryEditor.js';

/** A number, a text, and nodes that take one or the other. */
const mixed: FlowDocument = {
  ...emptyDocument,
  title: 'Types that differ',
  nodes: {
    price: { type: 'loom/value-number', label: 'Price', position: { x: 0, y: 0 }, inputs: { value: 12.5 } },
    words: { type: 'loom/value-text', label: 'Words', position: { x: 0, y: 160 }, inputs: { value: 'to pay' } },
    upper: { type: 'python/change_case', label: 'Upper case', position: { x: 420, y: 0 }, inputs: { case: 'upper' } },
    sum: { type: 'python/add', label: 'Sum', position: { x: 420, y: 240 }, inputs: { b: 1 } },
  },
  edges: { e1: { source: 'price', sourcePort: 'value', target: 'sum', targetPort: 'a' } },
};

const meta = {
  title: 'Editor/Wires',
  component: StoryEditor,
  args: { defaultDocument: mixed },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

async function connectFrom(canvasElement: HTMLElement, node: string): Promise<void> {
  const canvas = within(canvasElement);
  const target = await canvas.findByRole('heading', { name: node, level: 3 });
  const { left, top } = target.getBoundingClientRect();
  await userEvent.pointer({ keys: '[MouseLeft]', target, coords: { clientX: left + 8, clientY: top + 8 } });
  await userEvent.keyboard('c');
  const port = await canvas.findByRole('combobox', { name: `Connect a port of ${node}` });
  await userEvent.type(port, 'output{Enter}');
}

/** A wire by keys: the ends that fit come first, the others say why they do not. */
export const ConnectByKeys: Story = {
  play: async ({ canvasElement }) => {
    await connectFrom(canvasElement, 'Price');
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('combobox', { name: 'Connect to' })).toHaveFocus();
    await expect((await canvas.findAllByRole('option', { name: /does not fit/ })).length).toBeGreaterThan(0);
  },
};

/** Where types differ, nodes are offered that go in between. */
export const Converter: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    await connectFrom(canvasElement, 'Price');
    const canvas = within(canvasElement);
    await userEvent.type(await canvas.findByRole('combobox', { name: 'Connect to' }), 'upper{Enter}');
    await expect(await canvas.findByRole('option', { name: /To text/ })).toBeVisible();
  },
};

/** What can be done with one port. */
export const PortMenu: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole('heading', { name: 'Sum', level: 3 });
    const port = canvasElement.querySelector('[data-id="sum"] .target[data-handleid="a"]');
    if (port === null) throw new Error('The port is not drawn.');
    const { left, top } = port.getBoundingClientRect();
    await fireEvent.contextMenu(port, { clientX: left + 8, clientY: top + 8 });
    await expect(await canvas.findByRole('menuitem', { name: 'Disconnect' })).toBeVisible();
  },
};

/** Two wires that run through one point, and move with it. */
export const Joined: Story = {
  args: {
    defaultDocument: {
      ...mixed,
      nodes: {
        ...mixed.nodes,
        half: { type: 'python/multiply', label: 'Half', position: { x: 420, y: 440 }, inputs: { b: 0.5 } },
      },
      edges: {
        e1: {
          source: 'price',
          sourcePort: 'value',
          target: 'sum',
          targetPort: 'a',
          view: { points: [{ x: 320, y: 200 }] },
        },
        e2: {
          source: 'price',
          sourcePort: 'value',
          target: 'half',
          targetPort: 'a',
          view: { points: [{ x: 320, y: 200 }] },
        },
      },
    },
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const points = await canvas.findAllByRole('button', { name: /^Point 1 of 1/ });
    await expect(points.map((point) => point.dataset.joined)).toEqual(['true', 'true']);
  },
};

export const JoinedDark: Story = { ...Joined, args: { ...Joined.args, theme: 'dark' } };
