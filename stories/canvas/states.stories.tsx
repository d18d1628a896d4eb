import { emptyDocument, type FlowDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

const { document } = load(branch);

/** One node that never ends, one that waits for it, and one beside them. */
const endless: FlowDocument = {
  ...emptyDocument,
  title: 'A long way',
  nodes: {
    first: { type: 'loom/value-number', label: 'Kilometres', position: { x: 0, y: 0 }, inputs: { value: 42 } },
    slow: { type: 'slow', label: 'Walk', position: { x: 320, y: 0 } },
    last: { type: 'loom/to-text', label: 'Arrive', position: { x: 640, y: 0 } },
  },
  edges: {
    e1: { source: 'first', sourcePort: 'value', target: 'slow', targetPort: 'way' },
    e2: { source: 'slow', sourcePort: 'way', target: 'last', targetPort: 'value' },
  },
  types: {
    slow: {
      kind: 'javascript',
      title: 'Walk',
      source:
        'export default async (_, { progress, signal }) => {\n  progress(0.4, "16 km");\n  await new Promise((resolve, reject) => signal.addEventListener("abort", reject));\n}',
      inputs: { way: { type: 'number' } },
      outputs: { way: { type: 'number' } },
    },
  },
};

const meta = {
  title: 'Canvas/States of nodes',
  component: StoryEditor,
  args: { defaultDocument: document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

const node = (canvasElement: HTMLElement, id: string) =>
  canvasElement.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`);

/** One node runs and says how far it is, the next is queued, and the toolbar counts. */
export const Running: Story = {
  args: { defaultDocument: endless },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    const status = (id: string) => node(canvasElement, id)?.querySelector<HTMLElement>('[data-status]')?.dataset.status;
    await waitFor(() => expect(['first', 'slow', 'last'].map(status)).toEqual(['success', 'running', 'queued']));
    await expect(await canvas.findByText(/^1 of 3/)).toBeVisible();
  },
};

export const RunningInTheDark: Story = { ...Running, args: { ...Running.args, theme: 'dark' } };

/** A node whose type is nowhere keeps its place, its inputs and its wires. */
export const MissingType: Story = {
  args: {
    defaultDocument: {
      ...document,
      nodes: { ...document.nodes, heavy: { type: 'elsewhere/scales', position: { x: 280, y: 170 } } },
    },
  },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('[data-missing="true"]')).toBeVisible());
    await waitFor(() => expect(node(canvasElement, 'branch')).toBeVisible());
  },
};

/** Nodes in colours that people chose, and nodes that are collapsed to their title. */
export const ColoursAndCollapsed: Story = {
  args: {
    defaultDocument: {
      ...document,
      nodes: Object.fromEntries(
        Object.entries(document.nodes).map(([id, each], at) => {
          const color = ['#c23b8f', '#1c8046', '#e0a030', '#5b8def'][at % 4] ?? '';
          return [id, { ...each, view: at % 2 === 0 ? { color } : { color, collapsed: true } }];
        }),
      ),
    },
  },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('[data-collapsed="true"]').length).toBe(3));
  },
};

/** A node is found by its name, and looked at. */
export const Found: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await waitFor(() => expect(node(canvasElement, 'post')).toBeVisible());
    canvasElement.querySelector<HTMLElement>('.loom-canvas')?.focus();
    await userEvent.keyboard('{Control>}f{/Control}');
    await userEvent.type(await canvas.findByRole('combobox', { name: 'Find a node' }), 'post{Enter}');
    await expect(await canvas.findByRole('heading', { level: 2, name: 'Post' })).toBeVisible();
  },
};

/** The search that adds a node, with what it says about the one that is marked. */
export const AddANode: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Add a node' }));
    await userEvent.type(await canvas.findByRole('combobox', { name: 'Add a node' }), 'te');
    await expect((await canvas.findAllByRole('option')).length).toBeGreaterThan(1);
  },
};

/** A file with faults says what is wrong, and replaces nothing unless one says so. */
export const FaultyFile: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await waitFor(() => expect(node(canvasElement, 'post')).toBeVisible());
    const faulty = {
      ...document,
      edges: { loose: { source: 'weight', sourcePort: 'value', target: 'nobody', targetPort: 'x' } },
    };
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([JSON.stringify(faulty)], 'parcels.loom.json', { type: 'application/json' }));
    const target = canvasElement.querySelector('.loom-canvas');
    for (const type of ['dragover', 'drop']) {
      target?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
    }
    await expect(await canvas.findByRole('dialog')).toBeVisible();
    await expect(await canvas.findByRole('button', { name: 'Keep the current flow' })).toBeVisible();
  },
};
