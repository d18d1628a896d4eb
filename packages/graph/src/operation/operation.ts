import type { EdgeView, FlowDocument, FlowEdge, FlowFrame, FlowNode, FlowType, Position } from '../document.js';
import type { EdgeId, NodeId, PortId, TypeId } from '../id.js';
import type { Json } from '../json.js';

/** Fields to set. `undefined` (or `null`, which also travels as JSON) takes a field away. */
type Changes<Of, Key extends keyof Of> = { readonly [K in Key]?: Of[K] | null | undefined };

/** The fields of a node that `update-node` sets. Position, inputs and wires have operations of their own. */
export type NodeChanges = Changes<FlowNode, 'label' | 'size' | 'parent' | 'settings' | 'view' | 'typeVersion'> & {
  readonly type?: TypeId;
};

/** The fields of a document that `update-flow` sets. */
export type FlowChanges = Changes<
  FlowDocument,
  'title' | 'description' | 'environment' | 'settings' | 'inputs' | 'outputs' | 'meta'
>;

/** An intent to change a document: plain data. {@link applyOperations} checks it and carries it out. */
export type Operation =
  | { readonly kind: 'add-node'; readonly id: NodeId; readonly node: FlowNode }
  /** Their edges go too. What lies in them, and is not removed itself, moves to where they were. */
  | { readonly kind: 'remove-nodes'; readonly ids: readonly NodeId[] }
  | { readonly kind: 'move-nodes'; readonly positions: Readonly<Record<NodeId, Position>> }
  /**
   * Refused when wires would then lead out of a zone, or into it from where they may not. `force` lets such wires pass;
   * a cycle never passes.
   */
  | { readonly kind: 'update-node'; readonly id: NodeId; readonly changes: NodeChanges; readonly force?: boolean }
  | { readonly kind: 'set-input'; readonly id: NodeId; readonly port: PortId; readonly value: Json }
  | { readonly kind: 'clear-input'; readonly id: NodeId; readonly port: PortId }
  /**
   * Takes the place of the wire at an input for one. Checked like `canConnect`. `force` lets types and ports pass
   * that do not fit, and wires out of a zone, as in a file that is opened; a cycle or a missing node never passes.
   */
  | { readonly kind: 'connect'; readonly id: EdgeId; readonly edge: FlowEdge; readonly force?: boolean }
  | { readonly kind: 'disconnect'; readonly ids: readonly EdgeId[] }
  /** How a wire is drawn; `null` takes all of that away. */
  | { readonly kind: 'set-edge-view'; readonly id: EdgeId; readonly view: EdgeView | null }
  | { readonly kind: 'set-type'; readonly id: TypeId; readonly type: FlowType }
  | { readonly kind: 'remove-type'; readonly id: TypeId }
  | { readonly kind: 'set-frame'; readonly id: string; readonly frame: FlowFrame }
  | { readonly kind: 'remove-frames'; readonly ids: readonly string[] }
  | { readonly kind: 'update-flow'; readonly changes: FlowChanges }
  /** Puts the wires of an input that takes several in this order. Names every one of them. */
  | { readonly kind: 'reorder-edges'; readonly node: NodeId; readonly port: PortId; readonly ids: readonly EdgeId[] };

/** What an {@link Operation} is called. */
export type OperationKind = Operation['kind'];
