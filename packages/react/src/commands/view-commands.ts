import type { FlowFrame } from '@loom/graph';
import { frameAround } from '../frames/frame-contents.js';
import { boundsOf } from '../layout/box.js';
import { HEADER_HEIGHT } from '../layout/node-geometry.js';
import { menuOfSelection } from '../menu/selection-menu.js';
import type { Panels } from '../store/session.js';
import { addPythonNode, openQuickAdd, roundPosition } from './add-node.js';
import { type Command, type CommandContext, canEdit, hasContent, hasNodes } from './command.js';
import { focusInspector, focusPanel } from './panel-focus.js';

function toggle({ store }: CommandContext, name: keyof Panels): void {
  store.setPanel(name, { open: !store.getState().session.panels[name].open });
}

export const viewCommands = [
  { id: 'node.add', title: 'addNode', keys: ['Shift+A', 'Tab'], when: canEdit, run: openQuickAdd },
  { id: 'node.newPython', title: 'newPython', keys: ['Mod+Alt+N'], when: canEdit, run: addPythonNode },
  {
    id: 'node.frame',
    title: 'frameAdd',
    keys: ['Shift+F'],
    when: canEdit,
    run: (context) => addFrame(context, 'frame'),
  },
  { id: 'node.note', title: 'noteAdd', keys: ['Shift+N'], when: canEdit, run: (context) => addFrame(context, 'note') },
  {
    id: 'node.inspect',
    title: 'inspect',
    keys: ['Enter'],
    when: hasNodes,
    run: (context) => {
      context.store.setPanel('inspector', { open: true });
      focusInspector(context);
    },
  },
  {
    id: 'node.collapse',
    title: 'collapse',
    keys: ['Alt+C'],
    when: (context) => canEdit(context) && hasNodes(context),
    run: toggleCollapsed,
  },
  { id: 'view.fit', title: 'fitView', keys: ['Shift+1'], run: ({ canvas }) => canvas.fitView() },
  {
    id: 'view.fitSelection',
    title: 'fitSelection',
    keys: ['Shift+2', '.'],
    when: hasContent,
    run: fitSelection,
  },
  {
    id: 'view.palette',
    title: 'palette',
    keys: ['Mod+K', 'Mod+Shift+P'],
    run: ({ store }) => store.setPalette('commands'),
  },
  { id: 'view.find', title: 'find', keys: ['Mod+F'], run: ({ store }) => store.setPalette('nodes') },
  { id: 'view.help', title: 'help', keys: ['?'], run: ({ store }) => store.setHelp(true) },
  { id: 'view.zoomIn', title: 'zoomIn', keys: ['Mod++', 'Mod+='], run: ({ canvas }) => canvas.zoomBy(1.25) },
  { id: 'view.zoomOut', title: 'zoomOut', keys: ['Mod+-'], run: ({ canvas }) => canvas.zoomBy(0.8) },
  { id: 'view.zoomReset', title: 'zoomReset', keys: ['Mod+0'], run: ({ canvas }) => canvas.zoomTo(1) },
  { id: 'view.library', title: 'toggleLibrary', keys: [], run: toggleLibrary },
  { id: 'view.outline', title: 'toggleOutline', keys: ['Shift+O'], run: toggleOutline },
  { id: 'view.nextPanel', title: 'nextPanel', keys: ['F6'], run: (context) => focusPanel(context, 1) },
  { id: 'view.previousPanel', title: 'previousPanel', keys: ['Shift+F6'], run: (context) => focusPanel(context, -1) },
  { id: 'view.menu', title: 'openMenu', keys: ['Shift+F10', 'ContextMenu'], run: openSelectionMenu },
  {
    id: 'view.snapGrid',
    title: 'snapGrid',
    keys: ['Shift+G'],
    run: (context) => toggleSnap(context, 'grid', context.messages().snapGrid),
  },
  {
    id: 'view.guides',
    title: 'snapGuides',
    keys: ['Shift+L'],
    run: (context) => toggleSnap(context, 'guides', context.messages().snapGuides),
  },
  {
    id: 'flow.environment',
    title: 'environmentTitle',
    keys: [],
    run({ store }) {
      // The inspector shows the flow itself while nothing is selected.
      store.clearSelection();
      store.setPanel('inspector', { open: true });
    },
  },
  { id: 'view.inspector', title: 'toggleInspector', keys: [], run: (context) => toggle(context, 'inspector') },
  { id: 'view.bottom', title: 'toggleBottom', keys: [], run: (context) => toggle(context, 'bottom') },
] as const satisfies readonly Command[];

function toggleSnap({ store, messages }: CommandContext, what: 'grid' | 'guides', name: string): void {
  const isOn = !store.getState().session.snap[what];
  store.setSnap({ [what]: isOn });
  store.notify(messages().snapSet(name, isOn));
}

/** Opens the library or closes it; where the outline stands in its place, that makes room. */
function toggleLibrary(context: CommandContext): void {
  const { store } = context;
  if (!store.getState().session.panels.outline.open) {
    toggle(context, 'library');
    return;
  }
  store.setPanel('outline', { open: false });
  store.setPanel('library', { open: true });
}

/** Opens the outline and goes there; from inside, back to the canvas. */
function toggleOutline({ store, canvas }: CommandContext): void {
  const isInside = canvas.element()?.closest('.loom-root')?.querySelector('.loom-outline:focus-within') != null;
  if (!isInside) {
    store.openOutline();
    return;
  }
  store.setPanel('outline', { open: false });
  canvas.focus();
}

/** The menu about what is selected, beside it. */
function openSelectionMenu({ store, canvas }: CommandContext): void {
  const name = menuOfSelection(store);
  const canvasBox = canvas.element()?.getBoundingClientRect();
  const root = canvas.element()?.closest('.loom-root')?.getBoundingClientRect();
  const box = selectedElement({ store, canvas })?.getBoundingClientRect();
  const x = box?.left ?? (canvasBox?.left ?? 0) + (canvasBox?.width ?? 0) / 2;
  const y = box === undefined ? (canvasBox?.top ?? 0) + (canvasBox?.height ?? 0) / 3 : box.top + HEADER_HEIGHT;
  store.setMenu({ name, at: { x: x - (root?.left ?? 0), y: y - (root?.top ?? 0) } });
}

/** What is drawn of the first that is selected. */
function selectedElement({ store, canvas }: Pick<CommandContext, 'store' | 'canvas'>): Element | null | undefined {
  const { nodes, edges, frames } = store.getState().session.selection;
  const drawn = canvas.element();
  const [node, edge, frame] = [nodes, edges, frames].map(([first]) => CSS.escape(first ?? ''));
  if (node) return drawn?.querySelector(`.react-flow__node[data-id="${node}"]`);
  if (edge) return drawn?.querySelector(`.react-flow__edge[data-id="${edge}"] .loom-edge-path`);
  return drawn?.querySelector(`[data-frame="${frame}"]`);
}

function fitSelection({ canvas, store }: CommandContext): void {
  const { flow, session } = store.getState();
  const { nodes, frames } = session.selection;
  const framed = [...frames].flatMap((id) => {
    const frame = flow.document.frames[id];
    return frame === undefined ? [] : [{ ...frame.position, ...frame.size }];
  });
  const box = boundsOf([...framed, canvas.boundsOf(nodes)].filter((found) => found !== undefined));
  if (box !== undefined) canvas.fitBox(box);
}

/** Adds a frame around what is selected, or an empty one; or a note. */
function addFrame({ store, canvas, messages }: CommandContext, kind: FlowFrame['kind']): void {
  const { at } = canvas.place();
  const around = kind === 'frame' ? canvas.boundsOf(store.getState().session.selection.nodes) : undefined;
  const empty = { position: roundPosition(at), size: kind === 'frame' ? EMPTY_FRAME : EMPTY_NOTE };
  const frame = { kind, ...(around === undefined ? empty : frameAround(around)) };
  const result = store.dispatch([{ kind: 'set-frame', id: store.createId('frame'), frame }], {
    label: kind === 'frame' ? messages().frameAdd : messages().noteAdd,
  });
  if (!result.ok) store.notify(result.error.message, 'warning');
}

const EMPTY_FRAME = { width: 480, height: 320 };
const EMPTY_NOTE = { width: 240, height: 140 };

function toggleCollapsed({ store, messages }: CommandContext): void {
  const { flow, session } = store.getState();
  const nodes = [...session.selection.nodes].flatMap((id) => {
    const node = flow.document.nodes[id];
    return node === undefined ? [] : [{ id, node }];
  });
  const collapsed = !nodes.every(({ node }) => node.view?.collapsed === true);
  store.dispatch(
    nodes.map(({ id, node }) => ({ kind: 'update-node', id, changes: { view: { ...node.view, collapsed } } })),
    { label: messages().changeView },
  );
}
