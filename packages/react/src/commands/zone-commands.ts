import { isContainer } from '../zones/containment.js';
import type { EnclosureKind } from '../zones/enclose.js';
import { type Command, type CommandContext, canEdit, hasNodes } from './command.js';
import { loadCommand } from './load-command.js';

const enclosable = (context: CommandContext) => canEdit(context) && hasNodes(context);

function encloseSelection(context: CommandContext, kind: EnclosureKind): void {
  loadCommand(context, async () => {
    const module = await import('../zones/enclose-selection.js');
    return () => module.encloseSelection(context, kind);
  });
}

function selectedContainers({ store }: CommandContext) {
  const { flow, session } = store.getState();
  return [...session.selection.nodes].filter((id) => isContainer(flow.document.nodes[id]));
}

function dissolve(context: CommandContext): void {
  const { store, messages } = context;
  const ids = selectedContainers(context);
  const { nodes } = store.getState().flow.document;
  const freed = Object.keys(nodes).filter((id) => ids.includes(nodes[id]?.parent ?? ''));
  const result = store.dispatch([{ kind: 'remove-nodes', ids }], { label: messages().dissolve });
  if (result.ok) store.select({ nodes: freed });
  else store.notify(result.error.message, 'warning');
}

export const zoneCommands = [
  {
    id: 'zone.forEach',
    title: 'encloseForEach',
    keys: ['Mod+Alt+F'],
    when: enclosable,
    run: (context) => encloseSelection(context, 'for-each'),
  },
  {
    id: 'zone.while',
    title: 'encloseWhile',
    keys: [],
    when: enclosable,
    run: (context) => encloseSelection(context, 'while'),
  },
  {
    id: 'zone.repeat',
    title: 'encloseRepeat',
    keys: [],
    when: enclosable,
    run: (context) => encloseSelection(context, 'repeat'),
  },
  {
    id: 'zone.group',
    title: 'group',
    keys: ['Mod+G'],
    when: enclosable,
    run: (context) => encloseSelection(context, 'group'),
  },
  {
    id: 'zone.dissolve',
    title: 'dissolve',
    keys: ['Mod+Shift+G'],
    when: (context) => canEdit(context) && selectedContainers(context).length > 0,
    run: dissolve,
  },
  {
    id: 'zone.move',
    title: 'moveInto',
    keys: ['Mod+Alt+M'],
    when: enclosable,
    run: ({ store }) => store.setPalette('zones'),
  },
] as const satisfies readonly Command[];
