import type { EdgeId, NodeId, Position } from '@loom/graph';
import type { Edge as DrawnEdge, Node as DrawnNode } from '@xyflow/react';
import type { EdgeData } from '../canvas/canvas-edges.js';
import type { NodeModels } from '../canvas/node/node-model.js';
import { type Box, Extent } from '../layout/box.js';
import type { LoomState } from '../store/state.js';
import { nearestOnCourse } from '../wires/wire-course.js';
import type { SceneHit } from './scene-hit.js';
import { flowOf, type SceneFrame, type SceneNode, type SceneWire, sceneNode, sceneWire } from './scene-items.js';
import { SpatialGrid } from './spatial-grid.js';
import { toneOf } from './tone.js';

/** What a scene is made from. */
export interface SceneInput {
  readonly state: LoomState;
  readonly models: NodeModels;
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge<EdgeData>[];
}

/** A frame is gripped by the strip at its top, as on the page: through the rest of it one reaches the pane. */
const GRIP_HEIGHT = 32;
/** At least so many pixels of it can be gripped from far. */
const LEAST_GRIP = 12;
/** How far wires that run backwards swing out of the rectangle around all nodes, and titles of frames stand above it. */
const SWING = 600;
/** Between the ranks of two layers: more than a flow has nodes. */
const LAYER = 1e6;
/** In pixels: how near a wire one has to point. */
const WIRE_REACH = 6;

/** Everything on the canvas with its place, kept up to date by what has changed. */
export class Scene {
  readonly #nodes = new Map<NodeId, SceneNode>();
  readonly #wires = new Map<EdgeId, SceneWire>();
  readonly #nodeGrid = new SpatialGrid<SceneNode>();
  readonly #wireGrid = new SpatialGrid<SceneWire>();
  #frames: readonly SceneFrame[] = [];
  #last: SceneInput | undefined;
  #bounds: Box | undefined;

  /** The rectangle around everything; undefined for an empty flow. */
  get bounds(): Box | undefined {
    return this.#bounds;
  }

  get frames(): readonly SceneFrame[] {
    return this.#frames;
  }

  node(id: NodeId): SceneNode | undefined {
    return this.#nodes.get(id);
  }

  /** The nodes in an area, the lowest first. */
  nodesIn(area: Box): SceneNode[] {
    return this.#nodeGrid.search(area).sort((a, b) => a.rank - b.rank);
  }

  wiresIn(area: Box): SceneWire[] {
    return this.#wireGrid.search(area);
  }

  /** Takes in a new state. Gives the area in which something looks different now; undefined when nothing does. */
  update(input: SceneInput): Box | undefined {
    const last = this.#last;
    this.#last = input;
    const damage = new Extent();
    const runChanged = last === undefined || !sameRuns(last.state, input.state);
    // Where a node lies is a matter of the canvas; its name, its colour and whether it is muted are not.
    if (runChanged || last.nodes !== input.nodes || last.models !== input.models) this.#updateNodes(input, damage);
    if (runChanged || last.nodes !== input.nodes || last.edges !== input.edges) this.#updateWires(input, damage);
    if (last === undefined || !sameFrames(last.state, input.state)) this.#updateFrames(input.state, damage);
    if (damage.box !== undefined) this.#bounds = this.#measure();
    return damage.box;
  }

  /** What one points at: the uppermost node, else a wire, else the grip of a frame. */
  hit(point: Position, zoom: number): SceneHit | undefined {
    const at = { ...point, width: 0, height: 0 };
    const node = this.nodesIn(at).findLast((candidate) => !candidate.open || isOnHead(candidate, point));
    if (node !== undefined) return { kind: 'node', id: node.id };
    const wire = this.wireAt(point, zoom);
    if (wire !== undefined) return { kind: 'wire', id: wire };
    const grip = Math.max(GRIP_HEIGHT, LEAST_GRIP / zoom);
    const frame = this.#frames.findLast(
      ({ x, y, width, height }) =>
        point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + Math.min(grip, height),
    );
    return frame && { kind: 'frame', id: frame.id };
  }

  /** The wire that passes nearest to a point, also below a node. */
  wireAt({ x, y }: Position, zoom: number): EdgeId | undefined {
    const reach = WIRE_REACH / zoom;
    let found: { readonly id: EdgeId; readonly distance: number } | undefined;
    for (const { id, course } of this.wiresIn({ x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach })) {
      const { distance } = nearestOnCourse(course, { x, y });
      if (distance <= reach && (found === undefined || distance < found.distance)) found = { id, distance };
    }
    return found?.id;
  }

  #updateNodes({ state, models, nodes }: SceneInput, damage: Extent): void {
    const gone = new Set(this.#nodes.keys());
    for (const [at, drawn] of nodes.entries()) {
      gone.delete(drawn.id);
      const model = models.get(drawn.id);
      if (model === undefined) continue;
      const before = this.#nodes.get(drawn.id);
      const tone = toneOf(state, model);
      const rank = at + (drawn.zIndex ?? 0) * LAYER;
      const isSame = before?.drawn === drawn && before.model === model && before.tone === tone && before.rank === rank;
      if (isSame) continue;
      const node = sceneNode(model, drawn, tone, rank);
      this.#nodes.set(drawn.id, node);
      this.#nodeGrid.set(drawn.id, node, node);
      if (before !== undefined) damage.add(before);
      damage.add(node);
    }
    for (const id of gone) {
      const node = this.#nodes.get(id);
      if (node !== undefined) damage.add(node);
      this.#nodes.delete(id);
      this.#nodeGrid.delete(id);
    }
  }

  #updateWires({ edges }: SceneInput, damage: Extent): void {
    const gone = new Set(this.#wires.keys());
    for (const drawn of edges) {
      const [source, target] = [this.#nodes.get(drawn.source), this.#nodes.get(drawn.target)];
      if (source === undefined || target === undefined) continue;
      gone.delete(drawn.id);
      const before = this.#wires.get(drawn.id);
      const flow = flowOf(drawn, source.tone, target.tone);
      const isSame =
        before?.drawn === drawn &&
        before.ends[0] === source.drawn &&
        before.ends[1] === target.drawn &&
        before.flow === flow;
      if (isSame) continue;
      const wire = sceneWire(drawn, source.drawn, target.drawn, flow);
      if (wire === undefined) continue;
      this.#wires.set(drawn.id, wire);
      this.#wireGrid.set(drawn.id, wire.box, wire);
      if (before !== undefined) damage.add(before.box);
      damage.add(wire.box);
    }
    for (const id of gone) {
      const wire = this.#wires.get(id);
      if (wire !== undefined) damage.add(wire.box);
      this.#wires.delete(id);
      this.#wireGrid.delete(id);
    }
  }

  #updateFrames({ flow, session }: LoomState, damage: Extent): void {
    for (const frame of this.#frames) damage.add(frame);
    this.#frames = Object.entries(flow.document.frames).map(([id, frame]) => ({
      id,
      frame,
      selected: session.selection.frames.has(id),
      ...(session.frameDrag?.get(id) ?? frame.position),
      ...frame.size,
    }));
    for (const frame of this.#frames) damage.add(frame);
  }

  #measure(): Box | undefined {
    const all = new Extent();
    for (const node of this.#nodes.values()) all.add(node);
    for (const frame of this.#frames) all.add(frame);
    // A wire through no points of its own hardly leaves the rectangle around its ends.
    for (const { box, course } of this.#wires.values()) if (course.length > 1) all.add(box);
    const { box } = all;
    return box && { x: box.x - SWING, y: box.y - SWING, width: box.width + 2 * SWING, height: box.height + 2 * SWING };
  }
}

function sameFrames(a: LoomState, b: LoomState): boolean {
  return (
    a.flow.document.frames === b.flow.document.frames &&
    a.session.frameDrag === b.session.frameDrag &&
    a.session.selection.frames === b.session.selection.frames
  );
}

function sameRuns({ runs: a, session: s }: LoomState, { runs: b, session: t }: LoomState): boolean {
  return (
    a.run === b.run &&
    a.stale === b.stale &&
    a.live === b.live &&
    s.frames === t.frames &&
    (s.frames.size === 0 || a.frames === b.frames)
  );
}

/** Through the body of a container one reaches what lies in it, and the pane. */
function isOnHead({ y }: SceneNode, point: Position): boolean {
  return point.y <= y + GRIP_HEIGHT;
}
