import { type FlowDocument, load, type NodeSettings } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import forEach from '../../examples/flows/patterns/for-each.loom.json' with { type: 'json' };
import live from '../../examples/flows/patterns/live.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

/** The flow with settings of some nodes. */
function withSettings(flow: unknown, settings: Readonly<Record<string, NodeSettings>>): FlowDocument {
  const { document } = load(flow);
  const nodes = Object.entries(document.nodes).map(([id, node]) => [
    id,
    settings[id] === undefined ? node : { ...node, settings: { ...node.settings, ...settings[id] } },
  ]);
  return { ...document, nodes: Object.fromEntries(nodes) };
}

/** The flow with a node whose inputs were taken away. */
function withoutInput(flow: unknown, id: string): FlowDocument {
  const { document } = load(flow);
  const { inputs: _gone, ...node } = document.nodes[id] ?? { type: '', position: { x: 0, y: 0 } };
  return { ...document, nodes: { ...document.nodes, [id]: node } };
}

function nodeElement(canvasElement: HTMLElement, id: string): Element {
  const element = canvasElement.querySelector(`.react-flow__node[data-id="${id}"] .loom-node-title`);
  if (!element) throw new Error(`The node "${id}" is not on the canvas.`);
  return element;
}

const meta = {
  title: 'Editor/Running',
  component: StoryEditor,
  args: { defaultDocument: load(forEach).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A breakpoint with a condition holds the third iteration; one reads where, and can step or go on. */
export const AtABreakpoint: Story = {
  args: { defaultDocument: withSettings(forEach, { square: { breakpoint: 'index >= 2' } }) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await canvas.findByText('Paused before Square, iteration 3');
    await expect(canvas.getByRole('button', { name: 'Resume' })).toBeVisible();
  },
};

/** A condition that has no answer holds the run, and says why: below the node, and beside the condition. */
export const ConditionWithoutAnswer: Story = {
  args: { defaultDocument: withSettings(forEach, { square: { breakpoint: 'inputs.n > "two"' } }) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await userEvent.click(await canvas.findByRole('button', { name: /^Paused before Square/ }));
    await expect(await canvas.findByRole('textbox', { name: 'Condition' })).toHaveAttribute('aria-invalid', 'true');
    await canvas.findByRole('button', { name: /have no order/ });
  },
};

/** What a pinned node gives is edited in the inspector. */
export const PinnedValue: Story = {
  args: { defaultDocument: withSettings(branch, { freight: { pinned: { price: 12 } } }), theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole('button', { name: 'Run flow' });
    await waitFor(() => nodeElement(canvasElement, 'freight'));
    await userEvent.click(nodeElement(canvasElement, 'freight'));
    await expect(await canvas.findByRole('spinbutton', { name: /^Pinned: / })).toHaveValue('12');
  },
};

/** Nothing is given where something is needed: how the run ended leads to the node, and its error to the field. */
export const MissingInput: Story = {
  args: { defaultDocument: withoutInput(branch, 'freight') },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await userEvent.click(await canvas.findByRole('button', { name: /^Failed after/ }));
    await userEvent.click(await canvas.findByRole('button', { name: /^Nothing is given for the input/ }));
    await waitFor(() => expect(document.activeElement?.closest('.loom-inspector .loom-port-field')).not.toBeNull());
  },
};

/** What does not run as its type says is seen on the node. */
export const Modes: Story = {
  args: {
    defaultDocument: withSettings(branch, {
      weight: { mode: 'muted' },
      heavy: { mode: 'bypassed' },
      freight: { pinned: { price: 12 } },
      post: { breakpoint: true },
    }),
  },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelectorAll('.loom-node-mark').length).toBeGreaterThan(0));
  },
};

/** Event nodes listen and count what they fired. */
export const Live: Story = {
  args: { defaultDocument: load(live).document, theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Live: listen for events' }));
    await waitFor(() => expect(canvasElement.querySelectorAll('[data-status="listening"]').length).toBeGreaterThan(1));
    await waitFor(() => expect(canvas.getAllByText(/^Listening, fired [1-9]\d*×$/).length).toBeGreaterThan(0));
  },
};

/** A run alone waits for no event: the line of its end says so, and leads on. */
export const EventsUnheard: Story = {
  args: { defaultDocument: load(live).document },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await userEvent.click(await canvas.findByRole('button', { name: /go live to hear events$/ }));
    await waitFor(() => expect(canvasElement.querySelectorAll('[data-status="listening"]').length).toBeGreaterThan(1));
  },
};

/** What can be done with a node, with the keys for it. */
export const MenuOfANode: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole('button', { name: 'Run flow' });
    await waitFor(() => nodeElement(canvasElement, 'square'));
    const target = nodeElement(canvasElement, 'square');
    const { left, top, width } = target.getBoundingClientRect();
    await userEvent.pointer({ keys: '[MouseRight]', target, coords: { clientX: left + width / 2, clientY: top + 12 } });
    await expect(await canvas.findByRole('menu', { name: 'Node' })).toBeVisible();
  },
};

/** Everything that a zone can be told, and why it would run. */
export const SettingsOfAZone: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole('button', { name: 'Run flow' });
    await waitFor(() => nodeElement(canvasElement, 'each'));
    await userEvent.click(nodeElement(canvasElement, 'each'));
    await expect(await canvas.findByRole('combobox', { name: 'When an iteration fails' })).toBeVisible();
    await userEvent.click(await canvas.findByText('Why would this run?'));
    await canvas.findByText('It has no result yet.');
  },
};

/** Pointing at a wire shows what is on it: its type, its size, and which run made it. */
export const ValueOfAWire: Story = {
  args: { defaultDocument: load(branch).document },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await canvas.findByText(/^Done in/);
    const wire = canvasElement.querySelector('.react-flow__edge-interaction') as SVGPathElement;
    const { left, top, width, height } = wire.getBoundingClientRect();
    await userEvent.pointer({ target: wire, coords: { clientX: left + width / 2, clientY: top + height / 2 } });
    await expect(await canvas.findByRole('status', { name: 'Value on the wire' })).toHaveTextContent('12');
  },
};
