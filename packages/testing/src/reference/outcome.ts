import type { NodeId, PortId } from '@loom/graph';

/** Why a node is skipped; any of `blames` may be named. */
export interface ExpectedSkip {
  readonly kind: 'upstream-error' | 'upstream-skipped' | 'muted' | 'not-entered' | 'waits-for-event';
  readonly blames: ReadonlySet<NodeId>;
}

/** One iteration of a container. */
export interface ExpectedFrame {
  readonly index: number;
  readonly hasFailed: boolean;
  readonly nodes: ReadonlyMap<NodeId, ExpectedNode>;
}

/** The iterations of a container that was entered. */
export interface ExpectedFrames {
  readonly list: readonly ExpectedFrame[];
  /**
   * `exact`: these, as they are. `broken-off`: the first so many of them, each as it is or cancelled, among them one that
   * failed where the container says so.
   */
  readonly kind: 'exact' | 'broken-off';
}

/** How one node ends in one frame. */
export type ExpectedNode = { readonly frames?: ExpectedFrames } & (
  | {
      readonly state: 'success';
      /** Values by port; a port that is not here was skipped. Of a stream, all its items. */
      readonly outputs: ReadonlyMap<PortId, unknown>;
      /** True for a node that was not run: what it handed on counts, not what it is called. */
      readonly isBypassed?: true;
    }
  | {
      readonly state: 'error';
      /** Absent where no rule says which. */
      readonly code?: string;
    }
  | { readonly state: 'skipped'; readonly reason: ExpectedSkip }
);

/** How a whole run ends. */
export interface ExpectedRun {
  readonly status: 'succeeded' | 'failed';
  /** Nodes in scope, without those in zones: these are in the frames. */
  readonly nodes: ReadonlyMap<NodeId, ExpectedNode>;
  /** Everything in scope, with what is in zones. */
  readonly scope: ReadonlySet<NodeId>;
}
