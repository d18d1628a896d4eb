import { type FlowDocument, load } from '@loom/graph';
import {
  LoomCanvas,
  LoomConsole,
  LoomInspector,
  LoomProvider,
  LoomRoot,
  LoomRunControls,
  type NodeViewProps,
  type NodeViews,
  useCommand,
  useHistory,
  usePortValue,
  useRun,
} from '@loom/react';
import type { Meta, StoryObj } from '@storybook/react-vite';
import { type ReactNode, useEffect, useState } from 'react';
import { expect, userEvent, within } from 'storybook/test';
import savings from '../../examples/flows/patterns/repeat.loom.json' with { type: 'json' };
import penguins from '../../examples/flows/penguins.loom.json' with { type: 'json' };
import { createStoryEngine, storyLibrary } from '../story-engine.js';
import './parts.css';

interface OwnLayoutProps {
  readonly theme: 'light' | 'dark';
  readonly flow: FlowDocument;
  readonly nodeViews?: NodeViews;
  readonly readOnly?: boolean;
}

/** An app that puts canvas, inspector and console where it wants them, with a bar of its own. */
function OwnLayout({ theme, flow, nodeViews, readOnly }: OwnLayoutProps): ReactNode {
  const [engine] = useState(createStoryEngine);
  useEffect(() => () => void engine.dispose(), [engine]);
  return (
    <LoomProvider
      defaultDocument={flow}
      library={storyLibrary}
      engine={engine}
      readOnly={readOnly}
      nodeViews={nodeViews}
      components={{ Minimap: null }}
      commands={{ 'app.reset': { title: 'Start again', run: (loom) => loom.setDocument(flow) } }}
    >
      <LoomRoot
        theme={theme}
        className="own-layout"
        tokens={{ accent: 'light-dark(#7a3ea8, #c79bf2)', 'accent-hover': 'light-dark(#693191, #d7b9f7)' }}
      >
        <Bar />
        <div className="own-layout-side">
          <LoomInspector />
        </div>
        <LoomCanvas />
        <div className="own-layout-log">
          <LoomConsole />
        </div>
      </LoomRoot>
    </LoomProvider>
  );
}

function Bar(): ReactNode {
  const undo = useCommand('edit.undo');
  const reset = useCommand('app.reset');
  const history = useHistory();
  const { status } = useRun();
  return (
    <header className="own-layout-bar">
      <strong>Flow desk</strong>
      <button type="button" className="loom-button loom-button-outline" disabled={!undo.enabled} onClick={undo.run}>
        {history.undo === undefined ? 'Nothing to undo' : `Undo ${history.undo}`}
      </button>
      <button type="button" className="loom-button loom-button-outline" onClick={reset.run}>
        {reset.title}
      </button>
      <output>{status}</output>
      <LoomRunControls />
    </header>
  );
}

const meta = {
  title: 'Parts/Own layout',
  component: OwnLayout,
  args: { theme: 'light', flow: load(savings).document },
} satisfies Meta<typeof OwnLayout>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Canvas, inspector and console in a grid of the app, with buttons of its own. */
export const Light: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement);
    await expect(await canvas.findByRole('complementary')).toBeVisible();
    await userEvent.click(await canvas.findByRole('button', { name: 'Run flow' }));
    await expect(await canvas.findByText('succeeded')).toBeVisible();
  },
};

export const Dark: Story = { args: { theme: 'dark' } };

function Meter({ id, title, outputs }: NodeViewProps): ReactNode {
  const value = usePortValue(id, outputs[0]?.id ?? '');
  return (
    <div className="own-layout-meter">
      <span>{title}</span>
      <strong>{String(value?.preview.data['text/plain'] ?? '–')}</strong>
    </div>
  );
}

/** Nodes that the app draws itself, and one whose view fails. */
export const NodeViewsOfTheApp: Story = {
  args: {
    flow: load(penguins).document,
    nodeViews: {
      'drop-missing': { component: Meter, height: 72 },
      summarise: () => {
        throw new Error('there is no paint left');
      },
    },
  },
};
