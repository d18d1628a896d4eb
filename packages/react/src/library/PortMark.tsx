import type { PortType } from '@loom/graph';
import type { ReactNode } from 'react';
import { portLook } from '../styles/port-look.js';

/** The shape and colour of a port, small, beside its name. */
export function PortMark({ type }: { readonly type: PortType }): ReactNode {
  const { shape, color } = portLook(type);
  return <span className="loom-port-mark" data-shape={shape} style={{ color }} aria-hidden="true" />;
}
