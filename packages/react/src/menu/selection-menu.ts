import type { LoomStore } from '../store/loom-store.js';
import type { MenuName } from '../store/session.js';
import { isContainer } from '../zones/containment.js';

/** The menu about what is selected: a node, a zone, several of them, a wire, a frame or a note. */
export function menuOfSelection(store: LoomStore): MenuName {
  const { flow, session } = store.getState();
  const { nodes, edges, frames } = session.selection;
  const [node] = nodes;
  const [frame] = frames;
  if (nodes.size + frames.size > 1) return 'selection';
  if (frame !== undefined) return flow.document.frames[frame]?.kind ?? 'pane';
  if (node === undefined) return edges.size > 0 ? 'edge' : 'pane';
  return isContainer(flow.document.nodes[node]) ? 'zone' : 'node';
}
