import type { Json, NodeId, NodeSettings, Operation, PortId } from '@loom/graph';
import { nodeRun } from '../run/node-run.js';
import { type Command, type CommandContext, canEdit, hasNodes } from './command.js';

const settable = (context: CommandContext) => canEdit(context) && hasNodes(context);

/** Settings without those that are undefined; nothing at all when none is left, as in a file that never had any. */
export function trimSettings(settings: { readonly [Key in keyof NodeSettings]: NodeSettings[Key] | undefined }) {
  const left = Object.entries(settings).filter(([, value]) => value !== undefined);
  return left.length === 0 ? null : (Object.fromEntries(left) as NodeSettings);
}

/** Sets or takes away a setting of all selected nodes: taken away when all of them have it. */
function toggle<Key extends 'mode' | 'breakpoint'>(
  { store, messages }: CommandContext,
  key: Key,
  value: NonNullable<NodeSettings[Key]>,
  label: 'mute' | 'bypass' | 'breakpoint',
): void {
  const { flow, session } = store.getState();
  const nodes = [...session.selection.nodes].flatMap((id) => {
    const node = flow.document.nodes[id];
    return node === undefined ? [] : [{ id, settings: node.settings }];
  });
  const isOn = nodes.every(
    ({ settings }) => settings?.[key] !== undefined && (key !== 'mode' || settings[key] === value),
  );
  const operations = nodes.map(
    ({ id, settings }): Operation => ({
      kind: 'update-node',
      id,
      changes: { settings: trimSettings({ ...settings, [key]: isOn ? undefined : value }) },
    }),
  );
  const result = store.dispatch(operations, { label: messages()[label] });
  if (!result.ok) store.notify(result.error.message, 'warning');
}

/** Longer values belong into a file, not into the flow. */
const MOST_PINNED_CHARACTERS = 1_000_000;

/** Keeps what a node gave last: it gives that again and does not run. A second time, it runs again. */
async function togglePin(context: CommandContext): Promise<void> {
  const { store, messages } = context;
  const { flow, session, runs } = store.getState();
  const ids = [...session.selection.nodes];
  const isOn = ids.every((id) => flow.document.nodes[id]?.settings?.pinned !== undefined);
  const operations: Operation[] = [];
  for (const id of ids) {
    const settings = flow.document.nodes[id]?.settings;
    if (isOn) {
      operations.push({
        kind: 'update-node',
        id,
        changes: { settings: trimSettings({ ...settings, pinned: undefined }) },
      });
      continue;
    }
    const pinned = await valuesOf(context, id, nodeRun(runs.run, id)?.outputs ?? {});
    if (pinned !== undefined)
      operations.push({ kind: 'update-node', id, changes: { settings: { ...settings, pinned } } });
  }
  if (operations.length === 0) {
    store.notify(messages().pinNothing, 'warning');
    return;
  }
  const result = store.dispatch(operations, { label: isOn ? messages().unpin : messages().pin });
  if (!result.ok) store.notify(result.error.message, 'warning');
}

async function valuesOf(
  { store }: CommandContext,
  id: NodeId,
  outputs: NonNullable<ReturnType<typeof nodeRun>>['outputs'] & object,
): Promise<Record<PortId, Json> | undefined> {
  const engine = store.engine();
  if (engine === undefined || !Object.hasOwn(store.getState().flow.document.nodes, id)) return undefined;
  const values: Record<PortId, Json> = {};
  for (const [port, { ref }] of Object.entries(outputs)) {
    const value = asJson(await engine.read(ref).catch(() => undefined));
    if (value !== undefined) values[port] = value;
  }
  return Object.keys(values).length === 0 ? undefined : values;
}

/** The value when it is JSON and stays the same through a file, and is not too long for one. */
function asJson(value: unknown): Json | undefined {
  try {
    const text = JSON.stringify(value);
    if (text === undefined || text.length > MOST_PINNED_CHARACTERS || !isPlain(value)) return undefined;
    return JSON.parse(text) as Json;
  } catch {
    // What meets itself, and numbers without end, are no JSON.
    return undefined;
  }
}

function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isPlain);
}

export const modeCommands = [
  {
    id: 'node.mute',
    title: 'mute',
    // On Apple devices Cmd+M is the system's.
    keys: ['M', 'Mod+M'],
    when: settable,
    run: (context) => toggle(context, 'mode', 'muted', 'mute'),
  },
  {
    id: 'node.bypass',
    title: 'bypass',
    keys: ['Mod+B'],
    when: settable,
    run: (context) => toggle(context, 'mode', 'bypassed', 'bypass'),
  },
  {
    id: 'node.pin',
    title: 'pinToggle',
    keys: ['Mod+Alt+P'],
    when: settable,
    run: (context) => void togglePin(context),
  },
  {
    id: 'node.breakpoint',
    title: 'breakpoint',
    keys: ['F9'],
    when: settable,
    run: (context) => toggle(context, 'breakpoint', true, 'breakpoint'),
  },
] as const satisfies readonly Command[];
