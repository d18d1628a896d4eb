import type { EdgeId, NodeId } from '@loom/graph';
import { copyValue, hasValue } from '../ports/copy-value.js';
import { portAt } from '../ports/port-at.js';
import { type PortPlace, wiresAt } from '../ports/port-place.js';
import { retitlePort } from '../ports/port-title.js';
import { togglePromoted } from '../subgraph/promoted.js';
import { type Command, type CommandContext, canEdit, hasNodes } from './command.js';

/** The port that commands are about, as long as it is there. */
function currentPort({ store, models }: CommandContext): PortPlace | undefined {
  const { flow, session } = store.getState();
  const { port } = session;
  return port !== undefined && portAt(models(flow), port) !== undefined ? port : undefined;
}

function onPort(act: (context: CommandContext, place: PortPlace) => void) {
  return (context: CommandContext) => {
    const place = currentPort(context);
    if (place !== undefined) act(context, place);
  };
}

function ifPort(test: (context: CommandContext, place: PortPlace) => boolean) {
  return (context: CommandContext) => {
    const place = currentPort(context);
    return place !== undefined && test(context, place);
  };
}

const editable = ifPort(canEdit);

/** The node that is selected, when one alone is. */
function onlyNode({ store }: CommandContext): NodeId | undefined {
  const { nodes } = store.getState().session.selection;
  const [node] = nodes;
  return nodes.size === 1 ? node : undefined;
}

function disconnect({ store, messages }: CommandContext, place: PortPlace): void {
  const ids = wiresAt(store.getState().flow.document, place);
  const result = store.dispatch([{ kind: 'disconnect', ids: [...ids] }], { label: messages().changeDisconnect });
  if (result.ok) store.announce(messages().announceDisconnected(ids.length));
  else store.notify(result.error.message, 'warning');
}

function promote({ store, models, messages }: CommandContext, place: PortPlace): void {
  const { flow } = store.getState();
  const title = portAt(models(flow), place)?.title ?? place.port;
  const label = place.side === 'target' ? messages().promoteInput(title) : messages().promoteOutput(title);
  const side = place.side === 'target' ? 'inputs' : 'outputs';
  const result = store.dispatch([togglePromoted(flow.document, side, place.node, place.port)], { label });
  if (!result.ok) store.notify(result.error.message, 'warning');
}

const canRetitle = ifPort(
  (context, place) =>
    canEdit(context) && retitlePort(context.store.getState().flow.document, place, 'title') !== undefined,
);

function hasLiteral({ store }: CommandContext, { node, port, side }: PortPlace): boolean {
  return side === 'target' && store.getState().flow.document.nodes[node]?.inputs?.[port] !== undefined;
}

function clear({ store, models, messages }: CommandContext, place: PortPlace): void {
  const title = portAt(models(store.getState().flow), place)?.title ?? place.port;
  store.dispatch([{ kind: 'clear-input', id: place.node, port: place.port }], { label: messages().changeClear(title) });
}

/** The wire that is selected, when one alone is. */
function onlyWire({ store }: CommandContext): EdgeId | undefined {
  const { nodes, edges } = store.getState().session.selection;
  const [wire] = edges;
  return nodes.size === 0 && edges.size === 1 ? wire : undefined;
}

export const portCommands = [
  {
    id: 'node.connect',
    title: 'connectNode',
    keys: ['C'],
    when: (context) => canEdit(context) && (currentPort(context) ?? onlyNode(context)) !== undefined,
    run(context) {
      const node = onlyNode(context);
      context.store.setPalette(currentPort(context) ?? (node === undefined ? undefined : { portsOf: node }));
    },
  },
  {
    id: 'node.rename',
    title: 'rename',
    keys: ['F2'],
    when: (context) => canEdit(context) && onlyNode(context) !== undefined,
    run: (context) => context.store.setRenaming(onlyNode(context)),
  },
  {
    id: 'node.template',
    title: 'templateSave',
    keys: [],
    when: (context) => hasNodes(context) && context.templates().canSave,
    run: ({ store }) => store.setRenaming({ template: true }),
  },
  {
    id: 'port.connect',
    title: 'portConnect',
    keys: [],
    when: editable,
    run: onPort(({ store }, place) => store.setPalette(place)),
  },
  {
    id: 'port.add',
    title: 'portAdd',
    keys: [],
    when: editable,
    run: onPort(({ store, canvas }, from) => store.setQuickAdd({ ...canvas.place(), from })),
  },
  {
    id: 'port.disconnect',
    title: 'portDisconnect',
    keys: [],
    when: ifPort(
      (context, place) => canEdit(context) && wiresAt(context.store.getState().flow.document, place).length > 0,
    ),
    run: onPort(disconnect),
  },
  {
    id: 'wire.insert',
    title: 'wireInsert',
    keys: [],
    when: (context) => canEdit(context) && onlyWire(context) !== undefined,
    run(context) {
      const wire = onlyWire(context);
      if (wire !== undefined) context.store.setQuickAdd({ ...context.canvas.place(), wire });
    },
  },
  { id: 'port.promote', title: 'portPromote', keys: [], when: editable, run: onPort(promote) },
  {
    id: 'port.rename',
    title: 'portRename',
    keys: [],
    when: canRetitle,
    run: onPort(({ store }, place) => store.setRenaming(place)),
  },
  {
    id: 'port.copyValue',
    title: 'portCopyValue',
    keys: [],
    when: ifPort(hasValue),
    run: onPort((context, place) => void copyValue(context, place)),
  },
  {
    id: 'port.clear',
    title: 'portClear',
    keys: [],
    when: ifPort((context, place) => canEdit(context) && hasLiteral(context, place)),
    run: onPort(clear),
  },
] as const satisfies readonly Command[];
