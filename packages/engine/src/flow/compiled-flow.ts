import type { FlowDocument, FlowNode, JoinPolicy, NodeId, NodeType, PortId, ZoneSettings } from '@loom/graph';

/** A zone that repeats its body. */
export type RepeatingZone = Exclude<ZoneSettings, { kind: 'group' }>;

/** A node that has a body: what is done with it, and the body itself. */
export type Container =
  | { readonly kind: 'zone'; readonly zone: RepeatingZone; readonly body: CompiledFlow }
  | { readonly kind: 'subgraph'; readonly body: CompiledFlow }
  /** Takes the items of streams one by one; the body is the node itself. */
  | { readonly kind: 'items'; readonly body: CompiledFlow };

/** How an edge takes a stream: see `StreamMode`; `none` for values. */
export const EdgeMode = { none: 0, each: 1, latest: 2, collect: 3, whole: 4, lazy: 5 } as const;
export type EdgeMode = (typeof EdgeMode)[keyof typeof EdgeMode];

/** Join policies as numbers; `optional` waits for all, some of which may turn out not to be there. */
export const Join = { all: 0, any: 1, first: 2, settled: 3, optional: 4 } as const satisfies Record<
  JoinPolicy,
  number
> & {
  optional: number;
};
export type Join = (typeof Join)[keyof typeof Join];

/**
 * The nodes that run together as numbers: nodes and edges by index, adjacency as flat arrays. Plans and runs work on this,
 * so that none of them looks a node up by name or scans edges. A document has one such body at its root, and one for each
 * zone and subgraph; these have an entry, which gives what the body receives, and an exit, which takes what it gives.
 */
export interface CompiledFlow {
  readonly document: FlowDocument;
  readonly ids: readonly NodeId[];
  readonly nodes: readonly FlowNode[];
  readonly indexOf: ReadonlyMap<NodeId, number>;
  /** Undefined where nobody defines the type. */
  readonly types: readonly (NodeType | undefined)[];
  /** The types in use, each once, and by node the index among them; -1 where nobody defines the type. */
  readonly usedTypes: readonly NodeType[];
  readonly typeOf: Int32Array;
  /** The edges that leave node `i` are `outEdges[outStart[i]]` up to `outEdges[outStart[i + 1]]`. */
  readonly outStart: Int32Array;
  readonly outEdges: Int32Array;
  /** The edges that end at a node, likewise; in edge order where an input takes several. */
  readonly inStart: Int32Array;
  readonly inEdges: Int32Array;
  readonly edgeSource: Int32Array;
  readonly edgeTarget: Int32Array;
  readonly edgeSourcePort: readonly PortId[];
  readonly edgeTargetPort: readonly PortId[];
  /** The place of the source port among the outputs of its node; -1 where it has no such output. */
  readonly edgeOutput: Int32Array;
  /** All nodes, each after those it needs; nodes of a cycle in between, in the order of the document. */
  readonly order: Int32Array;
  /** 1 for nodes that wait for themselves. */
  readonly cyclic: Uint8Array;
  /** The join policy of each node; undefined while all wait for all. */
  readonly joins: Uint8Array | undefined;
  /** How each edge takes a stream; undefined while there is none. */
  readonly edgeModes: Uint8Array | undefined;
  /** Nodes that give streams by themselves; undefined while there is none. */
  readonly streamSources?: ReadonlySet<number>;
  readonly containers?: ReadonlyMap<number, Container>;
  /** Whether a node has a time limit, or may be tried again. */
  readonly hasPolicies: boolean;
  /** Nodes with a wire that leaves its zone, which no run can follow. */
  readonly escaping: ReadonlySet<number>;
  /** Subgraphs that contain themselves, or are nested too deep. */
  readonly recursive: ReadonlySet<number>;
  /** The indexes of the entry and the exit; -1 at the root. */
  readonly entry: number;
  readonly exit: number;
}
