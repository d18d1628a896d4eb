import type { LoomStore } from '../store/loom-store.js';
import type { MenuName } from '../store/session.js';
import { isContainer } from '../zones/containment.js';

/** The menu about what is selected: a node, a zone, several of them, or a wire. */
export function menuOfSelection(store: LoomStore): MenuName {
  const { flow, session } = store.getState();
  const { nodes, edges, frames } = session.selection;
  const [node] = nodes;
  if (nodes.size + frames.size > 1) return 'selection';
  if (node === undefined) return edges.size > 0 ? 'edge' : 'pane';
  return isContainer(flow.document.nodes[node]) ? 'zone' : 'node';
}
