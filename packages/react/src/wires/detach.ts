import type { CommandContext } from '../commands/command.js';
import { withContents } from '../zones/containment.js';
import { takeOutOfWires } from './take-out.js';

/** Takes what is selected out of its wires, which go on without it; `remove` also deletes it. One step. */
export function detachSelection({ store, messages }: CommandContext, remove: boolean): void {
  const { flow, session } = store.getState();
  const nodes = withContents(flow.document.nodes, session.selection.nodes);
  const wires = takeOutOfWires(flow, nodes, store.createId);
  const removal = remove ? [{ kind: 'remove-nodes' as const, ids: [...nodes] }] : [];
  const operations = [...wires.slice(0, 1), ...removal, ...wires.slice(1)];
  if (operations.length === 0) return;
  const result = store.dispatch(operations, { label: remove ? messages().removeBridging : messages().detach });
  if (!result.ok) store.notify(result.error.message, 'warning');
}
