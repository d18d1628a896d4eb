import type { FlowEdge, Operation } from '@loom/graph';
import type { CommandContext } from '../commands/command.js';
import { type PortPlace, wiresAt } from '../ports/port-place.js';

/** Moves all wires of a port to another one on the same side, as one step. Where one does not fit, all stay, and it is said why. */
export function moveWires({ store, messages }: CommandContext, from: PortPlace, to: PortPlace): void {
  const { document } = store.getState().flow;
  const wires = wiresAt(document, from);
  if (wires.length === 0 || from.side !== to.side) return;
  const connects = wires.flatMap((id): Operation[] => {
    const edge = document.edges[id];
    return edge === undefined ? [] : [{ kind: 'connect', id, edge: withEnd(edge, to) }];
  });
  const result = store.dispatch([{ kind: 'disconnect', ids: [...wires] }, ...connects], {
    label: messages().changeMoveWires(wires.length),
  });
  if (result.ok) store.announce(messages().changeMoveWires(wires.length));
  else store.notify(result.error.message, 'warning');
}

/** The points of a wire were laid for where it ended before. */
function withEnd({ view: _view, ...edge }: FlowEdge, { node, port, side }: PortPlace): FlowEdge {
  return side === 'source' ? { ...edge, source: node, sourcePort: port } : { ...edge, target: node, targetPort: port };
}
