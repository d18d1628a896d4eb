import { ViewportPortal } from '@xyflow/react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useLoom } from '../hooks/useLoom.js';

const FrameView = lazy(() => import('./FrameView.js').then((module) => ({ default: module.FrameView })));

/** Frames behind the nodes, and notes. What draws them loads with the first one. */
export function Frames(): ReactNode {
  const frames = useLoom((state) => state.flow.document.frames);
  const ids = Object.keys(frames);
  if (ids.length === 0) return null;
  return (
    <ViewportPortal>
      <Suspense fallback={null}>
        {ids.map((id) => {
          const frame = frames[id];
          return frame === undefined ? null : <FrameView key={id} id={id} frame={frame} />;
        })}
      </Suspense>
    </ViewportPortal>
  );
}
