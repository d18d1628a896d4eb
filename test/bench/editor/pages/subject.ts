import type { Grid } from './grid.js';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is seen: so many nodes that one can work on them, or all of them. */
export type View = 'near' | 'all';

/** An editor in its page, whoever made it. Points are in client pixels. */
export interface Subject {
  /** Begins to draw a flow, at its first nodes. */
  draw(grid: Grid): void;
  /** Whether a node is drawn. */
  isDrawn(): boolean;
  lookAt(view: View): void;
  /** Where the view and a node are, to see that a gesture did what it should. */
  whereabouts(node: string): string;
  /** Where one grips a node to drag it. */
  grip(node: string): Point;
  /** A place in the view where nothing is. */
  ground(): Point;
  /** Adds a thousand nodes to the middle of the view, with their wires. */
  paste(): void;
  undo(): void;
  /** How many nodes there are. */
  count(): number;
  /** Changes the state of so many nodes at once, those in the middle first. Absent where nodes have none. */
  changeStates?(count: number): void;
}

/** How many nodes a near view shows in each direction; as many again are seen in part. */
export const NEAR_SIDE = 5;

/** So many nodes a flow opens on. */
export const OPENING_NODES = 40;

/** The share of the view that stays free around what it is fitted to. */
export const PADDING = 0.12;

/** Nobody opens a flow closer than this, or farther. */
export const MAX_ZOOM = 1;

/** So many nodes are pasted. */
export const PASTED = 1000;

/** The part of the window that ours leaves for its canvas; the canvas of the others is as large. */
export const CANVAS = { width: 856, height: 852 };
