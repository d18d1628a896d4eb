import { emptyDocument, type FlowDocument } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import { StoryEditor } from '../StoryEditor.js';

const SOURCE = `
from pathlib import Path

from loom import File

def loud(table: File) -> Path:
    """The same in capitals, as a file to take away."""
    target = Path("/tmp") / f"loud-{table.name}"
    target.write_text(table.read_text().upper())
    return target
`;

const flow: FlowDocument = {
  ...emptyDocument,
  title: 'Files',
  types: { loud: { kind: 'python', source: SOURCE.trimStart(), entry: 'loud' } },
  nodes: {
    loud: { type: 'loud', position: { x: 0, y: 0 } },
    earlier: {
      type: 'loud',
      label: 'From an earlier session',
      position: { x: 0, y: 220 },
      inputs: { table: { $file: { name: 'rows.csv', type: 'text/csv', size: 2_400_000, id: 'gone' } } },
    },
  },
};

const meta = {
  title: 'Files/Chosen and given',
  component: StoryEditor,
  args: { defaultDocument: flow },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

async function choose(canvasElement: HTMLElement): Promise<void> {
  const picker = canvasElement.querySelector<HTMLInputElement>('[data-id="loud"] input[type=file]');
  if (picker === null) throw new Error('The node has no field for a file.');
  await userEvent.upload(picker, new File(['name,size\nanna,3\n'], 'people.csv', { type: 'text/csv' }));
}

/** A field for a file, one that has a file, and one whose file was chosen in an earlier session. */
export const Fields: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole('button', { name: /^table: choose a file$/i });
    await choose(canvasElement);
    await expect(await canvas.findByRole('button', { name: /^table: people.csv/i })).toBeVisible();
    const missing = await canvas.findByRole('button', { name: /^table: rows.csv/i });
    await expect(missing).toHaveAccessibleDescription(/Choose rows\.csv again/);
  },
};

/** What a node writes is a file, with a button that saves it. */
export const Given: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findByRole('button', { name: /^table: choose a file$/i });
    await choose(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await expect((await canvas.findAllByText('loud-people.csv'))[0]).toBeVisible();
    const title = canvasElement.querySelector('.react-flow__node[data-id="loud"] .loom-node-title');
    if (title) await userEvent.click(title);
    await expect(await canvas.findByRole('button', { name: 'Save loud-people.csv' })).toBeVisible();
  },
};
