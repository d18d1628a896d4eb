import { useState } from 'react';
import { useEditor } from './context.js';

/** Where the focus goes when what took it closes: back into the outline when it came from there, else to the canvas. */
export function useFocusReturn(): () => void {
  const { canvas } = useEditor();
  const [before] = useState(() => {
    const page = canvas.element()?.getRootNode();
    const active = page instanceof Document || page instanceof ShadowRoot ? page.activeElement : null;
    return active?.closest<HTMLElement>('.loom-outline-tree');
  });
  return () => {
    if (before?.isConnected === true) before.focus({ preventScroll: true });
    else canvas.focus();
  };
}
