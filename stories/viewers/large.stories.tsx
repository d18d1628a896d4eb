import { emptyDocument, type FlowDocument, type FlowType } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { StoryEditor } from '../StoryEditor.js';

const ROWS = 1_000_000;

const types: Readonly<Record<string, FlowType>> = {
  rings: {
    kind: 'javascript',
    title: 'A million rings',
    source: `const kinds = ['adelie', 'chinstrap', 'gentoo'];
export default ({ rows }) => ({
  table: Array.from({ length: rows }, (_, id) => ({
    id, kind: kinds[id % 3], mass: 3000 + ((id * 7919) % 2500), ringed: id % 4 === 0, note: id % 5 === 0 ? null : 'seen',
  })),
});`,
    inputs: { rows: { type: 'int' } },
    outputs: { table: { type: 'list<json>' } },
  },
  film: {
    kind: 'javascript',
    title: 'A film',
    source: `export default async (_, ctx) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 160, height: 90 });
  const pen = canvas.getContext('2d');
  const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const end = new Promise((resolve) => { recorder.onstop = resolve; });
  recorder.start();
  for (const frame of ctx.progress(Array.from({ length: 12 }, (_, at) => at), 'frame')) {
    pen.fillStyle = '#16324f';
    pen.fillRect(0, 0, 160, 90);
    pen.fillStyle = '#f5a623';
    pen.beginPath();
    pen.arc(20 + frame * 11, 45, 14, 0, 7);
    pen.fill();
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  recorder.stop();
  await end;
  const file = new File(parts, 'ball.webm', { type: 'video/webm' });
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { file, film: { frames: 12, [Symbol.for('Jupyter.display')]: () => ({ 'video/webm': bytes, 'text/plain': '12 frames' }) } };
};`,
    inputs: {},
    outputs: { film: { type: 'any' }, file: { type: 'file' } },
  },
  tree: {
    kind: 'javascript',
    title: 'A large tree',
    source: `export default () => ({
  tree: { shelves: Array.from({ length: 5000 }, (_, shelf) => ({ shelf, books: [{ title: 'Book ' + shelf, pages: 100 + shelf }] })) },
});`,
    inputs: {},
    outputs: { tree: { type: 'json' } },
  },
};

function flowOf(type: string, inputs = {}): FlowDocument {
  const known = types[type];
  if (known === undefined) throw new Error(`There is no type ${type}.`);
  return {
    ...emptyDocument,
    title: 'title' in known ? known.title : type,
    nodes: { it: { type, position: { x: 0, y: 0 }, inputs } },
    types: { [type]: known },
  };
}

const meta = {
  title: 'Viewers/Large values',
  component: StoryEditor,
  args: { defaultDocument: flowOf('rings', { rows: ROWS }) },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

async function runAndSelect(canvasElement: HTMLElement) {
  const canvas = within(canvasElement);
  await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
  await canvas.findByText(/^Done in/, undefined, { timeout: 45_000 });
  await userEvent.click(canvasElement.querySelector('.react-flow__node .loom-node-title') as Element);
  return canvas;
}

async function enlarged(canvasElement: HTMLElement) {
  const canvas = await runAndSelect(canvasElement);
  const [enlarge] = await canvas.findAllByRole('button', { name: 'Show it large' });
  await userEvent.click(enlarge as Element);
  const dialog = await canvas.findByRole('dialog', { name: 'Preview' });
  const scroller = await within(dialog).findByRole('group', { name: 'Table' });
  return { view: within(dialog), scroller };
}

/** Cells exist for the rows that one sees, whatever lies before and after them. */
async function expectFewRows(scroller: HTMLElement): Promise<void> {
  await expect(scroller.querySelectorAll('tbody tr').length).toBeLessThan(120);
}

/** A million rows, from the first to the last. Each part that one comes to is fetched when one sees it. */
export const AMillionRows: Story = {
  play: async ({ canvasElement }) => {
    const { view, scroller } = await enlarged(canvasElement);
    await expect(await view.findByText(/1,000,000 rows/)).toBeVisible();
    await userEvent.click(view.getByRole('button', { name: 'Rows after' }));
    await view.findByText('Rows 500,000 to 999,999');
    // One cannot scroll to the end before the part has its height.
    await waitFor(() => {
      scroller.scrollTo({ top: scroller.scrollHeight });
      expect(within(scroller).getByRole('rowheader', { name: '999999' })).toBeVisible();
    });
    const last = within(scroller).getByRole('rowheader', { name: '999999' }).closest('tr') as HTMLElement;
    await waitFor(() => expect(last.querySelector('td')).toHaveTextContent('999999'));
    await expectFewRows(scroller);
    for (const part of [0.1, 0.9, 0.4, 0.6]) {
      scroller.scrollTo({ top: scroller.scrollHeight * part });
      await waitFor(() => expect(scroller.querySelector('td[data-missing]')).toBeNull());
    }
    await expectFewRows(scroller);
  },
};

/** Sorted and filtered where it is: the page has the few rows that one sees. */
export const SortedAndFiltered: Story = {
  args: { theme: 'dark' },
  play: async ({ canvasElement }) => {
    const { view, scroller } = await enlarged(canvasElement);
    await userEvent.click(await view.findByRole('button', { name: /^mass/ }));
    await waitFor(() => expect(scroller.querySelector('tbody tr')).toHaveTextContent('3000'));
    await userEvent.click(view.getByRole('button', { name: /filter/i }));
    await userEvent.type(await view.findByRole('textbox', { name: /mass/ }), '>5498');
    await expect(await view.findByText(/^400 of 1,000,000/, undefined, { timeout: 20_000 })).toBeVisible();
    await expectFewRows(scroller);
  },
};

/** A film that a value brings along, and one that is a file: that is fetched when one wants to see it. */
export const Film: Story = {
  args: { defaultDocument: flowOf('film') },
  play: async ({ canvasElement }) => {
    const canvas = await runAndSelect(canvasElement);
    const inspector = await canvas.findByRole('complementary', { name: 'Inspector' });
    const film = () =>
      waitFor(() => {
        const video = inspector.querySelector('video');
        expect(video?.videoWidth).toBe(160);
        return video;
      });
    await expect((await film())?.paused).toBe(true);
    await userEvent.click(within(inspector).getByRole('button', { name: /^File\b/ }));
    await expect(inspector.querySelector('video')).toBeNull();
    await userEvent.click(await canvas.findByRole('button', { name: 'Show ball.webm' }));
    await expect((await film())?.paused).toBe(true);
  },
};

/** Of a large tree the beginning is sent; the rest comes as one opens it. */
export const LargeTree: Story = {
  args: { defaultDocument: flowOf('tree'), theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = await runAndSelect(canvasElement);
    const inspector = within(await canvas.findByRole('complementary', { name: 'Inspector' }));
    await expect(await inspector.findByRole('tree')).toBeVisible();
    await expect(inspector.getAllByRole('treeitem').length).toBeLessThan(200);
  },
};
