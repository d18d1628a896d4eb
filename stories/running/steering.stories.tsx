import { emptyDocument, type FlowDocument } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { StoryEditor } from '../StoryEditor.js';

const SOURCES = {
  train: `
import asyncio
from typing import Annotated
from loom import Context, Range

async def train(ctx: Context, rate: Annotated[float, Range(0, 1)] = 0.2, steps: int = 400) -> float:
    """Goes down a slope. The rate can be changed while it runs."""
    at = 9.0
    for step in ctx.progress(range(steps), "step"):
        at -= ctx.param("rate", rate) * 0.05 * at
        ctx.metric("loss", at * at)
        ctx.metric("distance", at)
        await asyncio.sleep(0.05)
    return at
`,
  greet: `
from loom import Context

async def greet(ctx: Context, greeting: str = "Hello") -> str:
    """Asks for a name."""
    return f"{greeting}, {await ctx.ask('What is your name?')}!"
`,
  share: `
def share(amount: float = 100.0, people: int = 0) -> float:
    """Everyone gets the same."""
    print(f"sharing {amount} among {people}")
    return amount / people
`,
  shout: `
def shout(text: str) -> str:
    return text.upper()
`,
} as const;

type Name = keyof typeof SOURCES;

function flowOf(title: string, nodes: FlowDocument['nodes'], edges: FlowDocument['edges'] = {}): FlowDocument {
  const names = Object.keys(SOURCES) as Name[];
  const used = names.filter((name) => Object.values(nodes).some(({ type }) => type === name));
  const types = used.map((name) => [name, { kind: 'python', source: SOURCES[name].trimStart() }] as const);
  return { ...emptyDocument, title, nodes, edges, types: Object.fromEntries(types) };
}

const training = flowOf('Training', { train: { type: 'train', position: { x: 0, y: 0 } } });
const asking = flowOf(
  'Greeting',
  { greet: { type: 'greet', position: { x: 0, y: 0 } }, shout: { type: 'shout', position: { x: 320, y: 0 } } },
  { wire: { source: 'greet', sourcePort: 'result', target: 'shout', targetPort: 'text' } },
);
const sharing = flowOf('Sharing', { share: { type: 'share', position: { x: 0, y: 0 } } });

const meta = {
  title: 'Editor/Steering a run',
  component: StoryEditor,
  args: { defaultDocument: training },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

async function run(canvasElement: HTMLElement) {
  const canvas = within(canvasElement);
  await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
  return canvas;
}

async function select(canvasElement: HTMLElement, id: string): Promise<void> {
  await waitFor(() => expect(canvasElement.querySelector(`.react-flow__node[data-id="${id}"]`)).not.toBeNull());
  await userEvent.click(
    canvasElement.querySelector(`.react-flow__node[data-id="${id}"] .loom-node-title`) as HTMLElement,
  );
}

/** What a node measures while it runs grows as lines; its progress is seen on it and in the toolbar. */
export const LiveMetrics: Story = {
  play: async ({ canvasElement }) => {
    await select(canvasElement, 'train');
    const canvas = await run(canvasElement);
    await canvas.findAllByText('loss');
    await waitFor(() => expect(canvasElement.querySelectorAll('.loom-metrics .loom-plot[data-small]').length).toBe(2));
    await waitFor(() => expect(canvasElement.querySelector('.loom-node-progress[data-known="true"]')).not.toBeNull());
  },
};

/** A value that is changed while the node runs reaches it, and the node says whether it took it. */
export const LiveParameter: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    await select(canvasElement, 'train');
    const canvas = await run(canvasElement);
    await canvas.findAllByText('loss');
    const inspector = within(await canvas.findByRole('complementary', { name: 'Inspector' }));
    const rate = inspector.getByRole('spinbutton', { name: 'Rate' });
    await userEvent.clear(rate);
    await userEvent.type(rate, '0.8');
    await expect((await canvas.findAllByText('Taken by the running node.'))[0]).toBeInTheDocument();
  },
};

/** A node asks, and waits for the answer; the rest of the flow waits for the node. */
export const Question: Story = {
  args: { defaultDocument: asking },
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await canvas.findByText('What is your name?');
  },
};

/** The answer was given, and the flow went on with it. */
export const Answered: Story = {
  args: { defaultDocument: asking, theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await userEvent.type(await canvas.findByRole('textbox', { name: /What is your name/ }), 'Ada');
    await userEvent.click(canvas.getByRole('button', { name: 'Answer' }));
    await expect(await canvas.findByText('HELLO, ADA!')).toBeVisible();
  },
};

/** An error is told on the node, and leads to the line of its code. */
export const ErrorInCode: Story = {
  args: { defaultDocument: sharing },
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: /division by zero.*Line 4/ }));
    await waitFor(() => expect(canvasElement.querySelector('.cm-content')).not.toBeNull());
  },
};
