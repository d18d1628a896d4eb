import { load } from '@loom/graph';
import { createLoomStore, LoomEditor, type LoomEditorProps } from '@loom/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useEffect, useState } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import failure from '../../examples/flows/patterns/failure.loom.json' with { type: 'json' };
import nestedZones from '../../examples/flows/patterns/nested-zones.loom.json' with { type: 'json' };
import { createStoryEngine, storyLibrary } from '../story-engine.js';

interface TimelineStoryProps {
  readonly flow: unknown;
  readonly theme?: LoomEditorProps['theme'];
  readonly width?: number;
}

/** An editor whose lower panel shows the timeline. */
function TimelineStory({ flow, theme, width }: TimelineStoryProps): ReactNode {
  const [{ store, engine }] = useState(() => {
    const made = createStoryEngine();
    const panels = {
      library: { open: false, size: 224 },
      inspector: { open: false, size: 320 },
      bottom: { open: true, size: 260 },
    };
    const session = { bottomTab: 'timeline', panels } as const;
    return {
      engine: made,
      store: createLoomStore({ document: load(flow).document, library: storyLibrary, engine: made, session }),
    };
  });
  useEffect(
    () => () => {
      store.dispose();
      void engine.dispose();
    },
    [store, engine],
  );
  return (
    <div style={{ height: '100vh', width }}>
      <LoomEditor store={store} theme={theme} />
    </div>
  );
}

const meta = {
  title: 'Editor/Timeline',
  component: TimelineStory,
  args: { flow: nestedZones },
} satisfies Meta<typeof TimelineStory>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Before anything ran. */
export const Empty: Story = {};

/** A bar for each time that a node ran; a click selects the node, in that iteration. */
export const Iterations: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await userEvent.click(await canvas.findByRole('button', { name: /^Multiply 12 times/ }));
    await expect(canvas.getByRole('list', { name: 'Last runs' })).toBeVisible();
  },
};

/** On a phone the runs stand in a row above the bars. */
export const Narrow: Story = {
  args: { width: 390 },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    const name = await canvas.findByRole('button', { name: /^Multiply 12 times/ });
    const runs = canvas.getByRole('list', { name: 'Last runs' });
    await waitFor(() => expect(runs.getBoundingClientRect().bottom).toBeLessThan(name.getBoundingClientRect().top));
    const [bar] = canvasElement.querySelectorAll('.loom-timeline-track .loom-timeline-bar-of');
    await expect(bar?.getBoundingClientRect().width).toBeGreaterThan(150);
  },
};

/** Tries that failed, and a node that took too long. */
export const Failures: Story = {
  args: { flow: failure, theme: 'dark' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    // Its limit is 200 ms, and a bar says how long it really took.
    await canvas.findByRole('button', { name: /^Hangs once [\d.]+ m?s/ });
  },
};

/** What an earlier run left is looked at again: on the nodes, in the log, and why each node ran. */
export const EarlierRun: Story = {
  args: { flow: branch },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await userEvent.click(await canvas.findByRole('button', { name: 'Run this node: Weight (kg)' }));
    const list = await canvas.findByRole('list', { name: 'Last runs' });
    await userEvent.click(await within(list).findByText('Everything'));
    await expect(await canvas.findByRole('region', { name: 'Earlier run' })).toBeVisible();
  },
};
