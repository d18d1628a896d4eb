import type { EdgeId } from '@loom/graph';
import { type Edge as DrawnEdge, type Node as DrawnNode, useStoreApi } from '@xyflow/react';
import { type MutableRefObject, type ReactNode, useEffect, useRef } from 'react';
import type { ScreenPoint } from '../canvas/canvas-control.js';
import type { EdgeData } from '../canvas/canvas-edges.js';
import { useEditor } from '../editor/context.js';
import { useLatest } from '../hooks/useLatest.js';
import { useMessages } from '../messages/messages.js';
import type { LoomState } from '../store/state.js';
import { OverviewPainter } from './overview-painter.js';
import { watchOverviewPointer } from './overview-pointer.js';
import { Scene } from './scene.js';
import type { SceneHit } from './scene-hit.js';
import { toneText } from './tone.js';
import { watchTheme } from './watch-theme.js';

const NO_EDGES: readonly DrawnEdge<EdgeData>[] = [];

/** Tells what lies under a point in client coordinates. */
export interface OverviewHits {
  at(point: ScreenPoint): SceneHit | undefined;
  wireAt(point: ScreenPoint): EdgeId | undefined;
}

/** Props of {@link Overview}. */
export interface OverviewProps {
  readonly drawNodes: (state: LoomState) => DrawnNode[];
  readonly drawEdges: (state: LoomState) => DrawnEdge<EdgeData>[];
  /** Takes what finds things while the picture is shown. */
  readonly hits: MutableRefObject<OverviewHits | undefined>;
  /** The pointer has come to a wire, or left it. */
  readonly onWire: (wire: EdgeId | undefined, point: ScreenPoint) => void;
}

/**
 * The whole flow as one picture, for when nodes are too small to be read: thousands of elements on the page would be slow
 * to move. Readers of the page find the same in the outline and the lists; a picture says nothing to them.
 */
export function Overview({ drawNodes, drawEdges, hits, onWire }: OverviewProps): ReactNode {
  const editor = useEditor();
  const drawing = useStoreApi();
  const messages = useLatest(useMessages());
  const told = useLatest(onWire);
  const element = useRef<HTMLCanvasElement>(null);
  const hint = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    const { store, models, canvas } = editor;
    const picture = element.current;
    const section = picture?.closest<HTMLElement>('.loom-canvas');
    if (picture === null || !section) return undefined;
    const scene = new Scene();
    let hasNodes = false;
    const painter = new OverviewPainter({
      canvas: picture,
      root: section,
      scene,
      update() {
        const state = store.getState();
        const edges = hasNodes ? drawEdges(state) : NO_EDGES;
        // The wires come with the next frame.
        if (!hasNodes) painter.invalidate();
        hasNodes = true;
        return scene.update({ state, models: models(state.flow), nodes: drawNodes(state), edges });
      },
    });
    const look = () => {
      const { transform, width, height } = drawing.getState();
      const [x, y, zoom] = transform;
      painter.look({ x, y, zoom }, { width, height });
    };
    const zoom = () => drawing.getState().transform[2];
    const at = (point: ScreenPoint) => {
      painter.refresh();
      return scene.hit(canvas.placeOf(point).at, zoom());
    };
    hits.current = {
      at,
      wireAt(point) {
        painter.refresh();
        return scene.wireAt(canvas.placeOf(point).at, zoom());
      },
    };

    let pointedWire: EdgeId | undefined;
    const ends = [
      store.subscribe(() => painter.invalidate()),
      drawing.subscribe((now, before) => {
        const isSame = now.transform === before.transform && now.width === before.width && now.height === before.height;
        if (!isSame) look();
      }),
      watchTheme(section, () => painter.recolor()),
      watchOverviewPointer({
        section,
        editor,
        hitAt: at,
        onPoint(hit, { clientX, clientY }) {
          if (hit === undefined) delete section.dataset.pointing;
          else section.dataset.pointing = hit.kind;
          const node = hit?.kind === 'node' ? scene.node(hit.id) : undefined;
          showHint(hint.current, node && [node.title, toneText(node.tone, messages.current)], {
            x: clientX - section.getBoundingClientRect().left,
            y: clientY - section.getBoundingClientRect().top,
          });
          const wire = hit?.kind === 'wire' ? hit.id : undefined;
          if (wire !== pointedWire) told.current(wire, { x: clientX, y: clientY });
          pointedWire = wire;
        },
      }),
    ];
    look();
    painter.invalidate();
    return () => {
      for (const end of ends) end();
      painter.dispose();
      hits.current = undefined;
      delete section.dataset.pointing;
      if (pointedWire !== undefined) told.current(undefined, { x: 0, y: 0 });
    };
  }, [editor, drawing, drawNodes, drawEdges, hits, messages, told]);

  return (
    <div className="loom-overview" aria-hidden="true">
      <canvas ref={element} />
      <span ref={hint} className="loom-overview-hint" hidden />
    </div>
  );
}

function showHint(
  element: HTMLElement | null,
  parts: readonly (string | undefined)[] | undefined,
  { x, y }: ScreenPoint,
): void {
  if (element === null) return;
  element.hidden = parts === undefined;
  element.textContent = parts?.filter(Boolean).join(' · ') ?? '';
  element.style.transform = `translate(${x + 14}px, ${y + 16}px)`;
}
