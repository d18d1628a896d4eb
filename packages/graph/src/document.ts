import type { EdgeId, NodeId, PortId, TypeId } from './id.js';
import type { Json, JsonObject } from './json.js';

/** The schema version that this release writes. */
export const SCHEMA_VERSION = 1;

/** A point on the canvas, in flow units (a pixel at zoom 1), y downwards. */
export interface Position {
  readonly x: number;
  readonly y: number;
}

/** A size on the canvas, in flow units. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a join does with inputs that were skipped or failed. See SPEC.md of `@loom/engine`. */
export type JoinPolicy = 'all' | 'any' | 'first' | 'settled';

/** How an input takes a stream: item by item, the newest whenever it is free, or all of it as a list or an iterator. */
export type StreamMode = 'each' | 'latest' | 'collect' | 'whole';

/**
 * How a zone repeats its body. Limits are counts of iterations; `-1` is unlimited. What it gives (`results`, one list for
 * each) and what goes from one iteration to the next (`carried`) become ports of the zone; see {@link zoneType}.
 */
export type ZoneSettings =
  | {
      readonly kind: 'for-each';
      readonly concurrency?: number;
      readonly onError?: 'fail' | 'collect';
      /** @default { result: {} } */
      readonly results?: Readonly<Record<PortId, PortDeclaration>>;
    }
  | {
      readonly kind: 'while' | 'repeat';
      readonly limit?: number;
      readonly onError?: 'fail' | 'collect';
      /** @default { value: {} } */
      readonly carried?: Readonly<Record<PortId, PortDeclaration>>;
    }
  | { readonly kind: 'group' };

/** How a node runs, apart from its inputs. */
export interface NodeSettings {
  readonly join?: JoinPolicy;
  readonly timeoutMs?: number;
  readonly retries?: number;
  /** A muted node is skipped; a bypassed one hands its first fitting input on. */
  readonly mode?: 'normal' | 'muted' | 'bypassed';
  readonly cache?: 'default' | 'never';
  readonly breakpoint?: boolean | string;
  readonly zone?: ZoneSettings;
  /** What a firing does while the one before still runs. */
  readonly eventPolicy?: 'queue' | 'drop' | 'latest' | 'parallel';
  /** How inputs take streams; where nothing is said the types of the ports decide. */
  readonly streams?: Readonly<Record<PortId, StreamMode>>;
  /** Values by output port that stand in for running the node. */
  readonly pinned?: Readonly<Record<PortId, Json>>;
  /** The cases of a switch: one output for each. */
  readonly cases?: readonly string[];
}

/** How a node is drawn. Never part of what is computed. */
export interface NodeView {
  readonly collapsed?: boolean;
  readonly color?: string;
  readonly preview?: boolean;
  /** The output port whose preview the node shows. */
  readonly previewPort?: PortId;
}

/** A node of a flow. Keys that this release does not know are kept through load and save. */
export interface FlowNode {
  readonly type: TypeId;
  readonly typeVersion?: number;
  readonly label?: string;
  readonly position: Position;
  readonly size?: Size;
  /** The node that contains this one: a zone or a group. Frames are visual only and contain nothing. */
  readonly parent?: NodeId;
  /** Literal values by input port. A missing key means absent; `null`, `0`, `""` and `[]` are values. */
  readonly inputs?: Readonly<Record<PortId, Json>>;
  readonly settings?: NodeSettings;
  readonly view?: NodeView;
}

/** How a wire is drawn. Never part of what is computed. */
export interface EdgeView {
  /** The points that it is led through, from its source to its target. */
  readonly points?: readonly Position[];
}

/** A wire from an output port to an input port. */
export interface FlowEdge {
  readonly source: NodeId;
  readonly sourcePort: PortId;
  readonly target: NodeId;
  readonly targetPort: PortId;
  /** Rank among the edges of an input that takes several; ties go by edge id. */
  readonly order?: number;
  readonly view?: EdgeView;
}

/** A port as written in a document; `type` is the text form of a port type, such as `list<number>`. */
export interface PortDeclaration {
  readonly type?: string;
  readonly title?: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly default?: Json;
  readonly multiple?: boolean;
  readonly widget?: JsonObject;
}

/** A node type that is defined inside the flow, so that the file is self-contained. */
export type FlowType = PythonFlowType | JavaScriptFlowType | SubgraphFlowType;

interface FlowTypeBase {
  readonly title?: string;
  readonly description?: string;
  readonly category?: string;
}

/** A Python function. Its ports are read from the signature of `entry` (default: the last function of the source). */
export interface PythonFlowType extends FlowTypeBase {
  readonly kind: 'python';
  readonly source: string;
  readonly entry?: string;
}

/** A JavaScript module whose default export is `(inputs, ctx) => outputs`; ports are declared, order is drawing order. */
export interface JavaScriptFlowType extends FlowTypeBase {
  readonly kind: 'javascript';
  readonly source: string;
  readonly inputs?: Readonly<Record<PortId, PortDeclaration>>;
  readonly outputs?: Readonly<Record<PortId, PortDeclaration>>;
  readonly pure?: boolean;
}

/** A graph used as a node type; all its instances are linked to this one definition. */
export interface SubgraphFlowType extends FlowTypeBase {
  readonly kind: 'subgraph';
  readonly nodes: Readonly<Record<NodeId, FlowNode>>;
  readonly edges: Readonly<Record<EdgeId, FlowEdge>>;
  readonly inputs?: Readonly<Record<PortId, PromotedPort>>;
  readonly outputs?: Readonly<Record<PortId, PromotedPort>>;
}

/** A port of an inner node that is shown on the outside. */
export interface PromotedPort extends PortDeclaration {
  readonly node: NodeId;
  readonly port: PortId;
}

/** Visual only: a titled rectangle behind nodes, or a Markdown note. */
export interface FlowFrame {
  readonly kind: 'frame' | 'note';
  readonly position: Position;
  readonly size: Size;
  readonly title?: string;
  readonly text?: string;
  readonly color?: string;
}

/** What must be installed before the flow's Python runs. Nothing is fetched unless the app names a source. */
export interface Environment {
  readonly python?: {
    /** PEP 508 requirements, such as `numpy>=2`. */
    readonly requirements?: readonly string[];
    readonly lock?: JsonObject;
  };
}

/** How the whole flow runs. */
export interface FlowSettings {
  readonly mode?: 'manual' | 'auto';
  readonly timeoutMs?: number;
  readonly onError?: 'continue' | 'stop';
}

/**
 * A flow: what is saved, copied, sent and run. Plain JSON and immutable; every change goes through an operation.
 * Selection, viewport, measurements and run state are never in it.
 */
export interface FlowDocument {
  readonly loom: typeof SCHEMA_VERSION;
  readonly title?: string;
  readonly description?: string;
  readonly nodes: Readonly<Record<NodeId, FlowNode>>;
  readonly edges: Readonly<Record<EdgeId, FlowEdge>>;
  readonly types: Readonly<Record<TypeId, FlowType>>;
  readonly frames: Readonly<Record<string, FlowFrame>>;
  readonly environment: Environment;
  readonly settings: FlowSettings;
  /** Promoted ports: they make the flow callable with inputs by name. */
  readonly inputs: Readonly<Record<string, PromotedPort>>;
  readonly outputs: Readonly<Record<string, PromotedPort>>;
  /** Free for the app. */
  readonly meta?: JsonObject;
}

/** A document with nothing in it. */
export const emptyDocument: FlowDocument = Object.freeze({
  loom: SCHEMA_VERSION,
  nodes: Object.freeze({}),
  edges: Object.freeze({}),
  types: Object.freeze({}),
  frames: Object.freeze({}),
  environment: Object.freeze({}),
  settings: Object.freeze({}),
  inputs: Object.freeze({}),
  outputs: Object.freeze({}),
});
