import { useState } from 'react';
import { useEditor } from './context.js';

/** Where the focus goes when what took it closes: back into the outline when it came from there, else to the canvas. */
export function useFocusReturn(): () => void {
  const { canvas } = useEditor();
  const [before] = useState(() => {
    const page = canvas.element()?.getRootNode();
    const active = page instanceof Document || page instanceof ShadowRoot ? page.activeElement : null;
    return active?.closest('.loom-outline');
  });
  return () => {
    const tree = before?.querySelector<HTMLElement>('.loom-outline-tree');
    if (tree == null) canvas.focus();
    else tree.focus({ preventScroll: true });
  };
}
