import { type Node as DrawnNode, Position as Side } from '@xyflow/react';
import { HANDLE_SIZE, type NodeGeometry } from '../layout/node-geometry.js';
import { isContainer } from '../zones/containment.js';
import type { NodeModel } from './node/node-model.js';

/** Everything that is drawn inside comes from the store, by id: the canvas library carries no data of ours. */
const NO_DATA: Record<string, never> = {};
/** Clicks on the body of a container go to the pane below; its header and ports take theirs. */
const THROUGH = { pointerEvents: 'none' } as const;

/** What the canvas library is told of a node, wherever it lies. */
export function drawnNode(model: NodeModel, geometry: NodeGeometry): Omit<DrawnNode, 'position'> {
  const { width, height } = geometry;
  return {
    id: model.id,
    type: 'loom',
    data: NO_DATA,
    width,
    height,
    ...(isContainer(model.node) && { style: THROUGH, dragHandle: '.loom-node-header' }),
    measured: { width, height },
    ariaLabel: model.title,
    handles: handlesOf(geometry),
  };
}

const handles = new WeakMap<NodeGeometry, NonNullable<DrawnNode['handles']>>();

/** The ports of a geometry as the canvas library has them: one list for all nodes that share it. */
function handlesOf(geometry: NodeGeometry): NonNullable<DrawnNode['handles']> {
  const known = handles.get(geometry);
  if (known !== undefined) return known;
  const made = geometry.handles.map(({ id, side, x, y }) => ({
    id,
    type: side,
    position: side === 'source' ? Side.Right : Side.Left,
    x: x - HANDLE_SIZE / 2,
    y: y - HANDLE_SIZE / 2,
    width: HANDLE_SIZE,
    height: HANDLE_SIZE,
  }));
  handles.set(geometry, made);
  return made;
}
