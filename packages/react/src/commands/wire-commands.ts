import { type EdgeId, graphIndex } from '@loom/graph';
import { addWirePoint, setWirePoints, wirePoints } from '../wires/wire-points.js';
import { type Command, type CommandContext, canEdit } from './command.js';
import { loadCommand } from './load-command.js';

/** The wire that is selected, when it is the only thing. */
function onlyWire({ store }: CommandContext): EdgeId | undefined {
  const { nodes, edges, frames } = store.getState().session.selection;
  const [wire] = edges;
  return nodes.size + frames.size === 0 && edges.size === 1 ? wire : undefined;
}

/** Where one points at the wire; else in its middle. */
function addPoint(context: CommandContext): void {
  const wire = onlyWire(context);
  if (wire === undefined) return;
  addWirePoint(context, wire, context.canvas.wireAtPointer() === wire ? context.canvas.place().at : undefined);
}

/** Whether a node is selected that has wires. */
function hasWiredNodes({ store }: CommandContext): boolean {
  const { flow, session } = store.getState();
  const index = graphIndex(flow.document);
  return [...session.selection.nodes].some((id) => index.incoming(id).length + index.outgoing(id).length > 0);
}

function detach(context: CommandContext, remove: boolean): void {
  loadCommand(context, async () => {
    const { detachSelection } = await import('./later-edits.js');
    return () => detachSelection(context, remove);
  });
}

export const wireCommands = [
  {
    id: 'node.detach',
    title: 'detach',
    keys: ['Alt+X'],
    when: (context) => canEdit(context) && hasWiredNodes(context),
    run: (context) => detach(context, false),
  },
  {
    id: 'edit.deleteBridging',
    title: 'removeBridging',
    keys: ['Mod+Delete', 'Mod+Backspace'],
    when: (context) => canEdit(context) && hasWiredNodes(context),
    run: (context) => detach(context, true),
  },
  {
    id: 'wire.addPoint',
    title: 'wirePointAdd',
    keys: ['Shift+R'],
    when: (context) => canEdit(context) && onlyWire(context) !== undefined,
    run: addPoint,
  },
  {
    id: 'wire.straighten',
    title: 'wireStraighten',
    keys: [],
    when(context) {
      const wire = onlyWire(context);
      return (
        canEdit(context) && wire !== undefined && wirePoints(context.store.getState().flow.document, wire).length > 0
      );
    },
    run(context) {
      const wire = onlyWire(context);
      if (wire !== undefined) setWirePoints(context, new Map([[wire, []]]), context.messages().wireStraighten);
    },
  },
] as const satisfies readonly Command[];
