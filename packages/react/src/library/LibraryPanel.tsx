import type { Shelf, TypeId } from '@loom/graph';
import type { ReactNode } from 'react';

/** The type of the data that a dragged node type carries: its id as text. */
export const NODE_TYPE_MIME = 'application/x-loom-node-type';

/** Props of {@link LibraryPanel}. */
export interface LibraryPanelProps {
  readonly shelves: readonly Shelf[];
  /** Enter, double click or the button of an item. */
  readonly onAdd: (type: TypeId) => void;
  /** Searching still works; nothing can be added or dragged. */
  readonly disabled?: boolean | undefined;
}

export function LibraryPanel(_props: LibraryPanelProps): ReactNode {
  return null;
}
