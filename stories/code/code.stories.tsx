import { load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { codeTools } from '../../examples/playground/src/code-tools.js';
import { StoryEditor } from '../StoryEditor.js';

const PYTHON = `import math
import os

def area(width: float=2.0,height: float = 3.0,*, ctx) -> float:
    """The area of an ellipse."""
    ctx.log('computing',width ,height)
    radius_a , radius_b = width/2, height/2
    return math.pi*radius_a*radius_b*scale
`;

const JAVASCRIPT = `export default ({area,unit}) => {
  const text=area.toFixed( 2 )+' '+unit
  return {text}
}
`;

const flow = load({
  loom: 1,
  format: 'loom-flow',
  version: 1,
  nodes: {
    area: { type: 'area', position: { x: 0, y: 0 } },
    text: { type: 'text', position: { x: 320, y: 0 }, inputs: { unit: 'm²' } },
  },
  edges: {},
  types: {
    area: { kind: 'python', source: PYTHON },
    text: {
      kind: 'javascript',
      title: 'Text',
      source: JAVASCRIPT,
      inputs: { area: { type: 'number', default: 9.42 }, unit: { type: 'string', default: 'm²' } },
      outputs: { text: { type: 'string' } },
    },
  },
}).document;

/** Selects a node and shows its code. */
async function openCode(canvasElement: HTMLElement, title: string) {
  const canvas = within(canvasElement);
  await canvas.findByRole('button', { name: 'Run flow' });
  const node = await waitFor(() => {
    const found = [...canvasElement.querySelectorAll<HTMLElement>('.react-flow__node .loom-node-title')].find(
      ({ textContent }) => textContent === title,
    );
    if (found === undefined) throw new Error(`There is no node ${title}.`);
    return found;
  });
  await userEvent.click(node);
  await userEvent.click(await canvas.findByRole('tab', { name: 'Code' }));
  const code = await canvas.findByRole('textbox', { name: `Code of ${title}` });
  return { canvas, code };
}

const meta = {
  title: 'Code/Panel',
  component: StoryEditor,
  args: { defaultDocument: flow, codeTools },
  argTypes: { theme: { control: 'inline-radio', options: ['light', 'dark', 'system'] } },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Ruff marks what is wrong as one types: an import that nobody uses, a name that is not defined. */
export const Checked: Story = {
  play: async ({ canvasElement }) => {
    await openCode(canvasElement, 'Area');
    await waitFor(() => expect(canvasElement.querySelectorAll('.cm-lint-marker-error')).toHaveLength(1));
    await expect(canvasElement.querySelectorAll('.cm-lint-marker-warning')).not.toHaveLength(0);
  },
};

/** Formatting is one step that undo takes back. */
export const Formatted: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const { canvas, code } = await openCode(canvasElement, 'Area');
    await userEvent.click(await canvas.findByRole('button', { name: 'Format' }));
    await waitFor(() => expect(code).toHaveTextContent('return math.pi * radius_a * radius_b * scale'));
    await expect(await canvas.findByRole('button', { name: 'Undo: Format' })).toHaveAttribute('aria-disabled', 'false');
  },
};

/** JavaScript by Prettier. */
export const JavaScript: Story = {
  play: async ({ canvasElement }) => {
    const { canvas, code } = await openCode(canvasElement, 'Text');
    await userEvent.click(await canvas.findByRole('button', { name: 'Format' }));
    await waitFor(() => expect(code).toHaveTextContent("const text = area.toFixed(2) + ' ' + unit;"));
  },
};

/** What has changed since the run that made the present result. */
export const Compared: Story = {
  play: async ({ canvasElement }) => {
    const { canvas, code } = await openCode(canvasElement, 'Text');
    await userEvent.click(canvas.getByRole('button', { name: 'Run this node' }));
    await canvas.findByText(/^Done in/);
    await userEvent.click(await canvas.findByRole('button', { name: 'Format' }));
    await waitFor(() => expect(code).toHaveTextContent('{ area, unit }'));
    await userEvent.click(await canvas.findByRole('button', { name: 'Changes since the last run' }));
    await waitFor(() => expect(canvasElement.querySelector('.cm-deletedChunk')).not.toBeNull());
  },
};

export const ComparedDark: Story = { ...Compared, args: { theme: 'dark' } };
