import { ViewportPortal } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useLoom } from '../hooks/useLoom.js';

/** The lines that show what stands in line with what one drags. */
export function Guides(): ReactNode {
  const guides = useLoom((state) => state.session.guides);
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className="loom-guides" aria-hidden="true">
        {guides.map(({ from, to }) => (
          <line key={`${from.x} ${from.y} ${to.x} ${to.y}`} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        ))}
      </svg>
    </ViewportPortal>
  );
}
