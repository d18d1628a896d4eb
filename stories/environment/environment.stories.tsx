import { emptyDocument, type FlowDocument } from '@loom/graph';
import type { PackageSources } from '@loom/pyodide';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { wheelFile } from '../../packages/pyodide/test/wheel-file.js';
import { StoryEditor } from '../StoryEditor.js';

const flow: FlowDocument = {
  ...emptyDocument,
  title: 'Cities by their distance',
  nodes: {
    from: { type: 'loom/value-text', label: 'From', position: { x: 0, y: 0 }, inputs: { value: 'Bern' } },
    distance: { type: 'distance', position: { x: 320, y: 0 }, inputs: { to: 'Oslo' } },
  },
  edges: { wire: { source: 'from', sourcePort: 'value', target: 'distance', targetPort: 'start' } },
  types: {
    distance: {
      kind: 'python',
      source:
        'from atlas import kilometres\n\n\ndef distance(start: str, to: str) -> float:\n    """How far two cities are apart."""\n    return kilometres(start, to)\n',
    },
  },
  environment: { python: { requirements: ['atlas>=1.2'] } },
};

/** A package as the app would have it: nothing is fetched from anywhere. */
async function atlas(): Promise<PackageSources> {
  const source = `
import math

PLACES = {"Bern": (46.95, 7.45), "Oslo": (59.91, 10.75)}

def kilometres(a, b):
    (f, g), (h, i) = (map(math.radians, PLACES[name]) for name in (a, b))
    return round(6371 * math.acos(math.sin(f) * math.sin(h) + math.cos(f) * math.cos(h) * math.cos(g - i)), 1)
`;
  const { name, data } = await wheelFile({ name: 'atlas', version: '1.4', files: { 'atlas.py': source } });
  return { files: [{ name, data }] };
}

const meta = {
  title: 'Editor/Python packages',
  component: StoryEditor,
  args: { defaultDocument: flow },
  loaders: [async () => ({ packages: await atlas() })],
  render: (args, { loaded }) => <StoryEditor {...args} packages={loaded.packages} />,
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** What the flow requires is a part of it; the next run makes it ready. */
export const Required: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByText('Made ready by the next run.')).toBeVisible();
  },
};

/** The packages that were chosen. Their versions can be kept in the flow. */
export const Ready: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await canvas.findByText(/^Done in/);
    await expect(canvas.getByRole('button', { name: 'Keep these versions' })).toBeVisible();
  },
};

/** A package that nobody has: it is said which, and no node starts. */
export const Missing: Story = {
  args: { defaultDocument: { ...flow, environment: { python: { requirements: ['atlas>=1.2', 'no-such-thing'] } } } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await expect(await canvas.findByRole('button', { name: 'Run again' })).toBeVisible();
  },
};

/** What is no requirement is told while one types, and is not taken. */
export const Mistyped: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.type(
      await canvas.findByRole('textbox', { name: 'Requirements, one in each line' }),
      '{Enter}-r more.txt',
    );
    await expect(await canvas.findByRole('alert')).toBeVisible();
  },
};
