import type { FlowDocument, NodeId, Operation, Position } from '@loom/graph';
import type { Box } from '../layout/box.js';
import { isContainer } from '../zones/containment.js';
import { moveContents } from '../zones/move.js';
import { frameOfBox } from './frame-boxes.js';

/** What a layout changes in a flow. */
export interface Settled {
  readonly operations: readonly Operation[];
  /** The nodes that come to stand elsewhere. */
  readonly positions: Readonly<Record<NodeId, Position>>;
}

/**
 * What brings nodes and frames to the places of a layout. Points of wires were set for where nodes stood, and sizes of
 * containers for what lay in them: both go.
 */
export function settle(
  { nodes, frames, edges }: Pick<FlowDocument, 'nodes' | 'frames' | 'edges'>,
  places: ReadonlyMap<string, Box>,
): Settled {
  const operations: Operation[] = [];
  const wanted: Record<NodeId, Position> = {};
  for (const [box, { x, y, width, height }] of places) {
    const frameId = frameOfBox(box);
    const frame = frameId === undefined ? undefined : frames[frameId];
    if (frameId !== undefined && frame !== undefined) {
      const { position, size } = frame;
      if (position.x === x && position.y === y && size.width === width && size.height === height) continue;
      operations.push({
        kind: 'set-frame',
        id: frameId,
        frame: { ...frame, position: { x, y }, size: { width, height } },
      });
    } else if (nodes[box] !== undefined) {
      wanted[box] = { x, y };
      const node = nodes[box];
      const isOpen = isContainer(node) && node.view?.collapsed !== true;
      if (isOpen && node.size !== undefined) operations.push({ kind: 'update-node', id: box, changes: { size: null } });
    }
  }
  const positions = Object.fromEntries(
    Object.entries(moveContents(nodes, wanted)).filter(([id, { x, y }]) => {
      const before = nodes[id]?.position;
      return before?.x !== x || before.y !== y;
    }),
  );
  if (Object.keys(positions).length > 0) operations.push({ kind: 'move-nodes', positions });
  for (const [id, { source, target, view }] of Object.entries(edges)) {
    if (view?.points === undefined || !places.has(source) || !places.has(target)) continue;
    const { points: _gone, ...rest } = view;
    operations.push({ kind: 'set-edge-view', id, view: Object.keys(rest).length === 0 ? null : rest });
  }
  return { operations, positions };
}
