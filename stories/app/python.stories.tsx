import { type FlowDocument, load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import training from '../../examples/flows/training.loom.json' with { type: 'json' };
import words from '../../examples/flows/words.loom.json' with { type: 'json' };
import { StoryApp } from './StoryApp.js';

/** Python starts with the first run; on a slow machine that takes a while. */
const LATE = { timeout: 45_000 };

/** Takes a file, and says what is in it. */
const lines: FlowDocument = load({
  loom: 1,
  title: 'Lines of a file',
  description: 'The file stays on this machine.',
  nodes: { count: { type: 'count', position: { x: 0, y: 0 } } },
  edges: {},
  types: {
    count: {
      kind: 'python',
      source: [
        'from loom import File',
        '',
        'def count(file: File) -> str:',
        '    with file.open("r") as lines:',
        '        return f"{sum(1 for line in lines)} lines in {file.name}"',
        '',
      ].join('\n'),
    },
  },
  inputs: { file: { node: 'count', port: 'file', title: 'File' } },
  outputs: { lines: { node: 'count', port: 'result', title: 'Lines' } },
}).document;

const meta = {
  title: 'App/Python',
  component: StoryApp,
  args: { document: load(words).document },
} satisfies Meta<typeof StoryApp>;

export default meta;
type Story = StoryObj<typeof meta>;

async function run(canvasElement: HTMLElement) {
  const canvas = within(canvasElement);
  await userEvent.click(await canvas.findByRole('button', { name: 'Run' }));
  return canvas;
}

/** A long job says how far it is, and can be stopped. */
export const LongJob: Story = {
  args: { document: load(training).document, defaultValues: { steps: 2000 } },
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await expect(await canvas.findByRole('progressbar', { name: 'Training' }, LATE)).toBeVisible();
  },
};

/** What was stopped before it gave anything leaves the form ready for the next time. */
export const Stopped: Story = {
  ...LongJob,
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await canvas.findByRole('progressbar', { name: 'Training' }, LATE);
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }));
    await expect(await canvas.findByText(/^Stopped after/)).toBeVisible();
    await expect(canvas.queryByRole('progressbar', { name: 'Training' })).toBeNull();
    await expect(canvas.getByText(/^Fill in the form/)).toBeVisible();
  },
};

/** An exception names its node; the next run with other values is right again. */
export const FailedAndMended: Story = {
  args: { defaultValues: { text: '?' } },
  play: async ({ canvasElement }) => {
    const canvas = await run(canvasElement);
    await expect(await canvas.findByRole('alert', undefined, LATE)).toHaveTextContent('There is no word in this text.');
    const text = canvas.getByLabelText('Text');
    await userEvent.clear(text);
    await userEvent.type(text, 'once more, once');
    await expect(await canvas.findByText('These results are of earlier values.')).toBeVisible();
    await userEvent.click(canvas.getByRole('button', { name: 'Run' }));
    await expect(await canvas.findByText('3 words', undefined, LATE)).toBeVisible();
    await expect(canvas.queryByRole('alert')).toBeNull();
  },
};

/** A file of the user's goes to Python, and nowhere else. */
export const ChosenFile: Story = {
  args: { document: lines, theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    // Without it there is nothing to run with: that is said, and nothing runs.
    await userEvent.click(await canvas.findByRole('button', { name: 'Run' }));
    await expect(await canvas.findByRole('alert')).toHaveTextContent('“File” is needed.');
    const input = await waitFor(() => {
      const field = canvasElement.querySelector('input[type=file]');
      if (field === null) throw new Error('There is no field for a file.');
      return field as HTMLInputElement;
    });
    await userEvent.upload(input, new File(['a\nb\nc\n'], 'three.txt', { type: 'text/plain' }));
    await userEvent.click(canvas.getByRole('button', { name: 'Run' }));
    await expect(await canvas.findByText('3 lines in three.txt', undefined, LATE)).toBeVisible();
  },
};
