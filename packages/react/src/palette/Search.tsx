import { type ReactNode, useCallback } from 'react';
import { useEditor } from '../editor/context.js';
import { useFocusReturn } from '../editor/useFocusReturn.js';
import { useLatest } from '../hooks/useLatest.js';
import { useLoom } from '../hooks/useLoom.js';
import { Picker } from '../library/Picker.js';
import { useMessages } from '../messages/messages.js';
import { find, type Pickable } from './find.js';

export type { Pickable } from './find.js';

/** Props of {@link Search}. */
export interface SearchProps {
  readonly items: readonly Pickable[];
  readonly label: string;
  readonly placeholder: string;
}

/** The search over given items, in the middle of the editor; who has picked is back where they were. */
export function Search({ items, label, placeholder }: SearchProps): ReactNode {
  const { store } = useEditor();
  const goBack = useLatest(useFocusReturn());
  const messages = useMessages();
  const mode = useLoom((state) => state.session.palette);
  const search = useCallback(
    (query: string) =>
      find(items, query).map(({ item, ranges }) => ({
        key: item.key,
        title: item.title,
        detail: item.detail,
        refusal: item.refusal,
        ranges,
        pick() {
          store.setPalette(undefined);
          goBack.current();
          item.pick();
        },
      })),
    [items, store, goBack],
  );
  return (
    <Picker
      // Another question begins with an empty field.
      key={label}
      className="loom-palette"
      label={label}
      placeholder={placeholder}
      find={search}
      nothing={() => messages.paletteNothing}
      onClose={() => {
        // Closing because another search opened must not close that one.
        if (store.getState().session.palette !== mode) return;
        store.setPalette(undefined);
        goBack.current();
      }}
    />
  );
}
