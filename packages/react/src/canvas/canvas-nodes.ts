import type { NodeRunState } from '@loom/engine';
import type { NodeId, Position, Size } from '@loom/graph';
import { type Node as DrawnNode, Position as Side } from '@xyflow/react';
import { HANDLE_SIZE, type NodeGeometry, nodeGeometry } from '../layout/node-geometry.js';
import { nodeRun } from '../run/node-run.js';
import type { LoomState } from '../store/state.js';
import type { NodeModel, NodeModels } from './node-model.js';
import { wantedPreviewHeight } from './shown-output.js';

/** Everything that is drawn inside comes from the store, by id: the canvas library carries no data of ours. */
const NO_DATA: Record<string, never> = {};

interface Entry {
  readonly model: NodeModel;
  readonly run: NodeRunState | undefined;
  readonly resized: Size | undefined;
  readonly geometry: NodeGeometry;
  readonly selected: boolean;
  readonly position: Position;
  readonly width: number;
  readonly height: number;
  readonly drawn: DrawnNode;
}

/**
 * Makes the function that gives the canvas library its list of nodes. Sizes and ports are computed, not measured. What
 * has not changed keeps its identity, and so does the list.
 */
export function createCanvasNodes(models: (flow: LoomState['flow']) => NodeModels): (state: LoomState) => DrawnNode[] {
  let last: LoomState | undefined;
  let list: DrawnNode[] = [];
  let entries = new Map<NodeId, Entry>();

  return (state) => {
    if (last !== undefined && isSame(last, state)) return list;
    const { session, runs } = state;
    const next = new Map<NodeId, Entry>();
    let changed = false;
    const drawn: DrawnNode[] = [];
    for (const model of models(state.flow).values()) {
      const before = entries.get(model.id);
      const resize = session.resize?.node === model.id ? session.resize : undefined;
      const position = resize?.position ?? session.drag?.get(model.id) ?? model.node.position;
      const run = nodeRun(runs.run, model.id);
      const same =
        before !== undefined && before.model === model && before.run === run && before.resized === resize?.size;
      const geometry = same ? before.geometry : measure(model, run, resize?.size);
      const selected = session.selection.nodes.has(model.id);
      const entry =
        before !== undefined &&
        before.model === model &&
        before.selected === selected &&
        before.position.x === position.x &&
        before.position.y === position.y &&
        before.width === geometry.width &&
        before.height === geometry.height
          ? same
            ? before
            : { ...before, run, resized: resize?.size, geometry }
          : { ...createEntry(model, selected, position, geometry), run, resized: resize?.size };
      if (entry.drawn !== before?.drawn) changed = true;
      next.set(model.id, entry);
      drawn.push(entry.drawn);
    }
    last = state;
    if (changed || next.size !== entries.size) list = drawn;
    entries = next;
    return list;
  };
}

function isSame(a: LoomState, b: LoomState): boolean {
  return (
    a.flow.document === b.flow.document &&
    a.flow.library === b.flow.library &&
    a.runs.run === b.runs.run &&
    a.session.selection.nodes === b.session.selection.nodes &&
    a.session.drag === b.session.drag &&
    a.session.resize === b.session.resize
  );
}

function measure(model: NodeModel, run: NodeRunState | undefined, resized: Size | undefined): NodeGeometry {
  return nodeGeometry({
    title: model.title,
    inputs: model.inputs,
    outputs: model.outputs,
    connected: model.connectedInputs,
    size: resized ?? model.node.size,
    collapsed: model.node.view?.collapsed === true,
    previewHeight: wantedPreviewHeight(model, run),
  });
}

function createEntry(
  model: NodeModel,
  selected: boolean,
  position: Position,
  geometry: NodeGeometry,
): Omit<Entry, 'run' | 'resized'> {
  const { width, height } = geometry;
  return {
    model,
    geometry,
    selected,
    position,
    width,
    height,
    drawn: {
      id: model.id,
      type: 'loom',
      position: { x: position.x, y: position.y },
      data: NO_DATA,
      selected,
      width,
      height,
      measured: { width, height },
      ariaLabel: model.title,
      handles: geometry.handles.map(({ id, side, x, y }) => ({
        id,
        type: side,
        position: side === 'source' ? Side.Right : Side.Left,
        x: x - HANDLE_SIZE / 2,
        y: y - HANDLE_SIZE / 2,
        width: HANDLE_SIZE,
        height: HANDLE_SIZE,
      })),
    },
  };
}
