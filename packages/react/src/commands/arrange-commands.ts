import { type Alignment, align, distribute, type PlacedBox } from '../arrange/align.js';
import type { TidyOptions } from '../arrange/tidy-up.js';
import { outermost } from '../zones/containment.js';
import { moveContents } from '../zones/move.js';
import { type Command, type CommandContext, canEdit } from './command.js';
import { loadCommand } from './load-command.js';

const several = (count: number) => (context: CommandContext) =>
  canEdit(context) && context.store.getState().session.selection.nodes.size >= count;

/** What is selected, without what lies in something else that is. */
function selectedBoxes({ store, canvas }: CommandContext): readonly PlacedBox[] {
  const { flow, session } = store.getState();
  const { sizeOf } = canvas.dropPlace();
  return outermost(flow.document.nodes, session.selection.nodes).flatMap((id) => {
    const node = flow.document.nodes[id];
    return node === undefined ? [] : [{ id, ...node.position, ...sizeOf(id) }];
  });
}

type Arrange = (boxes: readonly PlacedBox[]) => ReturnType<typeof align>;

function arrange(context: CommandContext, label: string, place: Arrange): void {
  const { store } = context;
  const { nodes } = store.getState().flow.document;
  const positions = moveContents(nodes, place(selectedBoxes(context)));
  const result = store.dispatch([{ kind: 'move-nodes', positions }], { label });
  if (!result.ok) store.notify(result.error.message, 'warning');
}

function alignment(
  title: 'alignLeft' | 'alignRight' | 'alignTop' | 'alignBottom' | 'alignCenter' | 'alignMiddle',
  edge: Alignment,
  keys: readonly string[],
) {
  return {
    title,
    keys,
    when: several(2),
    run: (context: CommandContext) => arrange(context, context.messages()[title], (boxes) => align(boxes, edge)),
  };
}

const tidyUp = (options: TidyOptions) => (context: CommandContext) =>
  loadCommand(context, () => import('./later-edits.js').then((module) => (loaded) => module.tidyUp(loaded, options)));

export const arrangeCommands = [
  { ...alignment('alignLeft', 'left', ['Alt+A']), id: 'arrange.left' },
  { ...alignment('alignRight', 'right', ['Alt+D']), id: 'arrange.right' },
  { ...alignment('alignTop', 'top', ['Alt+W']), id: 'arrange.top' },
  { ...alignment('alignBottom', 'bottom', ['Alt+S']), id: 'arrange.bottom' },
  { ...alignment('alignCenter', 'center', ['Alt+H']), id: 'arrange.center' },
  { ...alignment('alignMiddle', 'middle', ['Alt+V']), id: 'arrange.middle' },
  {
    id: 'arrange.across',
    title: 'distributeAcross',
    keys: ['Alt+Shift+H'],
    when: several(3),
    run: (context) => arrange(context, context.messages().distributeAcross, (boxes) => distribute(boxes, 'across')),
  },
  {
    id: 'arrange.down',
    title: 'distributeDown',
    keys: ['Alt+Shift+V'],
    when: several(3),
    run: (context) => arrange(context, context.messages().distributeDown, (boxes) => distribute(boxes, 'down')),
  },
  {
    id: 'arrange.tidy',
    title: 'tidy',
    keys: ['Alt+Shift+T'],
    when: canEdit,
    run: tidyUp({ what: 'selection', direction: 'right' }),
  },
  {
    id: 'arrange.tidyAll',
    title: 'tidyAll',
    keys: [],
    when: canEdit,
    run: tidyUp({ what: 'all', direction: 'right' }),
  },
  {
    id: 'arrange.tidyDown',
    title: 'tidyDown',
    keys: ['Alt+Shift+D'],
    when: canEdit,
    run: tidyUp({ what: 'selection', direction: 'down' }),
  },
] as const satisfies readonly Command[];
