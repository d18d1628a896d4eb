import type { RunTargets } from '@loom/engine';
import type { NodeId } from '@loom/graph';
import { hasEvents } from '../run/has-events.js';
import type { LoomStore } from '../store/loom-store.js';
import { tableSize } from '../store/table-size.js';
import { type Command, type CommandContext, canEdit, hasNodes } from './command.js';
import { loadCommand } from './load-command.js';

function isRunnable({ store }: CommandContext): boolean {
  return store.getState().runs.runnable;
}

const isPaused = ({ store }: CommandContext) => store.getState().runs.run.paused !== undefined;
const isRunning = ({ store }: CommandContext) => store.getState().runs.running;

/** Runs these nodes and what they need. Does nothing where there is no engine. */
export function runNodes(
  store: LoomStore,
  nodes: Iterable<NodeId>,
  kind: 'nodes' | 'from' | 'selection' = 'nodes',
): void {
  if (store.getState().runs.runnable) store.run({ targets: { kind, nodes: [...nodes] } });
}

function hasContent(context: CommandContext): boolean {
  return isRunnable(context) && tableSize(context.store.getState().flow.document.nodes) > 0;
}

function runSelected(kind: 'nodes' | 'from' | 'selection') {
  return ({ store }: CommandContext) => runNodes(store, store.getState().session.selection.nodes, kind);
}

/** Lets one node start; begins a run that waits before its first node where none is under way. */
function step(context: CommandContext): void {
  const { store } = context;
  const { selection } = store.getState().session;
  const targets: RunTargets =
    selection.nodes.size > 0 ? { kind: 'nodes', nodes: [...selection.nodes] } : { kind: 'all' };
  if (!isRunning(context)) store.run({ targets, paused: true });
  else if (isPaused(context)) store.step();
  else store.pause();
}

function toggleAuto({ store, messages }: CommandContext): void {
  const { settings } = store.getState().flow.document;
  const isOn = settings.mode === 'auto';
  store.dispatch([{ kind: 'update-flow', changes: { settings: { ...settings, mode: isOn ? 'manual' : 'auto' } } }], {
    label: messages().runAuto,
  });
  // Who asks for results that follow edits wants those of the edits so far, too.
  if (!isOn) store.run({ targets: { kind: 'changed' } });
}

function toggleLive({ store }: CommandContext): void {
  if (store.getState().runs.live === undefined) store.goLive();
  else void store.stopLive();
}

/** The kept run that is so many later than the one that is looked at; undefined past the oldest and the newest. */
function otherRun({ store }: CommandContext, later: number): string | undefined {
  const { session, runs } = store.getState();
  const ids = [...runs.kept.values()].filter(({ nodes }) => nodes !== undefined).map(({ id }) => id);
  const now = session.pastRun === undefined ? ids.length - 1 : ids.indexOf(session.pastRun);
  return ids[now + later];
}

function lookAtOther(context: CommandContext, later: number): void {
  const { store } = context;
  const id = otherRun(context, later);
  store.lookAtRun(id === [...store.getState().runs.kept.keys()].at(-1) ? undefined : id);
}

const canRunNodes = (context: CommandContext) => isRunnable(context) && hasNodes(context);

export const runCommands = [
  { id: 'run.all', title: 'runAll', keys: ['Mod+Enter'], when: hasContent, run: ({ store }) => void store.run() },
  {
    id: 'run.changed',
    title: 'runChanged',
    keys: ['Mod+Shift+Enter'],
    when: hasContent,
    run: ({ store }) => void store.run({ targets: { kind: 'changed' } }),
  },
  {
    id: 'run.selection',
    title: 'runSelection',
    keys: ['Shift+Enter'],
    when: canRunNodes,
    run: runSelected('nodes'),
  },
  { id: 'run.from', title: 'runFrom', keys: ['Alt+Enter'], when: canRunNodes, run: runSelected('from') },
  { id: 'run.only', title: 'runOnly', keys: [], when: canRunNodes, run: runSelected('selection') },
  { id: 'run.stop', title: 'stop', keys: ['Mod+.'], when: isRunning, run: ({ store }) => store.stop() },
  {
    id: 'run.pause',
    title: 'pause',
    keys: ['F8'],
    when: (context) => isRunning(context) && !isPaused(context),
    run: ({ store }) => store.pause(),
  },
  {
    id: 'run.resume',
    title: 'resume',
    keys: ['F8'],
    when: (context) => isRunning(context) && isPaused(context),
    run: ({ store }) => store.resume(),
  },
  { id: 'run.step', title: 'step', keys: ['F10'], when: hasContent, run: step },
  {
    id: 'run.continueTo',
    title: 'continueTo',
    keys: [],
    when: (context) => hasNodes(context) && isRunning(context) && isPaused(context),
    run({ store }) {
      const [node] = store.getState().session.selection.nodes;
      if (node !== undefined) store.runTo(node);
    },
  },
  {
    id: 'run.auto',
    title: 'runAuto',
    keys: [],
    when: (context) => isRunnable(context) && canEdit(context),
    run: toggleAuto,
  },
  {
    id: 'run.live',
    title: 'goLive',
    keys: [],
    when: (context) => isRunnable(context) && (context.store.getState().runs.live !== undefined || hasEvents(context)),
    run: toggleLive,
  },
  {
    id: 'run.locate',
    title: 'runLocate',
    keys: ['Shift+F8'],
    when: ({ store }) => {
      const { run } = store.getState().runs;
      return run.paused?.node !== undefined || run.status === 'failed' || run.status === 'timed-out';
    },
    run: (context) => loadCommand(context, () => import('./later-edits.js').then(({ locateFault }) => locateFault)),
  },
  {
    id: 'run.earlier',
    title: 'pastRunEarlier',
    keys: ['Alt+PageUp'],
    when: (context) => otherRun(context, -1) !== undefined,
    run: (context) => lookAtOther(context, -1),
  },
  {
    id: 'run.later',
    title: 'pastRunLater',
    keys: ['Alt+PageDown'],
    when: (context) => otherRun(context, 1) !== undefined,
    run: (context) => lookAtOther(context, 1),
  },
] as const satisfies readonly Command[];
