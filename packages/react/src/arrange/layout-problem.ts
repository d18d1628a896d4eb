import type { NodeId, Position, Size } from '@loom/graph';

/** What is placed: a node, a container with what lies in it, or a frame with the nodes on it. */
export interface LayoutBox extends Size {
  readonly id: string;
  /** Where it was. */
  readonly before: Position;
  /** The box that it lies in. */
  readonly within?: string;
  /** How a box is drawn around what lies in it. */
  readonly around?: LayoutShell;
}

/** How a container or frame holds what lies in it. */
export interface LayoutShell {
  /** Where its content begins, from its corner. */
  readonly inset: Position;
  /** Its size around content that reaches so far from its corner. */
  sizeAround(content: { readonly right: number; readonly bottom: number }): Size;
}

/** One end of a wire; `y` is where its port sits, from the top of the node. */
export interface LayoutEnd {
  readonly node: NodeId;
  readonly y: number;
}

/** A wire between two boxes. */
export interface LayoutWire {
  readonly from: LayoutEnd;
  readonly to: LayoutEnd;
}

/** What is to be laid out. */
export interface LayoutProblem {
  readonly boxes: readonly LayoutBox[];
  readonly wires: readonly LayoutWire[];
}

/** Boxes side by side, and the wires between them: what an engine places at a time. */
export interface LayoutGroup {
  readonly boxes: readonly GroupBox[];
  readonly wires: readonly LayoutWire[];
}

/** A box of a group. Of a container, its inner ports are boxes too: they stand first, or last. */
export interface GroupBox extends Size {
  readonly id: string;
  readonly rail?: 'first' | 'last';
}

/** Places a group; only how boxes lie to each other counts. */
export type PlaceGroup = (group: LayoutGroup) => Promise<ReadonlyMap<string, Position>>;

/** Room between boxes: across the way of the wires, and along it. */
export const BOX_GAP = 32;
export const LAYER_GAP = 72;
