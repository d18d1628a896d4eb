import { copyFragment, emptyDocument, load } from '@loom/graph';
import type { FlowTemplate, TemplateStorage } from '@loom/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, within } from 'storybook/test';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import forEach from '../../examples/flows/patterns/for-each.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

function templateOf(id: string, title: string, description: string, file: unknown): FlowTemplate {
  const { document } = load(file);
  return { id, title, description, fragment: copyFragment(document, Object.keys(document.nodes)) };
}

const templates = [
  templateOf('each', 'For each item', 'Works through a list, several items at once.', forEach),
  templateOf('branch', 'One of two ways', 'A value goes one way or the other.', branch),
];

/** As an app keeps them; this one forgets when the page goes. */
function createStorage(): TemplateStorage {
  const kept = new Map<string, FlowTemplate>();
  return {
    list: async () => [...kept.values()],
    save: async (template) => void kept.set(template.id, template),
    remove: async (id) => void kept.delete(id),
  };
}

const meta = {
  title: 'Editor/Templates',
  component: StoryEditor,
  args: { defaultDocument: emptyDocument, templates, templateStorage: createStorage() },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Templates of the app stand in the library and in the search; one is inserted as a whole. */
export const Insert: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    const [button] = await canvas.findAllByRole('button', { name: 'Add a node' });
    if (button === undefined) throw new Error('There is no button to add a node.');
    await userEvent.click(button);
    await userEvent.type(await canvas.findByRole('combobox', { name: 'Add a node' }), 'for each item{Enter}');
    await expect(await canvas.findByRole('heading', { name: 'For each number', level: 3 })).toBeVisible();
    await expect(await canvas.findByRole('button', { name: 'Undo: Insert For each item' })).toBeVisible();
  },
};
