import { Maximize, Minus, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { CommandButton } from '../editor/CommandButton.js';
import { useLoom } from '../hooks/useLoom.js';
import { useMessages } from '../messages/messages.js';

/** Zoom, in the corner of the canvas. */
export function CanvasControls(): ReactNode {
  const messages = useMessages();
  const zoom = useLoom((state) => Math.round(state.session.viewport.zoom * 100));
  return (
    <div className="loom-canvas-controls nopan nodrag">
      <CommandButton command="view.zoomOut" icon={Minus} />
      <CommandButton command="view.zoomReset" title={messages.zoomResetFrom(zoom)}>
        <span className="loom-canvas-zoom">{zoom} %</span>
      </CommandButton>
      <CommandButton command="view.zoomIn" icon={Plus} />
      <span className="loom-separator" />
      <CommandButton command="view.fit" icon={Maximize} />
    </div>
  );
}
