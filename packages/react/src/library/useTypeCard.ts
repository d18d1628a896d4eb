import type { NodeType } from '@loom/graph';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

interface ShownCard {
  readonly type: NodeType;
  readonly anchor: HTMLElement;
}

interface TypeCardControl {
  readonly shown: ShownCard | undefined;
  /** The pointer rests on an item: shows its card after a moment. */
  point(type: NodeType, anchor: HTMLElement): void;
  /** The keyboard is on an item: shows its card at once. */
  show(type: NodeType, anchor: HTMLElement): void;
  hide(): void;
}

const DELAY_MS = 350;

/** Which card is shown. One at a time, and none while something is dragged or scrolled. */
export function useTypeCard(): TypeCardControl {
  const [shown, setShown] = useState<ShownCard | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const show = useCallback((type: NodeType, anchor: HTMLElement) => {
    clearTimeout(timer.current);
    setShown({ type, anchor });
  }, []);
  const point = useCallback(
    (type: NodeType, anchor: HTMLElement) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => show(type, anchor), DELAY_MS);
    },
    [show],
  );
  const hide = useCallback(() => {
    clearTimeout(timer.current);
    setShown(undefined);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);

  return useMemo(() => ({ shown, point, show, hide }), [shown, point, show, hide]);
}
