import { type ReactNode, useCallback, useContext } from 'react';
import { Canvas } from '../canvas/Canvas.js';
import { useEditor } from '../editor/context.js';
import { EmptyHint } from '../editor/EmptyHint.js';
import { Notices } from '../editor/Notices.js';
import { useLoom } from '../hooks/useLoom.js';
import { tableSize } from '../store/table-size.js';
import { LoomQuestions } from './LoomQuestions.js';
import { lazyPart } from './lazy-part.js';
import { Slot } from './Slot.js';
import { ThemeContext } from './theme.js';
import { usePreload } from './usePreload.js';

const QuickAdd = lazyPart(() => import('./later-overlays.js').then((module) => module.QuickAddPopup));
const Breadcrumbs = lazyPart(() => import('./later-overlays.js').then((module) => module.Breadcrumbs));
const WireValue = lazyPart(() => import('./later-overlays.js').then((module) => module.WireValue));

/** Edits are asked for by key, and followed by the next key at once. */
const edits = {
  preload() {
    void import('../commands/later-edits.js').catch(() => undefined);
  },
};

const WANTED_SOON = [QuickAdd, edits];

/** Props of {@link LoomCanvas}. */
export interface LoomCanvasProps {
  /** Drawn over the canvas. */
  readonly children?: ReactNode;
}

/**
 * The drawing of the flow, with what belongs to it: the map, zoom, hints, notices and the search that adds a node.
 *
 * @example
 * ```tsx
 * <LoomRoot style={{ height: 600 }}>
 *   <LoomCanvas>
 *     <p style={{ position: 'absolute', bottom: 8, left: 8 }}>Over the drawing</p>
 *   </LoomCanvas>
 * </LoomRoot>
 * ```
 */
export function LoomCanvas({ children }: LoomCanvasProps): ReactNode {
  const { store, canvas, components } = useEditor();
  const theme = useContext(ThemeContext);
  const isEmpty = useLoom((state) => tableSize(state.flow.document.nodes) === 0);
  const isInside = useLoom((state) => state.session.path.length > 0);
  const isAdding = useLoom((state) => state.session.quickAdd !== undefined);
  const isPointing = useLoom((state) => state.session.hoveredWire !== undefined);
  usePreload(WANTED_SOON);
  const addAt = useCallback(
    (point: { x: number; y: number }) => store.setQuickAdd(canvas.placeOf(point)),
    [store, canvas],
  );
  return (
    <Canvas theme={theme} minimap={components.Minimap !== null} onPaneDoubleClick={addAt}>
      {isEmpty ? <Slot component={components.Empty} standard={EmptyHint} /> : null}
      {isInside ? <Slot component={components.Breadcrumbs} standard={Breadcrumbs} /> : null}
      {isPointing ? <WireValue /> : null}
      <LoomQuestions />
      {isAdding ? <Slot component={components.QuickAdd} standard={QuickAdd} /> : null}
      <Slot component={components.Notices} standard={Notices} />
      {children}
    </Canvas>
  );
}
