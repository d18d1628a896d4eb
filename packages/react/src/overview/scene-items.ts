import type { EdgeId, FlowFrame, NodeId } from '@loom/graph';
import type { Edge as DrawnEdge, Node as DrawnNode } from '@xyflow/react';
import type { EdgeData } from '../canvas/canvas-edges.js';
import { categoryHue } from '../canvas/node/category-hue.js';
import type { NodeModel } from '../canvas/node/node-model.js';
import type { Box } from '../layout/box.js';
import { portPlace } from '../wires/port-place.js';
import { courseBox, type WirePiece, wireCourse } from '../wires/wire-course.js';
import { isContainer } from '../zones/containment.js';
import type { Tone } from './tone.js';

/** A node as the picture has it. */
export interface SceneNode extends Box {
  readonly id: NodeId;
  readonly model: NodeModel;
  /** What lies over what: later nodes over earlier ones. */
  readonly rank: number;
  readonly title: string;
  /** A CSS colour. */
  readonly hue: string;
  readonly tone: Tone;
  readonly selected: boolean;
  /** Muted or bypassed. */
  readonly faint: boolean;
  /** A zone or group: one sees what lies in it. */
  readonly open: boolean;
  readonly drawn: DrawnNode;
}

/** A wire as the picture has it. */
export interface SceneWire {
  readonly id: EdgeId;
  readonly course: readonly WirePiece[];
  readonly box: Box;
  /** A CSS colour. */
  readonly color: string;
  readonly flow: 'still' | 'running' | 'skipped' | 'gone';
  readonly selected: boolean;
  readonly drawn: DrawnEdge<EdgeData>;
  readonly ends: readonly [DrawnNode, DrawnNode];
}

/** A frame or note as the picture has it. */
export interface SceneFrame extends Box {
  readonly id: string;
  readonly frame: FlowFrame;
  readonly selected: boolean;
}

/** Makes a node of the picture. */
export function sceneNode(model: NodeModel, drawn: DrawnNode, tone: Tone, rank: number): SceneNode {
  const { node, title, type } = model;
  const mode = node.settings?.mode;
  const open = isContainer(node) && node.view?.collapsed !== true;
  return {
    id: model.id,
    model,
    rank,
    ...drawn.position,
    width: drawn.width ?? 0,
    height: drawn.height ?? 0,
    title,
    hue: node.view?.color ?? categoryHue(type?.category),
    tone,
    selected: drawn.selected === true,
    faint: mode === 'muted' || mode === 'bypassed',
    open,
    drawn,
  };
}

/** How a wire looks for what its ends have come to. */
export function flowOf(drawn: DrawnEdge<EdgeData>, source: Tone, target: Tone): SceneWire['flow'] {
  if (drawn.data?.gone === true) return 'gone';
  if (target === 'running') return 'running';
  return source === 'skipped' ? 'skipped' : 'still';
}

/** Makes a wire of the picture; undefined when a port that it ends at is not drawn. */
export function sceneWire(
  drawn: DrawnEdge<EdgeData>,
  source: DrawnNode,
  target: DrawnNode,
  flow: SceneWire['flow'],
): SceneWire | undefined {
  const from = portPlace(source, 'source', drawn.sourceHandle);
  const to = portPlace(target, 'target', drawn.targetHandle);
  if (from === undefined || to === undefined) return undefined;
  const course = wireCourse(from, to, drawn.data?.points, drawn.data?.inside);
  const color = drawn.data?.color ?? 'var(--loom-type-any)';
  const selected = drawn.selected === true;
  return { id: drawn.id, course, box: courseBox(course), color, flow, selected, drawn, ends: [source, target] };
}
