import type { CommandContext } from '../commands/command.js';
import { outermost } from '../zones/containment.js';
import { moveContents } from '../zones/move.js';
import { type Alignment, align, distribute, type PlacedBox } from './align.js';

/** Along which edge to align, or in which direction to distribute. */
export type Arrangement = { readonly align: Alignment } | { readonly distribute: 'across' | 'down' };

/** What is selected, without what lies in something else that is. */
function selectedBoxes({ store, canvas }: CommandContext): readonly PlacedBox[] {
  const { flow, session } = store.getState();
  const { sizeOf } = canvas.dropPlace();
  return outermost(flow.document.nodes, session.selection.nodes).flatMap((id) => {
    const node = flow.document.nodes[id];
    return node === undefined ? [] : [{ id, ...node.position, ...sizeOf(id) }];
  });
}

/** Aligns or distributes what is selected, as one step. */
export function arrangeSelection(context: CommandContext, label: string, how: Arrangement): void {
  const { store } = context;
  const { nodes } = store.getState().flow.document;
  const boxes = selectedBoxes(context);
  const places = 'align' in how ? align(boxes, how.align) : distribute(boxes, how.distribute);
  const result = store.dispatch([{ kind: 'move-nodes', positions: moveContents(nodes, places) }], { label });
  if (!result.ok) store.notify(result.error.message, 'warning');
}
