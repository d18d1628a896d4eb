import type { NodeId, Operation, Position } from '@loom/graph';
import { copyToClipboard, pasteFromClipboard } from '../clipboard/clipboard-fallback.js';
import { duplicateSelection } from '../clipboard/fragment.js';
import { formattableTypes } from '../code/formattable-types.js';
import { nodesIn } from '../frames/frame-contents.js';
import { boundsOf } from '../layout/box.js';
import { withWirePoints } from '../wires/wire-points.js';
import { moveContents } from '../zones/move.js';
import { type Command, type CommandContext, canEdit, hasContent, hasSelection } from './command.js';
import { loadCommand } from './load-command.js';
import { removeSelection } from './remove-selection.js';

/** How far an arrow key moves, in flow units; with Shift four times as far. */
const NUDGE = 4;
const NUDGE_FAR = 16;

function nudge(context: CommandContext, dx: number, dy: number): void {
  const { store, messages } = context;
  const { flow, session } = store.getState();
  const { nodes, frames } = session.selection;
  const { document } = flow;
  const positions: Record<NodeId, Position> = {};
  for (const id of withFramed(context, nodes, frames)) {
    const node = document.nodes[id];
    if (node !== undefined) positions[id] = { x: node.position.x + dx, y: node.position.y + dy };
  }
  const operations: Operation[] = [...frames].flatMap((id): Operation[] => {
    const frame = document.frames[id];
    if (frame === undefined) return [];
    const { x, y } = frame.position;
    return [{ kind: 'set-frame', id, frame: { ...frame, position: { x: x + dx, y: y + dy } } }];
  });
  const count = nodes.size + frames.size;
  if (count === 0) return;
  if (Object.keys(positions).length > 0) {
    operations.push({ kind: 'move-nodes', positions: moveContents(document.nodes, positions) });
  }
  store.dispatch(withWirePoints(document, operations), {
    label: messages().changeMove(count),
    mergeKey: `nudge:${[...nodes, ...frames].join(',')}`,
  });
  store.announce(messages().announceMoved(count));
  revealSelection(context);
}

/** Keeps in sight what one moves by keys. */
function revealSelection({ store, canvas }: CommandContext): void {
  const { flow, session } = store.getState();
  const frames = [...session.selection.frames].flatMap((id) => flow.document.frames[id] ?? []);
  const boxes = [
    ...frames.map(({ position, size }) => ({ ...position, ...size })),
    canvas.boundsOf(session.selection.nodes),
  ];
  const box = boundsOf(boxes.filter((each) => each !== undefined));
  if (box !== undefined) canvas.reveal(box);
}

/** Nodes, and those that lie on frames: they go along. */
function withFramed({ store, canvas }: CommandContext, nodes: Iterable<NodeId>, frames: Iterable<string>) {
  const { document } = store.getState().flow;
  const { sizeOf } = canvas.dropPlace();
  const framed = [...frames].flatMap((id) => {
    const frame = document.frames[id];
    return frame === undefined || frame.kind === 'note' ? [] : nodesIn(document.nodes, frame, sizeOf);
  });
  return new Set([...nodes, ...framed]);
}

const movable = (context: CommandContext) => canEdit(context) && hasContent(context);

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
      title: `move${name}Far`,
      keys: [`Shift+Arrow${name}`],
      when: movable,
      run: (context) => nudge(context, dx * NUDGE_FAR, dy * NUDGE_FAR),
    },
  ] as const satisfies readonly Command[];
}

/** Below the toolbar, near undo and redo. */
const HISTORY_PLACE = { x: 132, y: 44 };

/** Takes a tool, or puts it back. */
function takeTool(store: CommandContext['store'], tool: 'box' | 'lasso'): void {
  store.setTool(store.getState().session.tool === tool ? undefined : tool);
}

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
    when: (context) => canEdit(context) && hasContent(context),
    run: duplicateSelection,
  },
  // Copy, cut and paste come as clipboard events; these are for buttons and for systems that send none.
  {
    id: 'edit.copy',
    title: 'copy',
    keys: [],
    systemKeys: ['Mod+C'],
    when: hasContent,
    run: (context) => copyToClipboard(context, false),
  },
  {
    id: 'edit.cut',
    title: 'cut',
    keys: [],
    systemKeys: ['Mod+X'],
    when: (context) => canEdit(context) && hasContent(context),
    run: (context) => copyToClipboard(context, true),
  },
  {
    id: 'edit.paste',
    title: 'paste',
    keys: [],
    systemKeys: ['Mod+V'],
    when: canEdit,
    run: (context) => pasteFromClipboard(context, false),
  },
  {
    id: 'edit.pasteWired',
    title: 'pasteWired',
    keys: [],
    systemKeys: ['Mod+Shift+V'],
    when: canEdit,
    run: (context) => pasteFromClipboard(context, true),
  },
  {
    id: 'edit.format',
    title: 'formatCode',
    keys: ['Shift+Alt+F'],
    when: (context) => canEdit(context) && formattableTypes(context).length > 0,
    run: (context) => loadCommand(context, async () => (await import('./later-edits.js')).formatSelected),
  },
  { id: 'edit.selectBox', title: 'selectBox', keys: ['B'], run: ({ store }) => takeTool(store, 'box') },
  { id: 'edit.selectLasso', title: 'selectLasso', keys: ['L'], run: ({ store }) => takeTool(store, 'lasso') },
  {
    id: 'edit.dropTool',
    title: 'dropTool',
    keys: ['Escape'],
    when: ({ store }) => store.getState().session.tool !== undefined,
    run: ({ store }) => store.setTool(undefined),
  },
  {
    id: 'arrange.stop',
    title: 'tidyStop',
    keys: ['Escape'],
    when: ({ store }) => store.getState().session.tidying !== undefined,
    run: ({ store }) => store.setTidying(undefined),
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
