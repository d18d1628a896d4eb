import type { FrameStep } from '@loom/engine';
import type { FlowGraph, NodeId, PortId } from '@loom/graph';
import type { Brought } from './brought.js';
import type { Frame } from './frame.js';
import type { Shape } from './graph-shape.js';
import type { Literals } from './node-inputs.js';
import type { NodeResult } from './node-result.js';
import type { Rules } from './rules.js';
import type { Token } from './token.js';

/** What a node that fires can use of the pass that it is in. */
export interface FiringContext {
  readonly shape: Shape;
  readonly rules: Rules;
  /** Runs the body of a zone once. */
  readonly runFrame: (zone: NodeId, index: number, inner: ReadonlyMap<PortId, unknown>) => Frame;
  /** Runs the inside of a subgraph once. */
  readonly runInside: (instance: NodeId, inside: FlowGraph, brought: readonly Brought[]) => InsideFrame;
  readonly literals: (node: NodeId) => Literals;
  /** Takes one of several ends that the rules allow. */
  readonly choose: (node: NodeId, candidates: readonly NodeResult[]) => NodeResult;
  /** The same one frame further in. */
  readonly within: (step: FrameStep) => FiringContext;
}

/** A subgraph that has run, as its instance sees it. */
export interface InsideFrame {
  readonly expected: Frame['expected'];
  readonly tokenAt: (node: NodeId, port: PortId) => Token;
}
