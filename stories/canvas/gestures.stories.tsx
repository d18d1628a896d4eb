import { emptyDocument, type FlowDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import { drag, middle, press } from '../../packages/react/src/canvas/pointer-fixture.js';
import { StoryEditor } from '../StoryEditor.js';

/** A number and what takes texts and numbers. */
const mixed: FlowDocument = {
  ...emptyDocument,
  title: 'Types that differ',
  nodes: {
    price: { type: 'loom/value-number', label: 'Price', position: { x: 0, y: 60 }, inputs: { value: 12.5 } },
    upper: { type: 'python/change_case', label: 'Upper case', position: { x: 420, y: 0 } },
    sum: { type: 'python/add', label: 'Sum', position: { x: 420, y: 240 }, inputs: { b: 1 } },
  },
};

const meta = {
  title: 'Canvas/Gestures',
  component: StoryEditor,
  args: { defaultDocument: load(branch).document },
  // What a story holds is let go of when it goes.
  beforeEach: () => () => {
    document.dispatchEvent(new MouseEvent('mouseup', { bubbles: true, view: window }));
  },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** An element of the canvas as soon as it is drawn. */
function drawn(canvasElement: HTMLElement, selector: string): Promise<HTMLElement> {
  return waitFor(() => {
    const element = canvasElement.querySelector<HTMLElement>(selector);
    if (element === null) throw new Error(`There is no ${selector}.`);
    return element;
  });
}

const port = (node: string, name: string, side: 'source' | 'target') =>
  `.react-flow__node[data-id="${node}"] .${side}[data-handleid="${name}"]`;

/** A node that comes into line with others is held there, and lines show with what. */
export const Aligning: Story = {
  play: async ({ canvasElement }) => {
    const moved = await drawn(canvasElement, '.react-flow__node[data-id="post"] .loom-node-title');
    const still = await drawn(canvasElement, '.react-flow__node[data-id="freight"] .loom-node-title');
    const { y } = middle(moved);
    await press(moved, { x: middle(moved).x + (middle(still).x - middle(moved).x) + 2, y: y + 40 });
    await waitFor(() => expect(canvasElement.querySelectorAll('.loom-guides line').length).toBeGreaterThan(0));
  },
};

/** While a wire is drawn, ports that fit stand out, others step back, and the one below the pointer says why. */
export const Connecting: Story = {
  args: { defaultDocument: mixed },
  play: async ({ canvasElement }) => {
    const from = await drawn(canvasElement, port('price', 'value', 'source'));
    const to = await drawn(canvasElement, port('upper', 'text', 'target'));
    await press(from, middle(to));
    await waitFor(() => expect(canvasElement.querySelectorAll('[data-fit="no"]').length).toBeGreaterThan(0));
    await expect(await drawn(canvasElement, '.loom-connect-hint')).toHaveTextContent(/does not fit/);
  },
};

export const ConnectingInTheDark: Story = { ...Connecting, args: { ...Connecting.args, theme: 'dark' } };

/** A wire that is dropped on nothing asks for a node that it fits on. */
export const LooseWire: Story = {
  args: { defaultDocument: mixed },
  play: async ({ canvasElement }) => {
    const from = await drawn(canvasElement, port('price', 'value', 'source'));
    const { x, y } = middle(from);
    await drag(from, { x: x + 60, y: y + 120 });
    const field = await within(canvasElement).findByRole('combobox', { name: 'Add a node' });
    await userEvent.type(field, 'number');
    await expect((await within(canvasElement).findAllByRole('option')).length).toBeGreaterThan(0);
  },
};

/** A lasso selects what lies in it. */
export const Lasso: Story = {
  play: async ({ canvasElement }) => {
    const pane = await drawn(canvasElement, '.react-flow__pane');
    const area = await drawn(canvasElement, '.loom-area');
    const canvas = await drawn(canvasElement, '.loom-canvas');
    canvas.focus();
    await userEvent.keyboard('l');
    await waitFor(() => expect(canvas.dataset.tool).toBe('lasso'));
    const from = middle(await drawn(canvasElement, '.react-flow__node[data-id="heavy"]'));
    const fire = (type: string, clientX: number, clientY: number) => {
      const init = { bubbles: true, cancelable: true, view: window, clientX, clientY, isPrimary: true, pointerId: 1 };
      pane.dispatchEvent(new PointerEvent(`pointer${type}`, init));
    };
    fire('down', from.x - 110, from.y - 20);
    for (let step = 0; step <= 20; step += 1) {
      const turn = Math.PI + (step / 20) * 1.9 * Math.PI;
      fire('move', from.x + 110 * Math.cos(turn), from.y + 70 * Math.sin(turn));
    }
    await waitFor(() => expect(area.querySelector('path')).not.toBeNull());
  },
};

/** Several nodes: the inspector arranges them, and says what else can be done with all of them. */
export const Selected: Story = {
  args: { defaultDocument: mixed },
  play: async ({ canvasElement }) => {
    const canvas = await drawn(canvasElement, '.loom-canvas');
    const price = await drawn(canvasElement, '.react-flow__node[data-id="price"]');
    canvas.focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    const inspector = within(await within(canvasElement).findByRole('complementary', { name: 'Inspector' }));
    await expect(await inspector.findByText('3 nodes are selected.')).toBeVisible();
    const { y } = middle(price);
    await userEvent.click(await inspector.findByRole('button', { name: 'Distribute down' }));
    await waitFor(() => expect(middle(price).y).toBeGreaterThan(y + 10));
  },
};

/** What can be done with a wire, and where it leads. */
export const MenuOfAWire: Story = {
  play: async ({ canvasElement }) => {
    const wire = await drawn(canvasElement, '.react-flow__edge-interaction');
    const target = middle(wire);
    await userEvent.pointer({ keys: '[MouseRight]', target: wire, coords: { clientX: target.x, clientY: target.y } });
    await expect(await within(canvasElement).findByRole('menu', { name: 'Wire' })).toBeVisible();
  },
};

/** What can be done where nothing is. */
export const MenuOfThePane: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const pane = await drawn(canvasElement, '.react-flow__pane');
    const { left, top } = pane.getBoundingClientRect();
    const coords = { clientX: left + 160, clientY: top + 60 };
    await userEvent.pointer({ keys: '[MouseRight]', target: pane, coords });
    await expect(await within(canvasElement).findByRole('menu', { name: 'Canvas' })).toBeVisible();
  },
};
