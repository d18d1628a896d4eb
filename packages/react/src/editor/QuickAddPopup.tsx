import {
  type EdgeId,
  inputType,
  type NodeType,
  outputType,
  substitute,
  type TypeId,
  unify,
  wireType,
} from '@loom/graph';
import { type ReactNode, useMemo } from 'react';
import type { NodeModels } from '../canvas/node/node-model.js';
import { placeHeader, roundPosition } from '../commands/add-node.js';
import { freePlace } from '../commands/free-place.js';
import { useLoom } from '../hooks/useLoom.js';
import { HEADER_HEIGHT, ROW_HEIGHT } from '../layout/node-geometry.js';
import { QuickAdd } from '../library/QuickAdd.js';
import { useMessages } from '../messages/messages.js';
import { portAt } from '../ports/port-at.js';
import type { Connecting, QuickAddState } from '../store/session.js';
import type { DocumentState } from '../store/state.js';
import { insertItem } from '../templates/insert-item.js';
import { templateType } from '../templates/template.js';
import { converters } from '../wires/converters.js';
import { insertConverter } from '../wires/insert-converter.js';
import { useEditor } from './context.js';
import { allTypes } from './types-of-flow.js';
import { useFocusReturn } from './useFocusReturn.js';

/** The search that adds a node where it stands. After a loose wire it offers only what the wire fits on. */
export function QuickAddPopup(): ReactNode {
  const quickAdd = useLoom((state) => state.session.quickAdd);
  return quickAdd === undefined ? null : <Popup quickAdd={quickAdd} />;
}

function Popup({ quickAdd }: { readonly quickAdd: QuickAddState }): ReactNode {
  const { store, commands, models, templates } = useEditor();
  const goBack = useFocusReturn();
  const messages = useMessages();
  const flow = useLoom((state) => state.flow);
  const { at, anchor, from, refused, wire } = quickAdd;
  const found = useMemo(() => {
    const all = allTypes(flow, messages.shelfOfFlow);
    if (refused !== undefined) return converters(flow, refused.edge, all);
    if (wire !== undefined) return between(flow, wire, all).map((type) => ({ type }));
    if (from !== undefined) return fitting(models(flow), from, all).map((type) => ({ type }));
    const made = templates.items.map((template) => templateType(template, messages.templateShelf));
    return [...all, ...made].map((type) => ({ type }));
  }, [flow, from, refused, wire, models, messages, templates]);
  const types = useMemo(() => found.map(({ type }) => type), [found]);
  const close = () => {
    // Closing because another search opened must not close that one.
    if (store.getState().session.quickAdd === quickAdd) store.setQuickAdd(undefined);
    goBack();
  };
  const add = (type: TypeId) =>
    insertItem(
      commands.context,
      type,
      from === undefined ? freePlace(flow.document.nodes, placeHeader(at)) : besidePointer(at),
      from,
      wire,
    );
  return (
    <div
      className="loom-quick-add-place nokey"
      style={{ left: `clamp(8px, ${anchor.x}px, 100% - 296px)`, top: `clamp(8px, ${anchor.y}px, 100% - 328px)` }}
    >
      <QuickAdd
        types={types}
        {...(refused !== undefined && {
          label: messages.converterLabel,
          placeholder: messages.converterPlaceholder,
          hint: refused.reason,
        })}
        onClose={close}
        onPick={(id) => {
          store.setQuickAdd(undefined);
          goBack();
          const converter = found.find(({ type }) => type.id === id);
          if (refused === undefined) add(id);
          else if (converter !== undefined && 'input' in converter)
            insertConverter(commands.context, refused, converter);
        }}
      />
    </div>
  );
}

/** A node that takes a loose wire stands with its first port near the end of the wire. */
function besidePointer({ x, y }: { x: number; y: number }) {
  return roundPosition({ x, y: y - HEADER_HEIGHT - ROW_HEIGHT });
}

/** The types that a loose wire fits on. */
function fitting(models: NodeModels, from: Connecting, all: readonly NodeType[]): readonly NodeType[] {
  const port = portAt(models, from);
  if (port === undefined) return all;
  return all.filter((type) =>
    from.side === 'source'
      ? type.inputs.some((input) => input.widget?.kind !== 'custom' && unify(port.type, wireType(input)).ok)
      : type.outputs.some((output) => unify(output.type, port.type).ok),
  );
}

/** The types that take what a wire brings, and give what its end takes. */
function between(
  { document, library }: Pick<DocumentState, 'document' | 'library'>,
  wire: EdgeId,
  all: readonly NodeType[],
): readonly NodeType[] {
  const edge = document.edges[wire];
  if (edge === undefined) return [];
  const given = outputType(document, library, edge.source, edge.sourcePort);
  const taken = inputType(document, library, edge.target, edge.targetPort);
  return all.filter(({ inputs, outputs }) =>
    inputs.some((input) => {
      const fit = unify(given, wireType(input));
      return fit.ok && outputs.some((output) => unify(substitute(output.type, fit.bindings), taken).ok);
    }),
  );
}
