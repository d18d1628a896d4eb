import type { NodeSettings, Operation } from '@loom/graph';
import { type Command, type CommandContext, canEdit, hasNodes } from './command.js';
import { loadCommand } from './load-command.js';
import { trimSettings } from './trim-settings.js';

const settable = (context: CommandContext) => canEdit(context) && hasNodes(context);

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

const togglePin = (context: CommandContext) =>
  loadCommand(context, () => import('./later-edits.js').then((module) => module.togglePin));

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
    run: togglePin,
  },
  {
    id: 'node.breakpoint',
    title: 'breakpoint',
    keys: ['F9'],
    when: settable,
    run: (context) => toggle(context, 'breakpoint', true, 'breakpoint'),
  },
] as const satisfies readonly Command[];
