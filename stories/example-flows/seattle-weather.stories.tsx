import { load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import seattleWeather from '../../examples/flows/seattle-weather.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';
import { runFlow } from './run-flow.js';

const meta = {
  title: 'Example flows/Seattle weather',
  component: StoryEditor,
  args: { defaultDocument: load(seattleWeather).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** Two branches, one of them with a JavaScript node, join in a report. */
export const AfterRun: Story = { play: ({ canvasElement }) => runFlow(canvasElement) };
