import type { Shelf, TypeId } from '@loom/graph';
import { type ReactNode, useCallback, useMemo } from 'react';
import { placeHeader } from '../commands/add-node.js';
import { freePlace } from '../commands/free-place.js';
import { useLoom } from '../hooks/useLoom.js';
import { LibraryPanel } from '../library/LibraryPanel.js';
import { useMessages } from '../messages/messages.js';
import { insertItem } from '../templates/insert-item.js';
import { templateType } from '../templates/template.js';
import { useEditor } from './context.js';
import { typesOfFlow } from './types-of-flow.js';

/** The library beside the canvas: what the flow itself defines comes first. */
export function LibrarySide(): ReactNode {
  const { commands, canvas, templates } = useEditor();
  const messages = useMessages();
  const library = useLoom((state) => state.flow.library);
  const types = useLoom((state) => state.flow.document.types);
  const readOnly = useLoom((state) => state.flow.readOnly);
  const shelves = useMemo<readonly Shelf[]>(() => {
    const own = typesOfFlow({ types }, library, messages.shelfOfFlow);
    const made = templates.items.map((template) => templateType(template, messages.templateShelf));
    return [
      ...(own.length === 0 ? [] : [{ name: messages.shelfOfFlow, types: own }]),
      ...(made.length === 0 ? [] : [{ name: messages.templateShelf, types: made }]),
      ...library.shelves,
    ];
  }, [library, types, messages, templates]);
  const add = useCallback(
    (type: TypeId) => {
      canvas.setPointer(undefined);
      const { nodes } = commands.context.store.getState().flow.document;
      insertItem(commands.context, type, freePlace(nodes, placeHeader(canvas.place().at)));
    },
    [commands, canvas],
  );
  return <LibraryPanel shelves={shelves} onAdd={add} disabled={readOnly} />;
}
