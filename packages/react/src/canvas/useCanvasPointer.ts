import type { EdgeId, NodeId } from '@loom/graph';
import type { ReactFlowProps } from '@xyflow/react';
import { type MouseEvent as PointerEvent, useEffect, useMemo, useRef } from 'react';
import { canEdit } from '../commands/command.js';
import { useEditor } from '../editor/context.js';
import { menuOfSelection } from '../menu/selection-menu.js';
import { portOf } from '../ports/port-place.js';
import type { MenuName } from '../store/session.js';
import { addWirePoint } from '../wires/wire-points.js';
import type { ScreenPoint } from './canvas-control.js';

/** How long one points at a wire before its value shows, in milliseconds: it must not flicker as one crosses the canvas. */
const HOVER_MS = 250;

type PointerProps = Pick<
  ReactFlowProps,
  | 'onNodeContextMenu'
  | 'onEdgeContextMenu'
  | 'onPaneContextMenu'
  | 'onSelectionContextMenu'
  | 'onEdgeDoubleClick'
  | 'onNodeDoubleClick'
  | 'onEdgeMouseEnter'
  | 'onEdgeMouseLeave'
>;

/** Menus at the pointer, and the value of the wire below it. */
export function useCanvasPointer(): PointerProps & {
  /** The pointer has come to a wire, or left it. */
  hover(wire: EdgeId | undefined, point: ScreenPoint): void;
  /** What has got the focus: the value of a wire that was reached by keys shows, too. */
  focused(element: Element | undefined): void;
} {
  const { store, canvas, commands } = useEditor();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(() => {
    function open(event: PointerEvent | MouseEvent, name: MenuName): void {
      if ((event.target as Element).closest('input, textarea, select')) return;
      event.preventDefault();
      const root = (event.target as Element).closest('.loom-root')?.getBoundingClientRect();
      canvas.setPointer({ x: event.clientX, y: event.clientY });
      store.setHoveredWire(undefined);
      store.setMenu({ name, at: { x: event.clientX - (root?.left ?? 0), y: event.clientY - (root?.top ?? 0) } });
    }
    function openForNode(event: PointerEvent | MouseEvent, id: NodeId): void {
      // What is selected stays so when the menu is asked for on one of it.
      if (!store.getState().session.selection.nodes.has(id)) store.select({ nodes: [id] });
      open(event, menuOfSelection(store));
    }
    function openForWire(event: PointerEvent | MouseEvent, id: EdgeId): void {
      store.select({ edges: [id] });
      open(event, 'edge');
    }
    function hover(wire: EdgeId | undefined, point: ScreenPoint): void {
      clearTimeout(timer.current);
      if (wire !== undefined) {
        timer.current = setTimeout(() => {
          store.setHoveredWire({ edge: wire, anchor: canvas.placeOf(point).anchor });
        }, HOVER_MS);
      } else if (store.getState().session.hoveredWire !== undefined) store.setHoveredWire(undefined);
    }
    return {
      hover,
      focused(element) {
        const wire =
          element?.matches('.react-flow__edge:focus-visible') === true ? element.getAttribute('data-id') : null;
        clearTimeout(timer.current);
        const path = element?.querySelector('.loom-edge-path')?.getBoundingClientRect();
        if (wire === null || path === undefined) hover(undefined, { x: 0, y: 0 });
        else {
          const middle = { x: path.left + path.width / 2, y: path.top + path.height / 2 };
          store.setHoveredWire({ edge: wire, anchor: canvas.placeOf(middle).anchor });
        }
      },
      onNodeContextMenu(event, { id }) {
        const port = portOf(event.target as Element);
        if (port === undefined) openForNode(event, id);
        else {
          store.setPort(port);
          open(event, 'port');
        }
      },
      onEdgeContextMenu: (event, { id }) => openForWire(event, id),
      onPaneContextMenu(event) {
        const hit = canvas.pictured({ x: event.clientX, y: event.clientY });
        if (hit?.kind === 'node') openForNode(event, hit.id);
        else if (hit?.kind === 'wire') openForWire(event, hit.id);
        else open(event, 'pane');
      },
      onSelectionContextMenu: (event) => open(event, menuOfSelection(store)),
      onEdgeDoubleClick({ clientX, clientY }, { id }) {
        if (canEdit(commands.context))
          addWirePoint(commands.context, id, canvas.placeOf({ x: clientX, y: clientY }).at);
      },
      onNodeDoubleClick({ target }, { id }) {
        if ((target as Element).closest('.loom-node-header') !== null) store.openSubgraph(id);
      },
      onEdgeMouseEnter: ({ clientX, clientY }, { id }) => hover(id, { x: clientX, y: clientY }),
      onEdgeMouseLeave: () => hover(undefined, { x: 0, y: 0 }),
    };
  }, [store, canvas, commands]);
}
