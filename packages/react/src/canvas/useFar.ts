import { useStoreApi } from '@xyflow/react';
import { createContext, useContext, useEffect, useState } from 'react';
import { useEditor } from '../editor/context.js';
import { useLoom } from '../hooks/useLoom.js';
import { type Detail, detailAt } from '../overview/detail.js';
import type { SessionState } from '../store/session.js';
import { tableSize } from '../store/table-size.js';

/** How much of nodes is drawn now. Renders only when that changes. For the canvas; what it draws asks {@link useFar}. */
export function useDetail(): Detail {
  const { store } = useEditor();
  const drawing = useStoreApi();
  const [detail, setDetail] = useState<Detail>('near');
  const nodes = useLoom((state) => tableSize(state.flow.document.nodes));
  useEffect(() => {
    let shown = detail;
    const decide = () => {
      const { transform, setNodes } = drawing.getState();
      const next = detailAt(transform[2], nodes, shown);
      if (next === shown || isHeld(store.getState().session)) return;
      shown = next;
      // Before it renders: else it would put all that has come into view on the page, only to take it off again.
      if (next === 'overview') setNodes([]);
      setDetail(next);
    };
    decide();
    const ends = [
      drawing.subscribe((now, before) => now.transform[2] !== before.transform[2] && decide()),
      store.subscribe(({ session }, before) => isHeld(before.session) && !isHeld(session) && decide()),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [store, drawing, nodes, detail]);
  return detail;
}

/** What the pointer holds must not vanish under it. */
function isHeld({ drag, resize, connecting }: SessionState): boolean {
  return drag !== undefined || resize !== undefined || connecting !== undefined;
}

/** Told once to all that is drawn: a subscription of each of thousands would be asked at every move of the view. */
export const FarContext = createContext(false);

/** Whether this is seen from far. */
export function useFar(): boolean {
  return useContext(FarContext);
}
