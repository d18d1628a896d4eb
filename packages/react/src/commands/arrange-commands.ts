import type { Alignment } from '../arrange/align.js';
import type { Arrangement } from '../arrange/arrange-selection.js';
import type { TidyScope } from '../arrange/tidy-up.js';
import { type Command, type CommandContext, canEdit } from './command.js';
import { loadCommand } from './load-command.js';

type ArrangeTitle =
  | 'alignLeft'
  | 'alignRight'
  | 'alignTop'
  | 'alignBottom'
  | 'alignCenter'
  | 'alignMiddle'
  | 'distributeAcross'
  | 'distributeDown';

const several = (count: number) => (context: CommandContext) =>
  canEdit(context) && context.store.getState().session.selection.nodes.size >= count;

function arrange(title: ArrangeTitle, how: Arrangement) {
  return (context: CommandContext) =>
    loadCommand(context, async () => {
      const { arrangeSelection } = await import('./later-edits.js');
      return () => arrangeSelection(context, context.messages()[title], how);
    });
}

function alignment(
  title: Exclude<ArrangeTitle, 'distributeAcross' | 'distributeDown'>,
  edge: Alignment,
  keys: readonly string[],
) {
  return {
    title,
    keys,
    when: several(2),
    run: arrange(title, { align: edge }),
  };
}

const tidyUp = (what: TidyScope) => (context: CommandContext) =>
  loadCommand(context, () => import('./later-edits.js').then((module) => (loaded) => module.tidyUp(loaded, what)));

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
    run: arrange('distributeAcross', { distribute: 'across' }),
  },
  {
    id: 'arrange.down',
    title: 'distributeDown',
    keys: ['Alt+Shift+V'],
    when: several(3),
    run: arrange('distributeDown', { distribute: 'down' }),
  },
  {
    id: 'arrange.tidy',
    title: 'tidy',
    keys: ['Alt+Shift+T'],
    when: canEdit,
    run: tidyUp('selection'),
  },
  {
    id: 'arrange.tidyAll',
    title: 'tidyAll',
    keys: [],
    when: canEdit,
    run: tidyUp('all'),
  },
] as const satisfies readonly Command[];
