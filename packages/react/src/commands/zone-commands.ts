import { isContainer } from '../zones/containment.js';
import { type EnclosureKind, enclose } from '../zones/enclose.js';
import { type Command, type CommandContext, canEdit, hasNodes } from './command.js';

const enclosable = (context: CommandContext) => canEdit(context) && hasNodes(context);

function encloseSelection({ store, canvas, messages }: CommandContext, kind: EnclosureKind): void {
  const { flow, session } = store.getState();
  const selected = session.selection.nodes;
  const bounds = canvas.boundsOf(selected);
  if (bounds === undefined) return;
  const enclosure = enclose(flow, selected, kind, bounds, store.createId);
  if (enclosure === undefined) {
    store.notify(messages().encloseMixed, 'warning');
    return;
  }
  const label = messages()[TITLES[kind]];
  const result = store.dispatch(enclosure.operations, { label });
  if (!result.ok) {
    store.notify(result.error.message, 'warning');
    return;
  }
  store.select({ nodes: [enclosure.zone] });
  if (enclosure.lost > 0) store.notify(messages().encloseLost(enclosure.lost), 'info');
}

const TITLES = {
  'for-each': 'encloseForEach',
  while: 'encloseWhile',
  repeat: 'encloseRepeat',
  group: 'group',
} as const satisfies Record<EnclosureKind, string>;

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
