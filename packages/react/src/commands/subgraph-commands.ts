import { isSubgraph, typeTitle } from '../subgraph/opened-graph.js';
import { type Command, type CommandContext, canEdit, hasNodes } from './command.js';
import { loadCommand } from './load-command.js';

/** The instance that is selected, when one alone is. */
function selectedInstance({ store }: CommandContext): string | undefined {
  const { flow, session } = store.getState();
  const [node, ...others] = session.selection.nodes;
  return node !== undefined && others.length === 0 && isSubgraph(flow.document, node) ? node : undefined;
}

const hasInstance = (context: CommandContext) => selectedInstance(context) !== undefined;

const make = (context: CommandContext) =>
  loadCommand(context, () => import('../subgraph/subgraph-edits.js').then((module) => module.makeOfSelection));

function unpack(context: CommandContext): void {
  const instance = selectedInstance(context);
  if (instance === undefined) return;
  loadCommand(context, async () => {
    const { unpackInstance } = await import('../subgraph/subgraph-edits.js');
    return () => unpackInstance(context, instance);
  });
}

/** Gives an instance a definition of its own: the others do not follow it any more. */
function detach(context: CommandContext): void {
  const { store, messages } = context;
  const { document, library } = store.getState().flow;
  const instance = selectedInstance(context);
  const type = instance && document.nodes[instance]?.type;
  const definition = type === undefined ? undefined : document.types[type];
  if (!instance || type === undefined || definition?.kind !== 'subgraph') return;
  const id = store.createId('type');
  const title = messages().subgraphCopy(typeTitle(document, library, type));
  const result = store.dispatch(
    [
      { kind: 'set-type', id, type: { ...definition, title } },
      { kind: 'update-node', id: instance, changes: { type: id } },
    ],
    { label: messages().subgraphDetach },
  );
  if (!result.ok) store.notify(result.error.message, 'warning');
}

export const subgraphCommands = [
  {
    id: 'subgraph.make',
    title: 'subgraphMake',
    keys: ['Mod+Alt+G'],
    when: (context) => canEdit(context) && hasNodes(context),
    run: make,
  },
  {
    id: 'subgraph.open',
    title: 'subgraphOpen',
    keys: ['Mod+ArrowDown'],
    when: hasInstance,
    run(context) {
      const instance = selectedInstance(context);
      if (instance !== undefined) context.store.openSubgraph(instance);
    },
  },
  {
    id: 'subgraph.leave',
    title: 'subgraphLeave',
    keys: ['Mod+ArrowUp'],
    when: ({ store }) => store.getState().session.path.length > 0,
    run: ({ store }) => store.leaveSubgraph(store.getState().session.path.length - 1),
  },
  {
    id: 'subgraph.unpack',
    title: 'subgraphUnpack',
    keys: [],
    when: (context) => canEdit(context) && hasInstance(context),
    run: unpack,
  },
  {
    id: 'subgraph.detach',
    title: 'subgraphDetach',
    keys: [],
    when: (context) => canEdit(context) && hasInstance(context),
    run: detach,
  },
] as const satisfies readonly Command[];
