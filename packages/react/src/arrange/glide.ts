import type { NodeId, Position } from '@loom/graph';
import type { LoomStore } from '../store/loom-store.js';

type Positions = ReadonlyMap<NodeId, Position>;

const GLIDE_MS = 240;
/** More are shown where they come to stand: one could not follow them. */
const MOST_GLIDING = 300;

/** Whether people want to see things move, and can. */
export function wantsMotion(): boolean {
  return !document.hidden && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/**
 * Shows nodes on their way from where they stood while the flow has them where they go already. `change` brings them there.
 * Ends when somebody drags, or changes the flow.
 */
export function glide(store: LoomStore, from: Positions, change: () => void): void {
  if (from.size === 0 || from.size > MOST_GLIDING || !wantsMotion()) {
    change();
    return;
  }
  let shown: Positions = from;
  store.setDrag(shown);
  change();
  const { document: flow } = store.getState().flow;
  const begin = performance.now();
  const step = (now: number): void => {
    const { flow: current, session } = store.getState();
    if (session.drag !== shown) return;
    const part = Math.min(1, Math.max(0, now - begin) / GLIDE_MS);
    if (part === 1 || current.document !== flow) {
      store.setDrag(undefined);
      return;
    }
    shown = between(from, flow.nodes, 1 - (1 - part) ** 3);
    store.setDrag(shown);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function between(
  from: Positions,
  nodes: Readonly<Record<NodeId, { readonly position: Position }>>,
  part: number,
): Positions {
  return new Map(
    [...from].map(([id, start]) => {
      const end = nodes[id]?.position ?? start;
      return [id, { x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part }];
    }),
  );
}
