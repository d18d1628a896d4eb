import type { Operation } from '@loom/graph';
import { withContents } from '../zones/containment.js';
import type { CommandContext } from './command.js';

/** Removes what is selected, wires and frames too, as one step. What lies in a zone goes with it, as it does when one copies it. */
export function removeSelection({ store, messages }: CommandContext, label?: string): void {
  const { nodes: selected, edges, frames } = store.getState().session.selection;
  const { document } = store.getState().flow;
  const nodes = withContents(document.nodes, selected);
  // Wires of the nodes go with them.
  const loose = [...edges].filter((id) => {
    const edge = document.edges[id];
    return edge !== undefined && !nodes.has(edge.source) && !nodes.has(edge.target);
  });
  const operations: Operation[] = [];
  if (loose.length > 0) operations.push({ kind: 'disconnect', ids: loose });
  if (nodes.size > 0) operations.push({ kind: 'remove-nodes', ids: [...nodes] });
  if (frames.size > 0) operations.push({ kind: 'remove-frames', ids: [...frames] });
  if (operations.length === 0) return;
  const count = selected.size + loose.length + frames.size;
  const result = store.dispatch(operations, { label: label ?? messages().changeRemove(count) });
  if (!result.ok) store.notify(result.error.message, 'warning');
}
