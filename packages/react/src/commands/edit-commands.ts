import type { NodeId, Position } from '@loom/graph';
import { copyToClipboard, pasteFromClipboard } from '../clipboard/clipboard-fallback.js';
import { duplicateSelection } from '../clipboard/fragment.js';
import { moveContents } from '../zones/move.js';
import { type Command, type CommandContext, canEdit, hasNodes, hasSelection } from './command.js';
import { removeSelection } from './remove-selection.js';

/** How far an arrow key moves, in flow units; with Shift four times as far. */
const NUDGE = 4;
const NUDGE_FAR = 16;

function nudge(context: CommandContext, dx: number, dy: number): void {
  const { store, messages } = context;
  const { flow, session } = store.getState();
  const positions: Record<NodeId, Position> = {};
  for (const id of session.selection.nodes) {
    const node = flow.document.nodes[id];
    if (node !== undefined) positions[id] = { x: node.position.x + dx, y: node.position.y + dy };
  }
  const count = Object.keys(positions).length;
  if (count === 0) return;
  store.dispatch([{ kind: 'move-nodes', positions: moveContents(flow.document.nodes, positions) }], {
    label: messages().changeMove(count),
    mergeKey: `nudge:${Object.keys(positions).join(',')}`,
  });
  store.announce(messages().announceMoved(count));
}

const movable = (context: CommandContext) => canEdit(context) && hasNodes(context);

function nudgeCommands(name: 'Left' | 'Right' | 'Up' | 'Down', dx: number, dy: number) {
  const direction = name.toLowerCase() as Lowercase<typeof name>;
  return [
    {
      id: `move.${direction}`,
      title: `move${name}`,
      keys: [`Arrow${name}`],
      when: movable,
      run: (context) => nudge(context, dx * NUDGE, dy * NUDGE),
    },
    {
      id: `move.${direction}Far`,
      title: `move${name}`,
      keys: [`Shift+Arrow${name}`],
      when: movable,
      run: (context) => nudge(context, dx * NUDGE_FAR, dy * NUDGE_FAR),
    },
  ] as const satisfies readonly Command[];
}

/** Below the toolbar, near undo and redo. */
const HISTORY_PLACE = { x: 132, y: 44 };

export const editCommands = [
  {
    id: 'edit.history',
    title: 'history',
    keys: ['Mod+Alt+Z'],
    when: canEdit,
    run: ({ store }) => store.setMenu({ name: 'history', at: HISTORY_PLACE }),
  },
  {
    id: 'edit.undo',
    title: 'undo',
    keys: ['Mod+Z'],
    when: (context) => canEdit(context) && context.store.getState().flow.history.past.length > 0,
    run: ({ store }) => void store.undo(),
  },
  {
    id: 'edit.redo',
    title: 'redo',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    when: (context) => canEdit(context) && context.store.getState().flow.history.future.length > 0,
    run: ({ store }) => void store.redo(),
  },
  {
    id: 'edit.delete',
    title: 'remove',
    keys: ['Delete', 'Backspace'],
    when: (context) => canEdit(context) && hasSelection(context),
    run: (context) => removeSelection(context),
  },
  {
    id: 'edit.duplicate',
    title: 'duplicate',
    keys: ['Mod+D'],
    when: (context) => canEdit(context) && hasNodes(context),
    run: duplicateSelection,
  },
  // Copy, cut and paste come as clipboard events; these are for buttons and for systems that send none.
  { id: 'edit.copy', title: 'copy', keys: [], when: hasNodes, run: (context) => copyToClipboard(context, false) },
  {
    id: 'edit.cut',
    title: 'cut',
    keys: [],
    when: (context) => canEdit(context) && hasNodes(context),
    run: (context) => copyToClipboard(context, true),
  },
  { id: 'edit.paste', title: 'paste', keys: [], when: canEdit, run: (context) => pasteFromClipboard(context, false) },
  {
    id: 'edit.pasteWired',
    title: 'pasteWired',
    keys: [],
    when: canEdit,
    run: (context) => pasteFromClipboard(context, true),
  },
  { id: 'edit.selectAll', title: 'selectAll', keys: ['Mod+A'], run: ({ store }) => store.selectAll() },
  {
    id: 'edit.cancelWire',
    title: 'cancelWire',
    keys: ['Escape'],
    when: ({ store }) => store.getState().session.connecting !== undefined,
    run: ({ canvas }) => canvas.cancelConnecting(),
  },
  {
    id: 'edit.deselect',
    title: 'deselect',
    keys: ['Escape'],
    when: hasSelection,
    run: ({ store }) => store.clearSelection(),
  },
  ...nudgeCommands('Left', -1, 0),
  ...nudgeCommands('Right', 1, 0),
  ...nudgeCommands('Up', 0, -1),
  ...nudgeCommands('Down', 0, 1),
] as const satisfies readonly Command[];
