import type { NodeId } from '@loom/graph';
import type { LoomStore } from '../store/loom-store.js';
import { type Command, type CommandContext, hasNodes } from './command.js';

function isRunnable({ store }: CommandContext): boolean {
  return store.getState().runs.runnable;
}

/** Runs these nodes and what they need. Does nothing where there is no engine. */
export function runNodes(store: LoomStore, nodes: Iterable<NodeId>): void {
  if (store.getState().runs.runnable) store.run({ targets: { kind: 'nodes', nodes: [...nodes] } });
}

export const runCommands = [
  {
    id: 'run.all',
    title: 'runAll',
    keys: ['Mod+Enter'],
    when: (context) => isRunnable(context) && Object.keys(context.store.getState().flow.document.nodes).length > 0,
    run: ({ store }) => void store.run(),
  },
  {
    id: 'run.selection',
    title: 'runSelection',
    keys: ['Shift+Enter'],
    when: (context) => isRunnable(context) && hasNodes(context),
    run: ({ store }) => runNodes(store, store.getState().session.selection.nodes),
  },
  {
    id: 'run.stop',
    title: 'stop',
    keys: ['Mod+.'],
    when: ({ store }) => store.getState().runs.running,
    run: ({ store }) => store.stop(),
  },
] as const satisfies readonly Command[];
