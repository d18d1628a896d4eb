import type { NodeRunStatus, RunStatus, SkipReason } from '@loom/engine';
import type { NodeId, PortId } from '@loom/graph';
import type { FramePath } from './rules.js';

/** A value as far as it was seen. */
export type SeenValue = { readonly kind: 'whole'; readonly value: unknown } | { readonly kind: 'cut' };

/** How a node was seen to end in one frame. */
export interface SeenEnd {
  readonly state: Extract<NodeRunStatus, 'success' | 'error' | 'skipped' | 'cancelled'>;
  /** Of a success. */
  readonly outputs?: ReadonlyMap<PortId, SeenValue>;
  /** Of a success that was not computed anew: nothing was seen of what is in it. */
  readonly isCached?: boolean;
  /** Of an error. */
  readonly code?: string;
  /** Of a skip. */
  readonly reason?: SkipReason;
}

/** An iteration as it was seen. */
export interface SeenFrame {
  readonly index: number;
  readonly status: 'succeeded' | 'failed' | 'cancelled';
}

/** What was seen of a run that has ended. */
export interface SeenRun {
  readonly status: RunStatus;
  readonly end: (path: FramePath, node: NodeId) => SeenEnd | undefined;
  /** The iterations of a container, in the order in which they began. */
  readonly frames: (path: FramePath, container: NodeId) => readonly SeenFrame[];
}

/** A path in words: `loop[2] each[0]`. */
export function pathText(path: FramePath): string {
  return path.map(({ node, index }) => `${node}[${index}]`).join(' ');
}
