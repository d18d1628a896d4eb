import { load } from '@loom/graph';
import type { Meta, StoryObj } from '@storybook/react-vite';
import branch from '../../examples/flows/patterns/branch.loom.json' with { type: 'json' };
import collectErrors from '../../examples/flows/patterns/collect-errors.loom.json' with { type: 'json' };
import dataBySize from '../../examples/flows/patterns/data-by-size.loom.json' with { type: 'json' };
import failure from '../../examples/flows/patterns/failure.loom.json' with { type: 'json' };
import forEach from '../../examples/flows/patterns/for-each.loom.json' with { type: 'json' };
import joins from '../../examples/flows/patterns/joins.loom.json' with { type: 'json' };
import live from '../../examples/flows/patterns/live.loom.json' with { type: 'json' };
import nestedZones from '../../examples/flows/patterns/nested-zones.loom.json' with { type: 'json' };
import parallelCalls from '../../examples/flows/patterns/parallel-calls.loom.json' with { type: 'json' };
import repeat from '../../examples/flows/patterns/repeat.loom.json' with { type: 'json' };
import serverLoop from '../../examples/flows/patterns/server-loop.loom.json' with { type: 'json' };
import streams from '../../examples/flows/patterns/streams.loom.json' with { type: 'json' };
import subgraph from '../../examples/flows/patterns/subgraph.loom.json' with { type: 'json' };
import switchFlow from '../../examples/flows/patterns/switch.loom.json' with { type: 'json' };
import whileFlow from '../../examples/flows/patterns/while.loom.json' with { type: 'json' };
import { StoryEditor } from '../StoryEditor.js';
import { type PatternEnd, runPattern } from './run-pattern.js';

const meta = {
  title: 'Patterns/After a run',
  component: StoryEditor,
  args: { defaultDocument: load(branch).document },
} satisfies Meta<typeof StoryEditor>;

export default meta;
type Story = StoryObj<typeof meta>;

/** A story that runs a flow and looks at what came of it. */
function pattern(flow: unknown, end: PatternEnd): Story {
  return {
    args: { defaultDocument: load(flow).document },
    play: ({ canvasElement }) => runPattern(canvasElement, end),
  };
}

/** Only the way that was taken has run. */
export const Branch: Story = pattern(branch, { shows: { merge: '36' }, skipped: ['post'] });

export const Switch: Story = pattern(switchFlow, { shows: { merge: 'Bonjour, Ada!' }, skipped: ['german', 'other'] });

/** Four policies make something else of a value, an error and nothing. */
export const Joins: Story = pattern(joins, {
  ending: 'Failed',
  shows: { any: '1', first: '1', settled: '1' },
  failed: { down: 'The source is down.' },
  skipped: ['all'],
});

export const ForEach: Story = pattern(forEach, { shows: { sum: '55' } });

/** The run is a success, and the node shows that something in it failed. */
export const CollectErrors: Story = pattern(collectErrors, { failed: { read: 'is no number.' } });

export const While: Story = pattern(whileFlow, { shows: { better: '1.414' } });

export const Repeat: Story = pattern(repeat, { shows: { grow: '1628.89' } });

export const ServerLoop: Story = pattern(serverLoop, { shows: { handle: 'bye' } });

export const NestedZones: Story = pattern(nestedZones, { shows: { times: '12' } });

/** Both nodes are instances of one definition. */
export const Subgraph: Story = pattern(subgraph, { shows: { stars: '*"one"*' } });

export const Streams: Story = pattern(streams, { shows: { mean: '21.5' } });

/** Event nodes wait: an ordinary run skips them, with all that depends on them. */
export const Live: Story = pattern(live, { skipped: ['timer', 'double', 'message', 'shout'] });

/** Three tries for one source; the other is given up. */
export const Failure: Story = pattern(failure, {
  ending: 'Failed',
  shows: { use: '3' },
  failed: { hang: 'longer than the 200 ms' },
});

export const DataBySize: Story = pattern(dataBySize, {
  shows: { merge: '[ 40 items ]' },
  skipped: ['sequential', 'slow'],
});

export const ParallelCalls: Story = pattern(parallelCalls, { shows: { combine: 'answer to news/Oslo' } });
