import { unify } from '@loom/graph';
import { type ReactNode, useMemo } from 'react';
import { addNode, placeHeader, roundPosition } from '../commands/add-node.js';
import { useLoom } from '../hooks/useLoom.js';
import { HEADER_HEIGHT, ROW_HEIGHT } from '../layout/node-geometry.js';
import { QuickAdd } from '../library/QuickAdd.js';
import { useMessages } from '../messages/messages.js';
import type { QuickAddState } from '../store/session.js';
import { useEditor } from './context.js';
import { typesOfFlow } from './types-of-flow.js';

/** The search that adds a node where it stands. After a loose wire it offers only what the wire fits on. */
export function QuickAddPopup(): ReactNode {
  const quickAdd = useLoom((state) => state.session.quickAdd);
  return quickAdd === undefined ? null : <Popup quickAdd={quickAdd} />;
}

function Popup({ quickAdd }: { readonly quickAdd: QuickAddState }): ReactNode {
  const { store, canvas, commands, models } = useEditor();
  const messages = useMessages();
  const flow = useLoom((state) => state.flow);
  const { at, anchor, from } = quickAdd;
  const types = useMemo(() => {
    const all = [
      ...typesOfFlow(flow.document, flow.library, messages.shelfOfFlow),
      ...flow.library.shelves.flatMap((shelf) => shelf.types),
    ];
    if (from === undefined) return all;
    const model = models(flow).get(from.node);
    const port = (from.side === 'source' ? model?.outputs : model?.inputs)?.find(({ id }) => id === from.port);
    if (port === undefined) return all;
    return all.filter((type) =>
      from.side === 'source'
        ? type.inputs.some((input) => input.widget?.kind !== 'custom' && unify(port.type, input.type).ok)
        : type.outputs.some((output) => unify(output.type, port.type).ok),
    );
  }, [flow, from, models, messages]);
  const close = () => {
    // Closing because another search opened must not close that one.
    if (store.getState().session.quickAdd === quickAdd) store.setQuickAdd(undefined);
    canvas.focus();
  };
  return (
    <div
      className="loom-quick-add-place nokey"
      style={{ left: `min(${anchor.x}px, 100% - 296px)`, top: `min(${anchor.y}px, 100% - 300px)` }}
    >
      <QuickAdd
        types={types}
        onClose={close}
        onPick={(type) => {
          store.setQuickAdd(undefined);
          addNode(commands.context, type, from === undefined ? placeHeader(at) : besidePointer(at), from);
          canvas.focus();
        }}
      />
    </div>
  );
}

/** A node that takes a loose wire stands with its first port near the end of the wire. */
function besidePointer({ x, y }: { x: number; y: number }) {
  return roundPosition({ x, y: y - HEADER_HEIGHT - ROW_HEIGHT });
}
