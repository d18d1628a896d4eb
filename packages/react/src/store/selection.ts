import type { EdgeId, FlowDocument, NodeId } from '@loom/graph';

/** What is selected in one editor. Never part of the document or of its history. */
export interface Selection {
  readonly nodes: ReadonlySet<NodeId>;
  readonly edges: ReadonlySet<EdgeId>;
  /** Frames and notes. */
  readonly frames: ReadonlySet<string>;
}

/** Nothing. */
export const emptySelection: Selection = { nodes: new Set(), edges: new Set(), frames: new Set() };

/** The selection without what is not in the document any more; the same object when nothing is gone. */
export function pruneSelection(selection: Selection, document: FlowDocument): Selection {
  const nodes = keepKnown(selection.nodes, document.nodes);
  const edges = keepKnown(selection.edges, document.edges);
  const frames = keepKnown(selection.frames, document.frames);
  const isSame = nodes === selection.nodes && edges === selection.edges && frames === selection.frames;
  return isSame ? selection : { nodes, edges, frames };
}

/** What an undo or a redo brought back is what one wants to look at: it becomes the selection. */
export function selectionAfterTravel(selection: Selection, before: FlowDocument, after: FlowDocument): Selection {
  const { nodes, edges, frames } = before;
  if (nodes === after.nodes && edges === after.edges && frames === after.frames) return selection;
  const restored = Object.keys(after.nodes).filter((id) => !Object.hasOwn(nodes, id));
  const framed = Object.keys(after.frames).filter((id) => !Object.hasOwn(frames, id));
  if (restored.length + framed.length > 0) {
    return { ...emptySelection, nodes: new Set(restored), frames: new Set(framed) };
  }
  return pruneSelection(selection, after);
}

/** Applies additions and removals; the same object when nothing changes. */
export function changeSet<T>(set: ReadonlySet<T>, changes: Iterable<readonly [T, boolean]>): ReadonlySet<T> {
  let next: Set<T> | undefined;
  for (const [item, selected] of changes) {
    if ((next ?? set).has(item) === selected) continue;
    next ??= new Set(set);
    if (selected) next.add(item);
    else next.delete(item);
  }
  return next ?? set;
}

function keepKnown<T extends string>(ids: ReadonlySet<T>, table: Readonly<Record<string, unknown>>): ReadonlySet<T> {
  let gone = false;
  for (const id of ids) {
    if (!Object.hasOwn(table, id)) {
      gone = true;
      break;
    }
  }
  return gone ? new Set([...ids].filter((id) => Object.hasOwn(table, id))) : ids;
}
