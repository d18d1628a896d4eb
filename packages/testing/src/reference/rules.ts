import type { FrameStep } from '@loom/engine';
import type { FlowGraph, Json, Library, NodeId, NodeSettings, NodeType, PortId } from '@loom/graph';
import type { CallResult } from './control.js';
import type { NodeResult } from './node-result.js';

/** What a function gives, without an engine around it. It may give an `ItemStream` on a port. */
export type CallFunction = (
  type: NodeType,
  inputs: ReadonlyMap<PortId, unknown>,
  settings: NodeSettings | undefined,
) => CallResult;

/** Where in a run a node is. */
export type FramePath = readonly FrameStep[];

/** Takes one of several ends that the rules allow: the one that was seen, where there is something to see. */
export type Choose = (path: FramePath, node: NodeId, candidates: readonly NodeResult[]) => NodeResult;

/** What holds for a whole interpretation. */
export interface Rules {
  readonly library: Library;
  readonly call: CallFunction;
  readonly choose: Choose;
  /** The flow itself: pins of the run are for its nodes, and not for those in subgraphs. */
  readonly document: FlowGraph;
  /** Pins of the run, which win over those of the document. */
  readonly pins: Readonly<Record<NodeId, Readonly<Record<PortId, Json>>>>;
}
