import type { Json, NodeId, Operation, PortId } from '@loom/graph';
import { nodeRun } from '../run/node-run.js';
import type { CommandContext } from './command.js';
import { trimSettings } from './trim-settings.js';

/** Longer values belong into a file, not into the flow. */
const MOST_PINNED_CHARACTERS = 1_000_000;

/** Keeps what a node gave last: it gives that again and does not run. A second time, it runs again. */
export async function togglePin(context: CommandContext): Promise<void> {
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
