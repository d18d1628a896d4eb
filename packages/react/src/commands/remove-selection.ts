import type { Operation } from '@loom/graph';
import type { CommandContext } from './command.js';

/** Removes what is selected, wires too, as one step. */
export function removeSelection({ store, messages }: CommandContext, label?: string): void {
  const { nodes, edges } = store.getState().session.selection;
  const { document } = store.getState().flow;
  // Wires of the nodes go with them.
  const loose = [...edges].filter((id) => {
    const edge = document.edges[id];
    return edge !== undefined && !nodes.has(edge.source) && !nodes.has(edge.target);
  });
  const operations: Operation[] = [];
  if (loose.length > 0) operations.push({ kind: 'disconnect', ids: loose });
  if (nodes.size > 0) operations.push({ kind: 'remove-nodes', ids: [...nodes] });
  if (operations.length === 0) return;
  const result = store.dispatch(operations, { label: label ?? messages().changeRemove(nodes.size + loose.length) });
  if (!result.ok) store.notify(result.error.message, 'warning');
}
