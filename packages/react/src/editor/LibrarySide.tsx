import type { Shelf, TypeId } from '@loom/graph';
import { type ReactNode, useCallback, useMemo } from 'react';
import { addNode, placeHeader } from '../commands/add-node.js';
import { useLoom } from '../hooks/useLoom.js';
import { LibraryPanel } from '../library/LibraryPanel.js';
import { useMessages } from '../messages/messages.js';
import { useEditor } from './context.js';
import { typesOfFlow } from './types-of-flow.js';

/** The library beside the canvas: what the flow itself defines comes first. */
export function LibrarySide(): ReactNode {
  const { commands, canvas } = useEditor();
  const messages = useMessages();
  const library = useLoom((state) => state.flow.library);
  const types = useLoom((state) => state.flow.document.types);
  const readOnly = useLoom((state) => state.flow.readOnly);
  const shelves = useMemo<readonly Shelf[]>(() => {
    const own = typesOfFlow({ types }, library, messages.shelfOfFlow);
    return own.length === 0 ? library.shelves : [{ name: messages.shelfOfFlow, types: own }, ...library.shelves];
  }, [library, types, messages]);
  const add = useCallback(
    (type: TypeId) => {
      canvas.setPointer(undefined);
      addNode(
        commands.context,
        type,
        placeHeader(freePlace(commands.context.store.getState().flow.document.nodes, canvas.place().at)),
      );
    },
    [commands, canvas],
  );
  return <LibraryPanel shelves={shelves} onAdd={add} disabled={readOnly} />;
}

/** Nodes that are added one after the other must not lie on each other. */
const STEP = 32;

function freePlace(
  nodes: Readonly<Record<string, { position: { x: number; y: number } }>>,
  at: { x: number; y: number },
) {
  let place = at;
  const taken = (x: number, y: number) =>
    Object.values(nodes).some(({ position }) => {
      const corner = placeHeader({ x, y });
      return Math.abs(position.x - corner.x) < STEP / 2 && Math.abs(position.y - corner.y) < STEP / 2;
    });
  while (taken(place.x, place.y)) place = { x: place.x + STEP, y: place.y + STEP };
  return place;
}
