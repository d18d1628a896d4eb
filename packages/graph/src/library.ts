import type { FlowDocument, FlowType } from './document.js';
import type { TypeId } from './id.js';
import type { NodeType } from './node-type.js';

/** Reads the ports of a node type from its source, without running it. */
export type SourceReader = (id: TypeId, type: Extract<FlowType, { kind: 'python' }>) => NodeType;

/** A named collection of node types: `builtin`, one of the app, or the flow's own. */
export interface Shelf {
  readonly name: string;
  readonly types: readonly NodeType[];
}

/**
 * All node types that a flow can use. Types of the flow come first, then shelves in order. Resolving is cached by the
 * identity of the document's type entry, so asking again costs a map lookup.
 */
export interface Library {
  readonly shelves: readonly Shelf[];
  /** The type with this id, for nodes of this document; undefined when nobody defines it. */
  resolve(document: Pick<FlowDocument, 'types'>, id: TypeId): NodeType | undefined;
}
