import { emptyDocument, type FlowDocument } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
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

const SEVERAL = `
from loom import File

def longest(tables: list[File]) -> str:
    """The name of the file with the most in it."""
    return max(tables, key=lambda table: table.size).name
`;

const several: FlowDocument = {
  ...emptyDocument,
  title: 'Several files',
  types: { longest: { kind: 'python', source: SEVERAL.trimStart(), entry: 'longest' } },
  nodes: { longest: { type: 'longest', position: { x: 0, y: 0 } } },
  inputs: { tables: { node: 'longest', port: 'tables' } },
};

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
    await canvas.findAllByRole('button', { name: /^table: choose a file$/i });
    await choose(canvasElement);
    // The panel beside the canvas has the same field, when its node is selected by the choice.
    const [chosen] = await canvas.findAllByRole('button', { name: /^table: people.csv/i });
    await expect(chosen).toBeVisible();
    const [missing] = await canvas.findAllByRole('button', { name: /^table: rows.csv/i });
    await expect(missing).toHaveAccessibleDescription(/Choose rows\.csv again/);
  },
};

/** What a node writes is a file, with a button that saves it. */
export const Given: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await canvas.findAllByRole('button', { name: /^table: choose a file$/i });
    await choose(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await expect((await canvas.findAllByText('loud-people.csv'))[0]).toBeVisible();
    const title = canvasElement.querySelector('.react-flow__node[data-id="loud"] .loom-node-title');
    if (title) await userEvent.click(title);
    await expect(await canvas.findByRole('button', { name: 'Save loud-people.csv' })).toBeVisible();
  },
};

/** A list of files has its field where there is room: in the panel of its node, and in the form of an app. */
export const Several: Story = {
  args: { defaultDocument: several, theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const title = '.react-flow__node[data-id="longest"] .loom-node-title';
    await userEvent.click(await waitFor(() => canvasElement.querySelector(title) ?? Promise.reject(new Error(title))));
    const add = await canvas.findByRole('button', { name: /^tables: add files$/i });
    const picker = add.parentElement?.querySelector<HTMLInputElement>('input[type=file]');
    if (!picker) throw new Error('There is no field for files.');
    await userEvent.upload(picker, [new File(['1,2'], 'may.csv'), new File(['1,2,3'], 'june.csv')]);
    const list = await canvas.findByRole('list', { name: 'Tables' });
    await expect(await within(list).findByText('june.csv')).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    const said = () => expect(canvas.getAllByText('june.csv', { exact: false }).length).toBeGreaterThan(1);
    await waitFor(said, { timeout: 50_000 });
  },
};
