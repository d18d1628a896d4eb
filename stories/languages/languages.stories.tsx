import { emptyDocument, type FlowDocument, load } from '@loom/graph';
import { germanMessages } from '@loom/react/messages/de';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, within } from 'storybook/test';
import penguins from '../../examples/flows/penguins.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

/** A flow whose author writes from right to left. */
const arabic: FlowDocument = {
  ...emptyDocument,
  title: 'تحية من اليمين إلى اليسار',
  nodes: {
    name: { type: 'greeting', label: 'اسم الضيف', position: { x: 0, y: 0 }, inputs: { text: 'مرحبا يا ليلى' } },
    mixed: { type: 'greeting', label: 'שלום Loom 2', position: { x: 320, y: 60 }, inputs: { text: 'abc שלום 123' } },
  },
  edges: {},
  types: {
    greeting: {
      kind: 'javascript',
      title: 'تحية',
      source: 'export default ({ text }) => ({ text: text + "!" })',
      inputs: { text: { type: 'string', title: 'نص' } },
      outputs: { text: { type: 'string', title: 'نتيجة' } },
    },
  },
};

const meta = {
  title: 'Editor/Languages',
  component: StoryEditor,
  args: { defaultDocument: load(penguins).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Every text of the editor in another language. */
export const German: Story = {
  args: { messages: germanMessages },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('button', { name: 'Flow ausführen' })).toBeVisible();
    await expect(canvas.getByRole('toolbar', { name: 'Werkzeugleiste' })).toBeVisible();
    await expect(canvas.queryByRole('button', { name: 'Undo' })).toBeNull();
  },
};

/** In a page that reads from right to left: panels change sides, the flow itself keeps its direction. */
export const RightToLeft: Story = {
  args: { defaultDocument: arabic },
  decorators: [
    (Story) => (
      <div dir="rtl">
        <Story />
      </div>
    ),
  ],
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const title = await canvas.findByRole('heading', { name: 'اسم الضيف', level: 3 });
    await expect(title).toBeVisible();
    const library = canvasElement.querySelector('.loom-panel-library')?.getBoundingClientRect();
    const inspector = canvasElement.querySelector('.loom-panel-inspector')?.getBoundingClientRect();
    await expect(library?.left ?? 0).toBeGreaterThan(inspector?.left ?? 0);
  },
};
