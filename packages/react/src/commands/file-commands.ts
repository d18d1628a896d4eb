import { saveAsFile } from '../editor/save-file.js';
import { copyLink } from '../sharing/copy-link.js';
import { tableSize } from '../store/table-size.js';
import { type Command, type CommandContext, canEdit } from './command.js';

function hasContent({ store }: CommandContext): boolean {
  const { nodes, frames } = store.getState().flow.document;
  return tableSize(nodes) > 0 || tableSize(frames) > 0;
}

/** What draws pictures is loaded when one is wanted. */
function exportPicture(context: CommandContext, format: 'png' | 'svg'): void {
  import('../sharing/export-picture.js')
    .then((module) => module.exportPicture(context, format))
    .catch((error: unknown) => {
      context.store.notify(
        context.messages().exportFailed(error instanceof Error ? error.message : String(error)),
        'error',
      );
    });
}

export const fileCommands = [
  { id: 'file.open', title: 'openFile', keys: ['Mod+O'], when: canEdit, run: (context) => context.chooseFile() },
  { id: 'file.save', title: 'saveFile', keys: ['Mod+S'], run: ({ store }) => saveAsFile(store) },
  {
    id: 'file.share',
    title: 'shareLink',
    keys: [],
    when: ({ shareUrl }) => shareUrl() !== undefined,
    run: (context) => void copyLink(context),
  },
  {
    id: 'file.exportPng',
    title: 'exportPng',
    keys: [],
    when: hasContent,
    run: (context) => exportPicture(context, 'png'),
  },
  {
    id: 'file.exportSvg',
    title: 'exportSvg',
    keys: [],
    when: hasContent,
    run: (context) => exportPicture(context, 'svg'),
  },
] as const satisfies readonly Command[];
