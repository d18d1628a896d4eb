import type { NodeType, TypeId } from '@loom/graph';
import { type ReactNode, useCallback } from 'react';
import { useMessages } from '../messages/messages.js';
import { Picker, type PickerLine } from './Picker.js';
import { searchTypes } from './search.js';

/** Props of {@link QuickAdd}. */
export interface QuickAddProps {
  /** What can be added, in the order in which it is shown until something is typed. */
  readonly types: readonly NodeType[];
  /** @default that a node is added */
  readonly label?: string | undefined;
  readonly placeholder?: string | undefined;
  /** A sentence above the list. */
  readonly hint?: string | undefined;
  readonly onPick: (type: TypeId) => void;
  /** Escape, or focus has left. */
  readonly onClose: () => void;
}

const MOST_RESULTS = 50;

/** A search field with a list of node types, opened at the pointer. Takes the focus; the host places it. */
export function QuickAdd({ types, label, placeholder, hint, onPick, onClose }: QuickAddProps): ReactNode {
  const messages = useMessages();
  const find = useCallback(
    (query: string) =>
      searchTypes(types, query)
        .slice(0, MOST_RESULTS)
        .map(
          ({ type, ranges }): PickerLine => ({
            key: type.id,
            title: type.title,
            ranges,
            detail: type.category,
            pick: () => onPick(type.id),
          }),
        ),
    [types, onPick],
  );
  return (
    <Picker
      label={label ?? messages.quickAddLabel}
      placeholder={placeholder ?? messages.quickAddPlaceholder}
      hint={hint}
      find={find}
      nothing={(query) => (query === '' ? messages.libraryEmpty : messages.libraryNoMatch(query))}
      onClose={onClose}
    />
  );
}
