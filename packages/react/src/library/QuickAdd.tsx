import type { NodeType, TypeId } from '@loom/graph';
import type { ReactNode } from 'react';

/** Props of {@link QuickAdd}. */
export interface QuickAddProps {
  readonly types: readonly NodeType[];
  readonly onPick: (type: TypeId) => void;
  /** Escape, or focus has left. */
  readonly onClose: () => void;
}

export function QuickAdd(_props: QuickAddProps): ReactNode {
  return null;
}
