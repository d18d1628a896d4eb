import type { NodeRunStatus } from '@loom/engine';
import type { NodeModel } from '../canvas/node/node-model.js';
import type { Messages } from '../messages/messages.js';
import { nodeRun } from '../run/node-run.js';
import { shownRun } from '../run/shown-run.js';
import type { LoomState } from '../store/state.js';

/** The state of a node, as far as one colour can tell it. */
export type Tone = NodeRunStatus | 'stale' | 'missing' | 'listening';

/** What a node has come to. */
export function toneOf(state: LoomState, { id, type }: NodeModel): Tone {
  if (type === undefined || type.implementation.kind === 'missing') return 'missing';
  const run = shownRun(state, id);
  const live = state.runs.live?.nodes.get(id);
  if (live !== undefined && run?.status !== 'running') return live.status === 'error' ? 'error' : 'listening';
  if (run === undefined) return 'idle';
  const madeBy = state.runs.stale.get(id);
  return madeBy !== undefined && madeBy === nodeRun(state.runs.run, id)?.runId ? 'stale' : run.status;
}

/** The tone in words; nothing for a node that has not run. */
export function toneText(tone: Tone, messages: Messages): string | undefined {
  switch (tone) {
    case 'idle':
      return undefined;
    case 'stale':
      return messages.nodeStale;
    case 'missing':
      return messages.nodeMissing;
    case 'listening':
      return messages.nodeListening(0);
    default:
      return messages.nodeStatus(tone);
  }
}
