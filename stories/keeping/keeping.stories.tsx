import { load, save } from '@loom/graph';
import { createMemoryStorage, type FlowStorage } from '@loom/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import penguins from '../../examples/flows/penguins.loom.json' with { type: 'json' };
import weather from '../../examples/flows/seattle-weather.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';

const flow = load(penguins).document;
const draft = load(weather).document;

/** A storage in which work of an earlier visit lies. */
function withDraft(): FlowStorage {
  const storage = createMemoryStorage();
  void storage.write('story', { text: save(draft), savedAt: Date.UTC(2026, 10, 19, 9, 41) });
  return storage;
}

const full: FlowStorage = {
  read: async () => undefined,
  write: () => Promise.reject(new Error('There is no room left: free some in the browser.')),
  remove: async () => undefined,
};

const meta = {
  title: 'Editor/Keeping work',
  component: StoryEditor,
  args: { defaultDocument: flow },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** After a crash, what was not saved is offered. Nothing is replaced, and nothing runs, before someone says so. */
export const Recovered: Story = {
  render: (args) => <StoryEditor {...args} storage={{ adapter: withDraft(), key: 'story' }} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByText(/^Unsaved work of/)).toBeVisible();
    await expect(canvas.getByRole('heading', { level: 2, name: flow.title ?? '' })).toBeVisible();
  },
};

/** One took it back. */
export const Restored: Story = {
  ...Recovered,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Restore it' }));
    await expect(await canvas.findByRole('heading', { level: 2, name: draft.title ?? '' })).toBeVisible();
    await expect(canvas.queryByText(/^Unsaved work of/)).toBeNull();
  },
};

/** A storage into which another window writes right after this one has. */
function withOtherWindow(): FlowStorage {
  const storage = createMemoryStorage();
  return {
    ...storage,
    write: (key) => storage.write(key, { text: save(draft), savedAt: Date.UTC(2026, 10, 19, 9, 41) }),
  };
}

/** Two windows edit one flow: nothing is written over before one has chosen. */
export const OtherWindow: Story = {
  render: (args) => <StoryEditor {...args} storage={{ adapter: withOtherWindow(), key: 'story' }} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click((await canvas.findAllByRole('button', { name: 'Collapse' }))[0] as HTMLElement);
    // It looks again whenever one comes back to it.
    await waitFor(() => {
      window.dispatchEvent(new Event('focus'));
      return expect(canvas.getByRole('alert')).toHaveTextContent('Another window changed this flow');
    });
  },
};

/** The ways to hand a flow on: a link, a file, a picture with the flow inside. */
export const Sharing: Story = {
  args: { shareUrl: 'https://example.org/editor' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Share and export' }));
    await expect(await canvas.findByRole('menuitem', { name: 'Copy a link' })).toBeVisible();
    await expect(canvas.getByRole('menuitem', { name: 'Save as a picture (PNG)' })).toBeVisible();
  },
};

/** Work is not kept at the moment: one is told why, and what to do. */
export const StorageFails: Story = {
  args: { theme: 'dark', storage: { adapter: full, key: 'story' } },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click((await canvas.findAllByRole('button', { name: 'Collapse' }))[0] as HTMLElement);
    await expect(await canvas.findByRole('alert')).toHaveTextContent('There is no room left');
  },
};
